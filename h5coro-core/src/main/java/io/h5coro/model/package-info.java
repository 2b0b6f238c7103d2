// SPDX-License-Identifier: Apache-2.0
/**
 * Vocabulary and values of a read: requests, shapes, element types, arrays, options, statistics. No input or output.
 */
@NullMarked
package io.h5coro.model;

import org.jspecify.annotations.NullMarked;
