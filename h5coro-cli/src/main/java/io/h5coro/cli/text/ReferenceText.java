// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceType;

/** Says in words what the references of a file refer to. */
public interface ReferenceText {
    /**
     * A reference inside of a compound, an array or a sequence.
     *
     * @param type its datatype, which decides the words
     * @param reference the reference; may be nil, or one that could not be read
     * @return the text, without line breaks around it
     */
    String inElement(ReferenceType type, Reference reference);
}
