// SPDX-License-Identifier: Apache-2.0
/** Bytes in, record out: superblock, object headers. No I/O. */
@NullMarked
package io.h5coro.internal.format;

import org.jspecify.annotations.NullMarked;
