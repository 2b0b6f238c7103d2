// SPDX-License-Identifier: Apache-2.0
/**
 * The failures of a read: one sealed family of unchecked exceptions, {@link io.h5coro.error.H5Exception}. Each says
 * what failed, where, what was found and what was expected.
 */
@NullMarked
package io.h5coro.error;

import org.jspecify.annotations.NullMarked;
