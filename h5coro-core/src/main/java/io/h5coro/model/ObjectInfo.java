// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the header of an object says besides its contents. Immutable.
 *
 * <pre>{@code
 * ObjectInfo info = file.dataset("/gt1l/heights/h_ph").info();
 * System.out.println(info);
 * }</pre>
 *
 * @param address the header, relative to the base address
 * @param headerVersion version of the object header, 1 or 2
 * @param referenceCount number of hard links to the object, as the header counts them
 * @param modified time of the last modification, in seconds since 1970; empty when it is not stored
 * @param comment comment of the object; empty when there is none
 * @param tracksAttributeOrder whether the order of creation of attributes is tracked
 */
public record ObjectInfo(
        long address,
        int headerVersion,
        long referenceCount,
        OptionalLong modified,
        Optional<String> comment,
        boolean tracksAttributeOrder) {}
