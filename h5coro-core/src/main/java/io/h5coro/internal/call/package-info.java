// SPDX-License-Identifier: Apache-2.0
/** The time that one call of a user may take, and how all wait within it. */
@NullMarked
package io.h5coro.internal.call;

import org.jspecify.annotations.NullMarked;
