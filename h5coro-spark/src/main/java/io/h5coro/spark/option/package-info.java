// SPDX-License-Identifier: Apache-2.0
/** What users say: options of a table, and credentials, which appear in no text. */
@NullMarked
package io.h5coro.spark.option;

import org.jspecify.annotations.NullMarked;
