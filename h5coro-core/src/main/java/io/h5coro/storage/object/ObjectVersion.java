// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a response states about the version of an object. Immutable.
 *
 * @param sizeBytes size of the whole object; empty when the response does not state it
 * @param etag entity tag as it was sent, with {@code W/} when it is weak (RFC 9110, 8.8.3)
 * @param lastModified time of the last modification as it was sent
 */
public record ObjectVersion(
        OptionalLong sizeBytes,
        @Nullable String etag,
        @Nullable String lastModified) {
    /** A tag that {@code If-Match} may hold: quoted, not empty, without {@code W/} (RFC 9110, 8.8.3). */
    private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]+\"");
    /** Tags that distinguish nothing. */
    private static final Pattern EMPTY_TAG = Pattern.compile("(W/)?\"\"|\\s*");

    /**
     * Makes a version of a size and the headers {@code ETag} and {@code Last-Modified}. An empty tag counts as missing.
     */
    public static ObjectVersion of(OptionalLong sizeBytes, Optional<String> etag, Optional<String> lastModified) {
        return new ObjectVersion(
                sizeBytes,
                etag.map(String::strip)
                        .filter(tag -> !EMPTY_TAG.matcher(tag).matches())
                        .orElse(null),
                lastModified.map(String::strip).filter(time -> !time.isEmpty()).orElse(null));
    }

    /** Makes a version of a size without tag and time. */
    public static ObjectVersion ofSize(long sizeBytes) {
        return new ObjectVersion(OptionalLong.of(sizeBytes), null, null);
    }

    /** Returns the tag for {@code If-Match}, which compares strongly; empty when the tag is weak or missing. */
    public Optional<String> strongEtag() {
        return Optional.ofNullable(etag).filter(tag -> STRONG.matcher(tag).matches());
    }

    /** Returns whether there is a tag or a time. */
    public boolean isTold() {
        return etag != null || lastModified != null;
    }

    /**
     * Returns whether a response is certainly of this version. Whatever was stated once must be stated again and be
     * equal: what cannot be compared has changed. A strong tag decides alone; a weak one needs the time too, when
     * that is known. A server may call the tag of a young file weak and later strong, never the other way round.
     *
     * <pre>
     * first         answer        still
     * "a", t1       "a", t2       yes: the strong tag decides
     * "a"           W/"a"         no: a strong tag became weak
     * W/"a", t1     "a", t1       yes
     * W/"a", t1     W/"a", t2     no: another time
     * t1            (neither)     no: cannot be compared
     * 10 bytes      10 bytes      yes: the size is all there is
     * 10 bytes      "a", 10 bytes no: the server states more than before
     * </pre>
     */
    boolean isStill(ObjectVersion answer) {
        if (!isSizeStill(answer)) {
            return false;
        }
        if (strongEtag().isPresent()) {
            return strongEtag().equals(answer.strongEtag());
        }
        if (!isTold()) {
            return !answer.isTold() && (sizeBytes.isEmpty() || answer.sizeBytes.isPresent());
        }
        boolean sameTag = etag == null || (answer.etag != null && opaque(etag).equals(opaque(answer.etag)));
        boolean sameTime = lastModified == null || lastModified.equals(answer.lastModified);
        return sameTag && sameTime;
    }

    /** Returns whether no size contradicts this one. */
    boolean isSizeStill(ObjectVersion answer) {
        return sizeBytes.isEmpty() || answer.sizeBytes.isEmpty() || sizeBytes.equals(answer.sizeBytes);
    }

    /** This version with what an answer {@linkplain #isStill of it} says besides. */
    ObjectVersion with(ObjectVersion answer) {
        boolean stronger = strongEtag().isEmpty() && answer.strongEtag().isPresent();
        return new ObjectVersion(
                sizeBytes.isPresent() ? sizeBytes : answer.sizeBytes,
                etag == null || stronger ? answer.etag : etag,
                lastModified == null ? answer.lastModified : lastModified);
    }

    /** Returns a tag without the mark of a weak one, for the weak comparison (RFC 9110, 8.8.3.2). */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Returns the tag, or else time and size; empty when the server states none. */
    public Optional<String> text() {
        if (etag != null) {
            return Optional.of(etag);
        }
        return Optional.ofNullable(lastModified)
                .map(time -> time + (sizeBytes.isPresent() ? "/" + sizeBytes.getAsLong() : ""));
    }

    /** Size and version for a message, with the server's text cut and escaped. */
    String shown() {
        String size = sizeBytes.isPresent() ? sizeBytes.getAsLong() + " bytes" : "no known size";
        return size + " and "
                + text().map(text -> "the version " + ServerText.shown(text)).orElse("no version");
    }
}
