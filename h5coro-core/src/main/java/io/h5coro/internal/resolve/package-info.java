// SPDX-License-Identifier: Apache-2.0
/** From a path to the description of what is there. */
@NullMarked
package io.h5coro.internal.resolve;

import org.jspecify.annotations.NullMarked;
