// SPDX-License-Identifier: Apache-2.0
/** Follows addresses through the cache; the only metadata code that reads. */
@NullMarked
package io.h5coro.internal.walk;

import org.jspecify.annotations.NullMarked;
