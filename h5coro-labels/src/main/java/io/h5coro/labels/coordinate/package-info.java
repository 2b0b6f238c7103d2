// SPDX-License-Identifier: Apache-2.0
/** Coordinates, in which values are looked up. */
package io.h5coro.labels.coordinate;
