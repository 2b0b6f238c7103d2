// SPDX-License-Identifier: Apache-2.0
/** What was learnt of files' metadata, kept in a folder from one process to the next. */
@NullMarked
package io.h5coro.internal.indexcache;

import org.jspecify.annotations.NullMarked;
