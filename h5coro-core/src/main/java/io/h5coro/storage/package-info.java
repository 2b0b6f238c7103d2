// SPDX-License-Identifier: Apache-2.0
/** Bytes of objects by range: the storage SPI, local files and memory. Knows nothing of HDF5. */
@NullMarked
package io.h5coro.storage;

import org.jspecify.annotations.NullMarked;
