// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The version of an object that a reader has seen first and keeps to. Thread-safe.
 *
 * <p>Requests that were sent before the first answer carry no condition; each answer is compared instead, so none waits
 * for another and yet two versions never mix.
 */
final class VersionPin {
    /** Invariant: once set, these do not change. Guarded by this. */
    private @Nullable String tag;

    private long size = -1;
    private boolean seen;

    /**
     * Compares an answer with what was seen before, or keeps it when it is the first.
     *
     * @param answerTag the answer's ETag, or its time of change where there is none
     * @param answerSize size of the whole object, where the answer tells it
     * @return whether the answer is of the same version
     */
    synchronized boolean accepts(@Nullable String answerTag, OptionalLong answerSize) {
        if (size >= 0 && answerSize.isPresent() && size != answerSize.getAsLong()) {
            return false;
        }
        if (seen && !(tag == null ? answerTag == null : tag.equals(answerTag))) {
            return false;
        }
        tag = answerTag;
        seen = true;
        answerSize.ifPresent(value -> size = value);
        return true;
    }

    /** Compares the size that a 416 tells; it carries no tag. */
    synchronized boolean acceptsSize(long answerSize) {
        if (size >= 0 && size != answerSize) {
            return false;
        }
        size = answerSize;
        return true;
    }

    /**
     * Keeps a version that is known from elsewhere, unless an answer came before.
     *
     * @param knownTag a strong tag
     * @return whether it is kept
     */
    synchronized boolean expect(String knownTag, long knownSize) {
        if (seen || size >= 0 || knownSize < 0 || !knownTag.startsWith("\"")) {
            return false;
        }
        tag = knownTag;
        size = knownSize;
        seen = true;
        return true;
    }

    /** What to send as If-Match; a weak tag never matches there (RFC 9110, 13.1.1) and a time is no tag. */
    synchronized Optional<String> condition() {
        return Optional.ofNullable(tag).filter(value -> value.startsWith("\""));
    }

    synchronized Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    synchronized OptionalLong size() {
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
