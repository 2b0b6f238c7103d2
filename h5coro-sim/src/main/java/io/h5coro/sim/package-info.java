// SPDX-License-Identifier: Apache-2.0
/** Simulated runs of the reader: one seed, one virtual clock, one thing happening at a time. */
@NullMarked
package io.h5coro.sim;

import org.jspecify.annotations.NullMarked;
