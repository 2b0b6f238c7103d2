// SPDX-License-Identifier: Apache-2.0
/** Decoded arrays as columns that Spark reads, without a copy where their layout is Spark's. */
@NullMarked
package io.h5coro.spark.vector;

import org.jspecify.annotations.NullMarked;
