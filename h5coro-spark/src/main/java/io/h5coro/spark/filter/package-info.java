// SPDX-License-Identifier: Apache-2.0
/** Conditions on columns that are evaluated while reading, as Spark evaluates them. */
@NullMarked
package io.h5coro.spark.filter;

import org.jspecify.annotations.NullMarked;
