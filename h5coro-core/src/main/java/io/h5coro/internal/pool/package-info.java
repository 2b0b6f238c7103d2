// SPDX-License-Identifier: Apache-2.0
/** What is opened once for all its users, and stays open for a while. */
@NullMarked
package io.h5coro.internal.pool;

import org.jspecify.annotations.NullMarked;
