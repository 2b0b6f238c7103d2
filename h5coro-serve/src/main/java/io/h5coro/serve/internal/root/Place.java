// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.serve.internal.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as clients write it: names, the first of which is that of a root. Immutable.
 *
 * @param names none is empty, {@code .} or {@code ..}, or has a slash, a backslash or a control character
 */
public record Place(List<String> names) {
    private static final int DEEPEST = 64;

    /** Copies the list. */
    public Place {
        names = List.copyOf(names);
    }

    /**
     * Reads the path of an address. Each name is decoded once.
     *
     * @param path as it stands in the request, with escapes
     * @throws WireException with status 400 when it is no path of names
     */
    public static Place of(String path) {
        List<String> names = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                names.add(checked(decoded(part)));
            }
        }
        if (names.size() > DEEPEST) {
            throw new WireException(400, "the path has more than " + DEEPEST + " names");
        }
        return new Place(names);
    }

    private static String decoded(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                int high = i + 2 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
                int low = i + 2 < part.length() ? Character.digit(part.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw bad();
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad();
        }
    }

    private static String checked(String name) {
        if (!isName(name)) {
            throw bad();
        }
        return name;
    }

    /** Returns whether a text is one name of a path. */
    static boolean isName(String text) {
        boolean strange = text.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\');
        return !strange && !text.isEmpty() && !text.equals(".") && !text.equals("..");
    }

    private static WireException bad() {
        return new WireException(400, "the path is not one of names");
    }

    /** Returns the last name; an empty text for the place of the roots. */
    public String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    /** Returns the answer to a path that leads nowhere, or out of what is served. */
    public WireException missing() {
        return new WireException(404, "Invalid path specified: " + this);
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
