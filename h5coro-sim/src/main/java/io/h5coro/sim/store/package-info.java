// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated store of objects: one model of objects, faults and a network, below two clients, one for HTTP and one for
 * S3. Confined to the world's thread whose turn it is.
 */
@NullMarked
package io.h5coro.sim.store;

import org.jspecify.annotations.NullMarked;
