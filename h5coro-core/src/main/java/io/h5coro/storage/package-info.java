// SPDX-License-Identifier: Apache-2.0
/**
 * Reading bytes of objects by range: the interface for storages, local files and memory. Nothing in here knows HDF5.
 * Implement {@link io.h5coro.storage.StorageProvider} to add a storage.
 */
@NullMarked
package io.h5coro.storage;

import org.jspecify.annotations.NullMarked;
