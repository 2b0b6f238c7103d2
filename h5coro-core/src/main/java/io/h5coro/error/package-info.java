// SPDX-License-Identifier: Apache-2.0
/** What can go wrong: one sealed family of unchecked exceptions that say what, where, found and expected. */
@NullMarked
package io.h5coro.error;

import org.jspecify.annotations.NullMarked;
