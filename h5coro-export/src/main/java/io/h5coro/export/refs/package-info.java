// SPDX-License-Identifier: Apache-2.0
/** References to the chunks of HDF5 files, through which Zarr readers open them as they are. */
@NullMarked
package io.h5coro.export.refs;

import org.jspecify.annotations.NullMarked;
