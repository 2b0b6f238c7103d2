// SPDX-License-Identifier: Apache-2.0
/** How HDF5 datasets are said in the words of Zarr 2. */
@NullMarked
package io.h5coro.export.internal.refs;

import org.jspecify.annotations.NullMarked;
