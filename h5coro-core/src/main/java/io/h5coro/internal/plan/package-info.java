// SPDX-License-Identifier: Apache-2.0
/** From the chunks of all datasets of a call to few, large byte ranges. Pure. */
@NullMarked
package io.h5coro.internal.plan;

import org.jspecify.annotations.NullMarked;
