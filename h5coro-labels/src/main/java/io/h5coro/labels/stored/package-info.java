// SPDX-License-Identifier: Apache-2.0
/** Objects and attributes as the file stores them, read a few levels at a time. */
@NullMarked
package io.h5coro.labels.stored;

import org.jspecify.annotations.NullMarked;
