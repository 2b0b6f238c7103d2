// SPDX-License-Identifier: Apache-2.0
/** One record for each header message. No I/O. */
@NullMarked
package io.h5coro.internal.format.message;

import org.jspecify.annotations.NullMarked;
