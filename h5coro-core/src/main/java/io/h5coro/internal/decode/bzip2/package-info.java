// SPDX-License-Identifier: Apache-2.0
/** The bzip2 chunk filter, over commons-compress. */
@NullMarked
package io.h5coro.internal.decode.bzip2;

import org.jspecify.annotations.NullMarked;
