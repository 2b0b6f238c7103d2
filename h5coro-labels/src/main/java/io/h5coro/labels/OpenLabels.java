// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.H5Coro;
import io.h5coro.labels.coordinate.KeptCoordinates;

/** What all groups of one labelled file share. Thread-safe. */
record OpenLabels(H5Coro file, LabelOptions options, KeptCoordinates coordinates) {}
