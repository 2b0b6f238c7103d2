// SPDX-License-Identifier: Apache-2.0
/** Files that all tasks of a process share: found by a listing, opened once, counted once. */
@NullMarked
package io.h5coro.spark.file;

import org.jspecify.annotations.NullMarked;
