// SPDX-License-Identifier: Apache-2.0
/**
 * Time, chance, threads and waiting: whatever the reader asks of the machine that it runs on. It is handed in, so that
 * a run on a clock of its own is the same each time.
 */
@NullMarked
package io.h5coro.storage.machine;

import org.jspecify.annotations.NullMarked;
