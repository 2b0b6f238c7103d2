// SPDX-License-Identifier: Apache-2.0
/** Datasets as files that other programs open. {@link io.h5coro.export.Export} is the door. */
@NullMarked
package io.h5coro.export;

import org.jspecify.annotations.NullMarked;
