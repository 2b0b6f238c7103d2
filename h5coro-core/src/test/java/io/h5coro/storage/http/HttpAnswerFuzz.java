// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.object.ErrorDocument;
import io.h5coro.storage.object.VersionPin;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fuzz target: any head of an answer to a request for a range. It is judged, and where bytes are promised they lie in
 * what was asked for. An input is u8 status, u64 offset and u32 length of what was asked, and the values of headers,
 * one a line.
 */
public final class HttpAnswerFuzz {
    private static final int[] STATUS = {206, 200, 416, 301, 302, 401, 404, 412, 429, 500, 503, 501, 100, 304, 999, 206
    };
    private static final List<String> NAMES = List.of(
            "Content-Range",
            "Content-Length",
            "ETag",
            "Last-Modified",
            "Content-Encoding",
            "Content-Type",
            "Retry-After",
            "Location");
    private static final int HEADER = 13;
    private static final AnswerRules RULES =
            new AnswerRules("fuzz", Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC));

    private HttpAnswerFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        seed(0, 0, 100, "bytes 0-99/1000\n100\n\"tag\""),
                        seed(0, 5, 10, "bytes 5-14/*\n\nW/\"tag\"\nSat, 21 Nov 2026 10:00:00 GMT\nidentity"),
                        seed(1, 0, 100, "\n50\n\n\n\ntext/html"),
                        seed(2, 500, 100, "bytes */400"),
                        seed(3, 0, 1, "\n\n\n\n\n\n\nhttps://other.example/x?y"),
                        seed(4, 0, 1, "\n\n\n\n\n\n\n//user:word@[::1]:1/../x y"),
                        seed(8, 0, 1, "\n\n\n\n\n\n12"),
                        seed(10, 0, 1, "\n\n\n\n\n\nSat, 21 Nov 2026 10:00:00 GMT"))
                .toList();
    }

    private static byte[] seed(int status, long offset, int length, String headers) {
        byte[] text = headers.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(HEADER + text.length)
                .put((byte) status)
                .putLong(offset)
                .putInt(length)
                .put(text)
                .array();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(input);
        int status = STATUS[in.get() & 15];
        long offset = in.getLong() & Long.MAX_VALUE >> 1;
        int length = Math.max(1, in.getInt() & Integer.MAX_VALUE);
        String text = new String(input, HEADER, input.length - HEADER, StandardCharsets.ISO_8859_1);
        ByteRange asked = new ByteRange(offset, length);
        Map<String, List<String>> headers = new TreeMap<>();
        String[] lines = text.split("\n", NAMES.size());
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                headers.put(NAMES.get(i), List.of(lines[i]));
            }
        }
        Head head = new Head(status, HttpHeaders.of(headers, (name, value) -> true), asked, null);
        RULES.judge(head, ErrorDocument.parse(text.getBytes(StandardCharsets.ISO_8859_1)));
        Verdict verdict = RULES.judge(head);
        if (verdict instanceof Verdict.Bytes bytes) {
            bytes(bytes, asked);
        } else if (verdict instanceof Verdict.Elsewhere elsewhere) {
            redirect(elsewhere.location());
        }
    }

    private static void bytes(Verdict.Bytes bytes, ByteRange asked) {
        long size = bytes.version().sizeBytes().orElse(Long.MAX_VALUE);
        long length = bytes.lengthBytes();
        if (length < 0 || length > asked.length() || asked.offset() > size - length) {
            throw new IllegalStateException(length + " bytes of " + size + " are promised for " + asked);
        }
        bytes.version().strongEtag();
        VersionPin pin = new VersionPin("fuzz", false);
        for (int i = 0; i < 2; i++) {
            if (pin.complaint(bytes.version()) != null) {
                throw new IllegalStateException("a version differs from itself");
            }
        }
        bytes.version().text();
    }

    /** As a request follows it. */
    private static void redirect(String location) {
        try {
            WebAddress address = WebAddress.redirected(URI.create("https://h.example/a/b"), location);
            if (address.url().getRawUserInfo() != null || address.source().contains("?")) {
                throw new IllegalStateException("an address shows more than host and path");
            }
            WebAddress.isSameOrigin(address.url(), URI.create("https://h.example/a/b"));
        } catch (StorageException refused) {
            // Refused.
        }
    }
}
