// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells of the version of an object.
 *
 * @param sizeBytes the size of the whole object
 * @param etag the entity tag as it was sent, with {@code W/} where it is weak (RFC 9110, 8.8.3)
 * @param lastModified the time of the last modification as it was sent
 */
record ObjectVersion(
        long sizeBytes, @Nullable String etag, @Nullable String lastModified) {
    private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

    static ObjectVersion of(long sizeBytes, HttpHeaders headers) {
        return new ObjectVersion(
                sizeBytes,
                headers.firstValue("ETag").filter(tag -> !tag.isBlank()).orElse(null),
                headers.firstValue("Last-Modified").orElse(null));
    }

    /** The tag for {@code If-Match}, which compares strongly. */
    Optional<String> strongEtag() {
        return Optional.ofNullable(etag).filter(tag -> STRONG.matcher(tag).matches());
    }

    /**
     * Whether the other version is certainly not this one. Tags count first, and are compared weakly: a server may call a young
     * file's tag weak and later strong. Where one of the two lacks a tag the times count.
     */
    boolean differsFrom(ObjectVersion other) {
        if (sizeBytes != other.sizeBytes) {
            return true;
        }
        if (etag != null && other.etag != null) {
            return !opaque(etag).equals(opaque(other.etag));
        }
        return lastModified != null && other.lastModified != null && !lastModified.equals(other.lastModified);
    }

    /** Whether the other version is certainly this one: the same size and the same tag, which is a strong one. */
    boolean isSameAs(ObjectVersion other) {
        return sizeBytes == other.sizeBytes
                && strongEtag().isPresent()
                && strongEtag().equals(other.strongEtag());
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Whether there is more than a size. */
    boolean isTold() {
        return etag != null || lastModified != null;
    }

    /** The tag, or else time and size; empty where the server tells none. */
    Optional<String> text() {
        if (etag != null) {
            return Optional.of(etag);
        }
        return Optional.ofNullable(lastModified).map(time -> time + "/" + sizeBytes);
    }
}
