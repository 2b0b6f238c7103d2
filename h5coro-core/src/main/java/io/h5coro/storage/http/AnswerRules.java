// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges the head of an answer to a request for a range. A function of its arguments and the clock.
 *
 * @param source names the object in messages
 * @param clock for a {@code Retry-After} that is a date
 */
record AnswerRules(String source, Clock clock) {
    /**
     * @param asked the range of the {@code Range} header; not empty
     * @param redirectedTo the host that a redirect led to, null without one
     */
    Verdict judge(int status, HttpHeaders headers, ByteRange asked, @Nullable String redirectedTo) {
        return switch (status) {
            case 206 -> encoded(headers).orElseGet(() -> partial(headers, asked));
            case 200 -> login(headers, redirectedTo).or(() -> encoded(headers)).orElseGet(() -> whole(headers, asked));
            case 416 -> behindTheEnd(headers, asked);
            case 301, 302, 303, 307, 308 -> elsewhere(status, headers);
            case 401, 403, 407 -> denied("the server denies access" + at(redirectedTo) + " (status " + status + ")");
            case 404, 410 ->
                refused(Kind.NOT_FOUND, "there is no such object" + at(redirectedTo) + " (status " + status + ")");
            case 412 -> refused(Kind.CHANGED, "the object was replaced while it was read (status 412)");
            case 408, 425, 429 -> unavailable(status, headers);
            case 501, 505 -> protocol("unexpected status " + status);
            default ->
                status >= 500 && status < 600
                        ? unavailable(status, headers)
                        : protocol("unexpected status " + status + at(redirectedTo));
        };
    }

    private Verdict elsewhere(int status, HttpHeaders headers) {
        return headers.firstValue("Location")
                .<Verdict>map(Verdict.Elsewhere::new)
                .orElseGet(() -> protocol("status " + status + " without a Location"));
    }

    private Verdict denied(String what) {
        return new Verdict.Refused(new Fault(exception(Kind.ACCESS_DENIED, what), Remedy.RENEWAL, null));
    }

    private Verdict partial(HttpHeaders headers, ByteRange asked) {
        Optional<ContentRange> told = headers.firstValue("Content-Range").flatMap(ContentRange::parse);
        if (told.isEmpty()) {
            return protocol("status 206 without a usable Content-Range for the bytes " + asked);
        }
        ContentRange range = told.get();
        if (range.start() != asked.offset() || range.end() > asked.end()) {
            return protocol(
                    "the server sends the bytes [" + range.start() + ", " + range.end() + ") instead of " + asked);
        }
        OptionalLong length = contentLength(headers);
        if (length.isPresent() && length.getAsLong() != range.length()) {
            return protocol("Content-Length " + length.getAsLong() + " contradicts a Content-Range of " + range.length()
                    + " bytes");
        }
        return new Verdict.Bytes(ObjectVersion.of(range.sizeBytes(), headers), range.length());
    }

    /** A 200 has the whole object; good only where the range would have it too. */
    private Verdict whole(HttpHeaders headers, ByteRange asked) {
        OptionalLong length = contentLength(headers);
        if (length.isPresent()) {
            long size = length.getAsLong();
            if (size <= asked.offset()) {
                return new Verdict.BehindTheEnd(length);
            }
            if (asked.offset() == 0 && size <= asked.end()) {
                return new Verdict.Bytes(ObjectVersion.of(size, headers), size);
            }
        }
        return protocol("the server ignores Range: it answers 200 to a request for the bytes " + asked);
    }

    private Verdict behindTheEnd(HttpHeaders headers, ByteRange asked) {
        OptionalLong size = headers.firstValue("Content-Range")
                .map(ContentRange::parseUnsatisfied)
                .orElse(OptionalLong.empty());
        if (size.isPresent() && asked.offset() < size.getAsLong()) {
            return protocol("status 416 for the bytes " + asked + " of " + size.getAsLong());
        }
        return new Verdict.BehindTheEnd(size);
    }

    private Optional<Verdict> encoded(HttpHeaders headers) {
        return headers.firstValue("Content-Encoding")
                .filter(coding -> !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity"))
                .map(coding ->
                        protocol("the server sends encoded bytes (Content-Encoding) where plain ones were asked for"));
    }

    /** Servers with a login by redirects answer a request without a valid token with a page for people. */
    private Optional<Verdict> login(HttpHeaders headers, @Nullable String redirectedTo) {
        boolean page = headers.firstValue("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
        return redirectedTo != null && page
                ? Optional.of(denied("the server redirects to a web page" + at(redirectedTo) + ", as for a login"))
                : Optional.empty();
    }

    private Verdict unavailable(int status, HttpHeaders headers) {
        StorageException failure =
                exception(Kind.UNAVAILABLE, "the server is overloaded or fails (status " + status + ")");
        Duration wait = headers.firstValue("Retry-After")
                .flatMap(text -> Backoff.retryAfter(text, clock.instant()))
                .orElse(null);
        return new Verdict.Refused(new Fault(failure, Remedy.ANOTHER_ATTEMPT, wait));
    }

    private static OptionalLong contentLength(HttpHeaders headers) {
        return headers.firstValue("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private Verdict protocol(String what) {
        return refused(Kind.PROTOCOL, what);
    }

    private Verdict refused(Kind kind, String what) {
        return new Verdict.Refused(Fault.permanent(kind, source + ": " + what));
    }

    private StorageException exception(Kind kind, String what) {
        return new StorageException(kind, source + ": " + what);
    }

    private static String at(@Nullable String host) {
        return host == null ? "" : " after a redirect to " + host;
    }
}
