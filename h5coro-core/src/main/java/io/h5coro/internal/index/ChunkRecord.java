// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

/**
 * Where one chunk is stored.
 *
 * @param coordinate place in the chunk grid: element offset divided by chunk length, a number for each dimension
 * @param address first stored byte, relative to the base address; always defined
 * @param storedSize stored bytes
 * @param filterMask bit i set: filter i of the pipeline was not applied to this chunk
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record's receiver; hundreds of thousands of them
public record ChunkRecord(long[] coordinate, long address, long storedSize, int filterMask) {}
