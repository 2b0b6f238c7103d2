// SPDX-License-Identifier: Apache-2.0
/** What Spark's UI shows of the reads. */
@NullMarked
package io.h5coro.spark.metric;

import org.jspecify.annotations.NullMarked;
