// SPDX-License-Identifier: Apache-2.0
/** Which pieces of which files a task reads, from a listing and one open file. */
@NullMarked
package io.h5coro.spark.plan;

import org.jspecify.annotations.NullMarked;
