// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import io.h5coro.storage.object.AnswerStatus;
import io.h5coro.storage.object.ContentCoding;
import io.h5coro.storage.object.ContentRange;
import io.h5coro.storage.object.ErrorDocument;
import io.h5coro.storage.object.ObjectVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges a response to a request for a range. A function of its arguments and the clock.
 *
 * @param source names the object in messages
 * @param clock for a {@code Retry-After} that is a date
 */
record AnswerRules(String source, InstantSource clock) {
    /** Stands for the body as long as only the head is here. */
    private static final ErrorDocument NO_DOCUMENT = new ErrorDocument("", OptionalLong.empty());

    /** Judges by the head alone. */
    Verdict judge(Head head) {
        return judge(head, NO_DOCUMENT);
    }

    /**
     * Judges an answer whose head {@linkplain Head#isExplained is explained} by a document. The document may change
     * the meaning: a 400 with the code {@code ExpiredToken} asks for new credentials, and a 416 may state the size
     * of the object.
     */
    Verdict judge(Head head, ErrorDocument document) {
        String shown = head.place() + " (status " + head.status()
                + (document.code().isEmpty() ? "" : " " + document.code()) + ")";
        return switch (AnswerStatus.of(head.status(), document.code())) {
            case PART -> encoded(head).orElseGet(() -> partial(head));
            case WHOLE -> login(head).or(() -> encoded(head)).orElseGet(() -> whole(head));
            case RANGE_REFUSED -> rangeRefused(head, document.objectSizeBytes());
            case ELSEWHERE -> elsewhere(head);
            case DENIED -> denied("the server denies access" + shown);
            case EXPIRED -> denied("the credentials or the signed address have expired" + shown);
            case ABSENT -> refused(Kind.NOT_FOUND, "there is no such object" + shown);
            case CHANGED ->
                refused(
                        Kind.CHANGED,
                        "the object was replaced while it was read, or the server refuses every" + " condition"
                                + shown);
            case BUSY -> unavailable(head, shown);
            case UNEXPECTED -> protocol("unexpected status " + head.status() + head.place());
        };
    }

    private Verdict elsewhere(Head head) {
        return head.header("Location")
                .<Verdict>map(Verdict.Elsewhere::new)
                .orElseGet(() -> protocol("status " + head.status() + " without a Location"));
    }

    private Verdict denied(String what) {
        return new Verdict.Refused(new Fault(exception(Kind.ACCESS_DENIED, what), Remedy.RENEWAL, null));
    }

    /**
     * Judges a 206 by its Content-Range. A request for the bytes [0, 1000) takes these:
     *
     * <pre>
     * Content-Range      verdict
     * bytes 0-999/2000   1,000 bytes; the object has 2,000
     * bytes 0-499/2000   500 bytes; the rest is asked for again
     * bytes 0-499/500    500 bytes; the object ends
     * bytes 0-1999/2000  refused: more than was asked for
     * bytes 500-999/2000 refused: starts elsewhere
     * none, no body      as a refused range
     * </pre>
     */
    private Verdict partial(Head head) {
        ByteRange asked = head.asked();
        OptionalLong length = head.contentLength();
        Optional<ContentRange> told = head.header("Content-Range").flatMap(ContentRange::parse);
        if (told.isEmpty() && length.orElse(-1) == 0) {
            return rangeRefused(head, OptionalLong.empty());
        }
        if (told.isEmpty()) {
            return protocol("status 206 without a usable Content-Range for the bytes " + asked);
        }
        ContentRange range = told.get();
        if (range.start() != asked.offset() || range.end() > asked.end()) {
            return protocol(
                    "the server sends the bytes [" + range.start() + ", " + range.end() + ") instead of " + asked);
        }
        if (length.isPresent() && length.getAsLong() != range.length()) {
            return protocol("Content-Length " + length.getAsLong() + " contradicts a Content-Range of " + range.length()
                    + " bytes");
        }
        return new Verdict.Bytes(version(range.total(), head), range.length(), length.isPresent());
    }

    private static ObjectVersion version(OptionalLong size, Head head) {
        return ObjectVersion.of(size, head.header("ETag"), head.header("Last-Modified"));
    }

    /**
     * Judges a 200, which has the whole object. It is usable only where the range covers the object too.
     *
     * <pre>
     * object is          range starts at 0       range starts later
     * in the range       its bytes               behind the end, or refused
     * larger             refused                 refused
     * of unknown length  collected, if chunked   refused
     * </pre>
     */
    private Verdict whole(Head head) {
        ByteRange asked = head.asked();
        OptionalLong length = head.contentLength();
        String complaint = "the server ignores Range: it answers 200 to a request for the bytes " + asked;
        if (length.isPresent()) {
            long size = length.getAsLong();
            if (size <= asked.offset()) {
                return new Verdict.Ends(size);
            }
            if (asked.offset() == 0 && size <= asked.end()) {
                return new Verdict.Bytes(version(length, head), size, true);
            }
        } else if (asked.offset() == 0 && head.header("Transfer-Encoding").isPresent()) {
            // A chunked body marks its end. A body that ends with its connection may have been cut short.
            return new Verdict.Whole(version(length, head), asked.length(), source + ": " + complaint);
        }
        return protocol(complaint);
    }

    /**
     * Judges a refused range. It is good news when the object ends before the range does: then its size is known.
     * Without a size, {@link RangeTask} decides by what it has.
     *
     * @param documented size of the object in the error document; empty without one
     */
    private Verdict rangeRefused(Head head, OptionalLong documented) {
        OptionalLong told =
                ContentRange.sizeOfUnsatisfied(head.header("Content-Range").orElse(null));
        OptionalLong size = told.isPresent() ? told : documented;
        if (size.isPresent() && head.asked().end() > size.getAsLong()) {
            return new Verdict.Ends(size.getAsLong());
        }
        String of = size.isPresent() ? " of " + size.getAsLong() : ", and does not tell the size of the object";
        return refused(
                Kind.RANGE_REFUSED,
                "the server refuses to send the bytes " + head.asked() + of + " (status " + head.status() + ")");
    }

    /**
     * Refuses bytes in an encoding: offsets into a compressed body are not offsets into the file. Empty for plain
     * bytes.
     */
    private Optional<Verdict> encoded(Head head) {
        return ContentCoding.foreign(head.headers().allValues("Content-Encoding"))
                .map(coding -> protocol("the server sends bytes in the encoding " + coding
                        + " (Content-Encoding) where plain ones were asked for"));
    }

    /**
     * Recognizes a login: servers with one by redirects answer a request without a valid token with a page for
     * people. That page is a 200 and would pass for the object. Empty for any other answer.
     */
    private Optional<Verdict> login(Head head) {
        boolean page = head.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
        return head.redirectedTo() != null && page
                ? Optional.of(denied("the server redirects to a web page" + head.place() + ", as for a login"))
                : Optional.empty();
    }

    private Verdict unavailable(Head head, String shown) {
        StorageException failure = exception(Kind.UNAVAILABLE, "the server is overloaded or fails" + shown);
        Duration wait = head.header("Retry-After")
                .flatMap(text -> Backoff.retryAfter(text, clock.instant()))
                .orElse(null);
        return new Verdict.Refused(new Fault(failure, Remedy.ANOTHER_ATTEMPT, wait));
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
}
