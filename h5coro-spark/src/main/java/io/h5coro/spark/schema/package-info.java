// SPDX-License-Identifier: Apache-2.0
/** Which columns a file gives, their types in Spark, and which types may stand for them. */
@NullMarked
package io.h5coro.spark.schema;

import org.jspecify.annotations.NullMarked;
