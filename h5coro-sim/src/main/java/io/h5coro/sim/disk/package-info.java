// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated disk: a file system in memory that several simulated processes share, with faults, deaths of processes
 * and cuts of power. Confined to the world's thread whose turn it is.
 */
@NullMarked
package io.h5coro.sim.disk;

import org.jspecify.annotations.NullMarked;
