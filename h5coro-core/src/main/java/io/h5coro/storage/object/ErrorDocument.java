// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the document that explains an error, in the form of S3. Immutable; holds nothing else of the
 * server's text.
 *
 * @param code the error code, letters and digits; empty for none
 * @param objectSizeBytes the size of the object that a refused range was asked of
 */
public record ErrorDocument(String code, OptionalLong objectSizeBytes) {
    /** No more of the body of an error is read: documents are shorter, and a body may be endless. */
    public static final int MAX_BYTES = 8 << 10;

    private static final Pattern CODE = Pattern.compile("<Code>\\s*([A-Za-z][A-Za-z0-9.]{0,63})\\s*</Code>");
    private static final Pattern SIZE = Pattern.compile("<ActualObjectSize>\\s*([0-9]{1,18})\\s*</ActualObjectSize>");

    /** Searches the first {@link #MAX_BYTES} of a body. */
    public static ErrorDocument parse(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_BYTES), StandardCharsets.ISO_8859_1);
        Matcher code = CODE.matcher(text);
        Matcher size = SIZE.matcher(text);
        return new ErrorDocument(
                code.find() ? code.group(1) : "",
                size.find() ? OptionalLong.of(Long.parseLong(size.group(1))) : OptionalLong.empty());
    }
}
