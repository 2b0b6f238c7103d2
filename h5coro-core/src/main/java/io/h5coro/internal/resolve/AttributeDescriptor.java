// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;

/**
 * An attribute's values as the file stores them. Immutable.
 *
 * @param path "object path@attribute name", for messages
 * @param space extent
 * @param type type of the elements in the file
 * @param committedType header of the committed datatype that it shares; undefined (-1) when it has its own
 * @param data exactly the bytes of the elements
 */
@SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
public record AttributeDescriptor(String path, Dataspace space, ElementType type, long committedType, byte[] data) {}
