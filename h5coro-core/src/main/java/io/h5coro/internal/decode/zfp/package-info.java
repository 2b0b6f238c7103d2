// SPDX-License-Identifier: Apache-2.0
/** The ZFP filter: transform coding of blocks of four numbers each way. Pure. */
@NullMarked
package io.h5coro.internal.decode.zfp;

import org.jspecify.annotations.NullMarked;
