// SPDX-License-Identifier: Apache-2.0
/** A writer of Parquet, found by {@code Export.to("parquet")}. Nothing of it is called by name. */
@NullMarked
package io.h5coro.parquet;

import org.jspecify.annotations.NullMarked;
