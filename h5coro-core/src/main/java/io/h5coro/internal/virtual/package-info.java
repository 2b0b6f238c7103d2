// SPDX-License-Identifier: Apache-2.0
/** Virtual datasets: from mappings to reads of their sources. */
@NullMarked
package io.h5coro.internal.virtual;

import org.jspecify.annotations.NullMarked;
