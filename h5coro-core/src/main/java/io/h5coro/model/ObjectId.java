// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Identifies an object: by the file that holds it and its header, never by a path, since several paths may lead to one
 * object, and one path to others in other files. Two are equal when the objects are the same. Immutable; holds nothing
 * open, so it outlives the file it came from.
 *
 * <pre>{@code
 * Set<ObjectId> seen = new HashSet<>();
 * boolean isNew = seen.add(file.dataset("/gt1l/heights/h_ph").id());
 * }</pre>
 *
 * @param file the file that holds the object
 * @param address address of the object's header, in bytes from the base address of that file
 */
public record ObjectId(FileId file, long address) {}
