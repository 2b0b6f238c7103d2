// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header {@code Content-Encoding}. In stores of objects it is metadata that uploaders set, and many set what is no
 * coding: a charset, a media type, or {@code aws-chunked}, which concerned the upload alone. Such bytes are plain.
 * Pure.
 */
public final class ContentCoding {
    private static final Set<String> PLAIN = Set.of(
            "", "identity", "aws-chunked", "chunked", "none", "null", "plain", "raw", "binary", "7bit", "8bit", "utf8");

    private ContentCoding() {}

    /**
     * Returns the first coding that changes bytes, such as {@code gzip}, cut and escaped for a message.
     *
     * @param headers the header's values; each may list several codings
     */
    public static Optional<String> foreign(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !isPlain(coding))
                .map(ServerText::shown)
                .findFirst();
    }

    private static boolean isPlain(String coding) {
        return PLAIN.contains(coding) || coding.indexOf('/') > 0 || isCharset(coding);
    }

    private static boolean isCharset(String coding) {
        try {
            return Charset.isSupported(coding);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
