// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something went wrong.
 *
 * @param source what is read: a path or URI without credentials
 * @param object path of the object in the file, or null when none is concerned or it is not known yet
 * @param address file address in bytes from the start of the source, or {@link #NO_ADDRESS}
 */
public record Where(String source, @Nullable String object, long address) implements Serializable {
    /** No address is concerned. */
    public static final long NO_ADDRESS = -1;

    /** The source as a whole. */
    public static Where source(String source) {
        return new Where(source, null, NO_ADDRESS);
    }

    /** An object of the source. */
    public static Where object(String source, String object) {
        return new Where(source, object, NO_ADDRESS);
    }

    /** The same place, seen as part of an object, unless it already names one. */
    public Where in(String path) {
        return object == null ? new Where(source, path, address) : this;
    }

    /** "source", "source: /object", "source: /object @ 0x1a2b". */
    @Override
    public String toString() {
        String text = object == null ? source : source + ": " + object;
        return address == NO_ADDRESS ? text : text + " @ 0x" + Long.toHexString(address);
    }
}
