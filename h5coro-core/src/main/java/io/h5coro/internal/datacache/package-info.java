// SPDX-License-Identifier: Apache-2.0
/** Data of files, kept in folders and memory from one read, and one process, to the next. */
@NullMarked
package io.h5coro.internal.datacache;

import org.jspecify.annotations.NullMarked;
