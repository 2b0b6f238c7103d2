// SPDX-License-Identifier: Apache-2.0
/** "An open HDF5 file": opened, reopened when another version is there, with the files that it names. */
@NullMarked
package io.h5coro.internal.file;

import org.jspecify.annotations.NullMarked;
