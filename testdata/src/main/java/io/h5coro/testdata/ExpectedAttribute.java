// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What libhdf5 reads from one attribute.
 *
 * @param name the attribute's name
 * @param shape its dimensions; empty for a scalar, absent for a null dataspace
 * @param type the datatype in the short notation of the README
 * @param sha256 hash of the canonical bytes, lower-case hexadecimal
 * @param values the elements in row-major order, absent when they are many or long
 */
public record ExpectedAttribute(
        String name, Optional<List<Long>> shape, String type, String sha256, Optional<JsonNode> values) {}
