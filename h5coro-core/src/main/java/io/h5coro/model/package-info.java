// SPDX-License-Identifier: Apache-2.0
/**
 * Requests, options, element types, values and statistics of a read. No type in here does input or output.
 *
 * <ul>
 *   <li>what to read: {@link io.h5coro.model.DatasetRequest}, {@link io.h5coro.model.Hyperslab} and its
 *       {@link io.h5coro.model.Hyperslab.Range}, {@link io.h5coro.model.Destination}
 *   <li>what was read: {@link io.h5coro.model.H5Array}, {@link io.h5coro.model.ArrayView}, and what both can:
 *       {@link io.h5coro.model.ArrayValues}
 *   <li>how: {@link io.h5coro.model.ReadOptions}, {@link io.h5coro.model.BlockOptions}
 * </ul>
 */
@NullMarked
package io.h5coro.model;

import org.jspecify.annotations.NullMarked;
