// SPDX-License-Identifier: Apache-2.0
/** From a selection to the chunks that hold it, one class for each index of the format. */
@NullMarked
package io.h5coro.internal.index;

import org.jspecify.annotations.NullMarked;
