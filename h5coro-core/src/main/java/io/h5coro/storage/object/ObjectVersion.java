// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about the version of an object. Immutable.
 *
 * @param sizeBytes size of the whole object; empty where the answer does not say
 * @param etag the entity tag as it was sent, with {@code W/} where it is weak (RFC 9110, 8.8.3)
 * @param lastModified the time of the last modification as it was sent
 */
public record ObjectVersion(
        OptionalLong sizeBytes,
        @Nullable String etag,
        @Nullable String lastModified) {
    private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]+\"");
    private static final Pattern EMPTY_TAG = Pattern.compile("(W/)?\"\"|\\s*");

    /** Takes the headers {@code ETag} and {@code Last-Modified}; an empty tag says nothing. */
    public static ObjectVersion of(OptionalLong sizeBytes, Optional<String> etag, Optional<String> lastModified) {
        return new ObjectVersion(
                sizeBytes,
                etag.map(String::strip)
                        .filter(tag -> !EMPTY_TAG.matcher(tag).matches())
                        .orElse(null),
                lastModified.map(String::strip).filter(time -> !time.isEmpty()).orElse(null));
    }

    /** A size without tag and time. */
    public static ObjectVersion ofSize(long sizeBytes) {
        return new ObjectVersion(OptionalLong.of(sizeBytes), null, null);
    }

    /** Returns the tag for {@code If-Match}, which compares strongly. */
    public Optional<String> strongEtag() {
        return Optional.ofNullable(etag).filter(tag -> STRONG.matcher(tag).matches());
    }

    /** Returns whether there is a tag or a time. */
    public boolean isTold() {
        return etag != null || lastModified != null;
    }

    /**
     * Returns whether an answer is certainly of this version. Whatever was told once must be told again and be equal:
     * what cannot be compared has changed. A strong tag decides alone; a weak one needs the time too, where that is
     * known. A server may call the tag of a young file weak and later strong, never the other way round.
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

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Returns the tag, or else time and size; empty where the server tells none. */
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
