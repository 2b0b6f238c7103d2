// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server sends: head, bytes, and where these end. Immutable.
 *
 * @param status of HTTP
 * @param headers as they are sent
 * @param body bytes, a part of an array that nobody writes to
 * @param faithful whether it is part of the object's version at that time, with a sound head
 */
record Answer(int status, Map<String, List<String>> headers, Slice body, boolean faithful) {
    /**
     * Bytes of a body.
     *
     * @param array holds them
     * @param start first one
     * @param end behind the last one
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    record Slice(byte[] array, int start, int end) {
        static final Slice EMPTY = new Slice(new byte[0], 0, 0);

        int length() {
            return end - start;
        }
    }

    /** A head with one more header. */
    Answer with(String name, String value) {
        return new Answer(status, headers(headers, name, value), body, faithful);
    }

    /** The same with a body that has no announced length. */
    Answer unannounced() {
        Map<String, List<String>> changed = headers(headers, "Transfer-Encoding", "chunked");
        Map<String, List<String>> rest = new TreeMap<>(changed);
        rest.remove("Content-Length");
        return new Answer(status, Collections.unmodifiableMap(rest), body, faithful);
    }

    /** The same with other bytes. */
    Answer withBody(Slice other) {
        return new Answer(status, headers, other, faithful);
    }

    boolean isAnnounced() {
        return headers.containsKey("Content-Length");
    }

    private static Map<String, List<String>> headers(Map<String, List<String>> before, String name, String value) {
        Map<String, List<String>> changed = new TreeMap<>(before);
        changed.put(name, List.of(value));
        return Collections.unmodifiableMap(changed);
    }

    /** A refusal with a document as S3 sends it. */
    static Answer refusal(int status, String code, String details) {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                + "</Code><Message>simulated</Message>" + details + "</Error>";
        return document(status, document).withLength();
    }

    /** A document. */
    static Answer document(int status, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(
                        status,
                        Map.of("Content-Type", List.of("application/xml")),
                        new Slice(bytes, 0, bytes.length),
                        false)
                .withLength();
    }

    /** A head alone. */
    static Answer bare(int status) {
        return new Answer(status, Map.of(), Slice.EMPTY, false);
    }

    /** Bytes of a version. */
    static Answer part(int status, Version version, Slice body) {
        String modified =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(version.modified().atZone(ZoneOffset.UTC));
        Answer answer = new Answer(status, Map.of(), body, true)
                .with("ETag", version.tag())
                .with("Last-Modified", modified)
                .with("Accept-Ranges", "bytes")
                .withLength();
        return status == 206
                ? answer.with(
                        "Content-Range",
                        "bytes " + body.start() + "-" + (body.end() - 1) + "/" + version.bytes().length)
                : answer;
    }

    Answer unfaithful() {
        return new Answer(status, headers, body, false);
    }

    private Answer withLength() {
        return with("Content-Length", Integer.toString(body.length()));
    }
}
