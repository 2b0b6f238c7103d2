// SPDX-License-Identifier: Apache-2.0
/** The formats NPY and NPZ of numpy. */
@NullMarked
package io.h5coro.export.internal.npy;

import org.jspecify.annotations.NullMarked;
