// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** One way in which a server's answer goes wrong. */
@FunctionalInterface
public interface ServerFault {
    /** Spoils the right answer. */
    void spoil(ServerAnswer answer);

    /** No fault. */
    static ServerFault none() {
        return answer -> {};
    }

    /** Waits before the first byte. */
    static ServerFault slowFirstByte(Duration delay) {
        return answer -> answer.firstByteDelay = delay;
    }

    /** Sends so many bytes of the body, and then nothing more while the connection stays open. */
    static ServerFault stallAfter(int bytes) {
        return stop(bytes, ServerAnswer.Stop.STALL);
    }

    /** Resets the connection after so many bytes of the body. */
    static ServerFault resetAfter(int bytes) {
        return stop(bytes, ServerAnswer.Stop.RESET);
    }

    /** Closes the connection after so many bytes of the body, which is shorter than announced. */
    static ServerFault shortBody(int bytes) {
        return stop(bytes, ServerAnswer.Stop.CLOSE);
    }

    /** Sends these letters in place of an answer and closes. */
    static ServerFault raw(String text) {
        return answer -> {
            answer.raw = text.getBytes(StandardCharsets.ISO_8859_1);
            answer.stop = ServerAnswer.Stop.CLOSE;
        };
    }

    /** Resets the connection without an answer. */
    static ServerFault resetBeforeAnswer() {
        return answer -> {
            answer.raw = new byte[0];
            answer.stop = ServerAnswer.Stop.RESET;
        };
    }

    /** An error whose body has no end. */
    static ServerFault endless(int status, String... headers) {
        return answer -> {
            status(status, headers).spoil(answer);
            answer.header("Content-Length", "1000000000000");
            answer.endless = true;
        };
    }

    /** Sends the body in one chunk without telling its length, and keeps the mark of its end back where asked to. */
    static ServerFault chunked(boolean withholdsEnd) {
        return answer -> {
            byte[] part = Arrays.copyOfRange(answer.body, answer.from, answer.from + answer.length);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status + " status\r\n");
            answer.headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Transfer-Encoding: chunked\r\n\r\n").append(Integer.toHexString(part.length));
            String end = withholdsEnd ? "\r\n" : "\r\n0\r\n\r\n";
            raw(head + "\r\n" + new String(part, StandardCharsets.ISO_8859_1) + end)
                    .spoil(answer);
            answer.stop = withholdsEnd ? ServerAnswer.Stop.STALL : null;
        };
    }

    private static ServerFault stop(int bytes, ServerAnswer.Stop how) {
        return answer -> {
            answer.stopAfter = bytes;
            answer.stop = how;
        };
    }

    /** Sends fewer bytes than asked for, with a Content-Range that says so. */
    static ServerFault piece(int bytes) {
        return answer -> {
            if (answer.status == 206 && answer.length > bytes) {
                answer.length = bytes;
                answer.header(
                        "Content-Range",
                        "bytes " + answer.from + "-" + (answer.from + bytes - 1) + "/" + answer.object.length);
            }
        };
    }

    /** Answers 200 with the whole object. */
    static ServerFault ignoreRange() {
        return answer -> {
            answer.status = 200;
            answer.header("Content-Range", "");
            answer.body = answer.object;
            answer.from = 0;
            answer.length = answer.object.length;
        };
    }

    /** Sets a header; an empty value removes it. */
    static ServerFault header(String name, String value) {
        return answer -> answer.header(name, value);
    }

    /** A status with headers ({@code name: value}) and a page that explains it. */
    static ServerFault status(int status, String... headers) {
        return answer -> {
            answer.refuse(status);
            for (String header : headers) {
                int colon = header.indexOf(':');
                answer.header(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
            answer.body = ("<html>status " + status + "</html>").getBytes(StandardCharsets.UTF_8);
            answer.length = answer.body.length;
        };
    }

    /** Leads elsewhere. */
    static ServerFault redirect(int status, String location) {
        return status(status, "Location: " + location);
    }

    /** Compresses the body, asked or not. */
    static ServerFault gzip() {
        return answer -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(answer.body, answer.from, answer.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            answer.body = packed.toByteArray();
            answer.from = 0;
            answer.length = answer.body.length;
            answer.header("Content-Encoding", "gzip");
        };
    }
}
