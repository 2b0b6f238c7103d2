// SPDX-License-Identifier: Apache-2.0
/** Requests, options, element types, values and statistics of a read. No type in here does input or output. */
@NullMarked
package io.h5coro.model;

import org.jspecify.annotations.NullMarked;
