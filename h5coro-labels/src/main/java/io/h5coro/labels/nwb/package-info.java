// SPDX-License-Identifier: Apache-2.0
/** Files of Neurodata Without Borders: {@link io.h5coro.labels.nwb.Nwb} is the door. */
@NullMarked
package io.h5coro.labels.nwb;

import org.jspecify.annotations.NullMarked;
