// SPDX-License-Identifier: Apache-2.0
/** Files of AnnData: {@link io.h5coro.labels.anndata.AnnData} is the door. */
@NullMarked
package io.h5coro.labels.anndata;

import org.jspecify.annotations.NullMarked;
