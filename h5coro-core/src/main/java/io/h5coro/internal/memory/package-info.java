// SPDX-License-Identifier: Apache-2.0
/** The memory that open files share: an account of it, and who waits for room. */
@NullMarked
package io.h5coro.internal.memory;

import org.jspecify.annotations.NullMarked;
