// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import java.util.Map;
import java.util.Set;

/**
 * The members of a group and its attributes, each by its name, in ascending order of the names' bytes.
 *
 * @param variables its datasets
 * @param attributes its attributes
 * @param groups names of the groups in it
 * @param others names of its other members: committed datatypes, and links that lead nowhere or to what is not
 *     supported
 */
public record Listing(
        Map<String, Dataset> variables, Map<String, Attribute> attributes, Set<String> groups, Set<String> others) {}
