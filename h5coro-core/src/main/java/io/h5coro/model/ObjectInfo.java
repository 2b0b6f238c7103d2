// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an object's header says beside its contents.
 *
 * @param address the header, relative to the base address
 * @param headerVersion 1 or 2
 * @param referenceCount hard links that lead to the object, as the header counts them
 * @param modified modification time in seconds since 1970, when it is stored
 * @param comment the object's comment, when it has one
 * @param tracksAttributeOrder whether the order in which attributes were created is tracked
 */
public record ObjectInfo(
        long address,
        int headerVersion,
        long referenceCount,
        OptionalLong modified,
        Optional<String> comment,
        boolean tracksAttributeOrder) {}
