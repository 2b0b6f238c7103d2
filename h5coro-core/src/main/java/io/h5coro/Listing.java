// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import java.util.Map;
import java.util.Set;

/**
 * The members of a group and its attributes, each by name, in ascending order of the names' bytes.
 * {@link H5Coro#list(String)} gives it. Immutable.
 *
 * <pre>{@code
 * Listing listing = file.list("/gt1l/heights");
 * Shape shape = listing.variables().get("h_ph").shape();
 * }</pre>
 *
 * @param variables datasets, also those behind soft and external links
 * @param attributes attributes of the group itself
 * @param groups names of the subgroups
 * @param others names of the other members: committed datatypes, and links that lead nowhere or to something that is
 *     not supported
 */
public record Listing(
        Map<String, Dataset> variables, Map<String, Attribute> attributes, Set<String> groups, Set<String> others) {}
