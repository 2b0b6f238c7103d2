// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The place in a file where a read failed. Immutable.
 *
 * <pre>{@code
 * try {
 *     H5Array values = file.read("/gt1l/heights/no_such_name");
 * } catch (H5Exception e) {
 *     Where where = e.where();
 *     System.out.println(where.source() + " " + where.object());
 * }
 * }</pre>
 *
 * @param source path or URI of the file, without credentials
 * @param object path of the object in the file; null when the failure concerns no object, or an unknown one
 * @param address file address, in bytes from the start of the source, or {@link #NO_ADDRESS}
 */
public record Where(String source, @Nullable String object, long address) implements Serializable {
    /** The failure concerns no address. */
    public static final long NO_ADDRESS = -1;

    /** Names a source as a whole. */
    public static Where source(String source) {
        return new Where(source, null, NO_ADDRESS);
    }

    /** Names an object of a source. */
    public static Where object(String source, String object) {
        return new Where(source, object, NO_ADDRESS);
    }

    /** Returns this place as part of an object, unless it already names one. */
    public Where in(String path) {
        return object == null ? new Where(source, path, address) : this;
    }

    /** Returns "source", "source: /object" or "source: /object @ 0x1a2b". */
    @Override
    public String toString() {
        String text = object == null ? source : source + ": " + object;
        return address == NO_ADDRESS ? text : text + " @ 0x" + Long.toHexString(address);
    }
}
