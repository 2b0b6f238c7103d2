// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.machine.Machine;
import java.util.concurrent.Executor;

/**
 * What a folder works with.
 *
 * @param machine has the clock by which files are old
 * @param clearing runs what deletes entries when the folder is full
 */
record Ground(Machine machine, Executor clearing) {}
