// SPDX-License-Identifier: Apache-2.0
/** A bounds-checked cursor over bytes of the file, and the checksums of the format. */
@NullMarked
package io.h5coro.internal.bytes;

import org.jspecify.annotations.NullMarked;
