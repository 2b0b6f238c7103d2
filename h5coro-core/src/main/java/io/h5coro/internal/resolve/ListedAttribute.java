// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.internal.format.Attempt;
import io.h5coro.model.StoredText;

/**
 * An attribute among those of an object: one that cannot be read does not keep the others from being given. Immutable.
 *
 * @param path "object path@attribute name", for messages
 * @param name its name
 * @param creationOrder place in the order of creation, or -1
 * @param content what it is, or why that cannot be told
 */
public record ListedAttribute(String path, StoredText name, long creationOrder, Attempt<AttributeDescriptor> content) {}
