// SPDX-License-Identifier: Apache-2.0
/** HDF5 files as tables of Apache Spark: the format {@code h5coro}, which users name by that text. */
@NullMarked
package io.h5coro.spark;

import org.jspecify.annotations.NullMarked;
