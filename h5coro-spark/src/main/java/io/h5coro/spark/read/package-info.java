// SPDX-License-Identifier: Apache-2.0
/** What executors do: open files, read blocks of rows ahead, filter, and hand batches to Spark. */
@NullMarked
package io.h5coro.spark.read;

import org.jspecify.annotations.NullMarked;
