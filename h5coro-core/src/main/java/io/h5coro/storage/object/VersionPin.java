// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The version of an object that a reader has seen first and keeps to. Thread-safe.
 *
 * <p>Requests that were sent before the first answer carry no condition; each answer is compared instead, so none waits
 * for another and yet two versions never mix.
 */
public final class VersionPin {
    private static final System.Logger LOG = System.getLogger("io.h5coro.storage");

    private final String source;
    private final boolean sizeAlone;

    /** What answers with bytes have told. Invariant: once set, what it tells never changes. */
    @GuardedBy("this")
    private @Nullable ObjectVersion seen;

    /** The size, which may be known before any answer with bytes. */
    @GuardedBy("this")
    private OptionalLong size = OptionalLong.empty();

    /**
     * Pins nothing yet.
     *
     * @param source names the object in a warning
     * @param sizeAlone whether an object of the same size counts as unchanged, whatever its tag and time
     */
    public VersionPin(String source, boolean sizeAlone) {
        this.source = source;
        this.sizeAlone = sizeAlone;
    }

    /**
     * Compares an answer that holds bytes with what was seen before, or keeps it when it is the first.
     *
     * @return null when it is of the same version, else what is different, for a message
     */
    public @Nullable String complaint(ObjectVersion answer) {
        synchronized (this) {
            ObjectVersion first = seen;
            ObjectVersion known = first == null ? new ObjectVersion(size, null, null) : first;
            boolean same = sizeAlone || first == null ? known.isSizeStill(answer) : first.isStill(answer);
            if (!same || differs(answer.sizeBytes())) {
                return "it had " + known.shown() + ", now " + answer.shown();
            }
            seen = first == null ? answer : first.with(answer);
            size = size.isPresent() ? size : answer.sizeBytes();
            if (first != null || !sizeAlone) {
                return null;
            }
        }
        LOG.log(
                Level.WARNING,
                "{0}: the object may change while it is read (allow_changing): only its size is compared",
                source);
        return null;
    }

    @GuardedBy("this")
    private boolean differs(OptionalLong other) {
        return size.isPresent() && other.isPresent() && !size.equals(other);
    }

    /** Compares, and keeps, a size that came without bytes and so without tag and time. */
    public synchronized boolean acceptsSize(long answerSize) {
        if (differs(OptionalLong.of(answerSize))) {
            return false;
        }
        size = OptionalLong.of(answerSize);
        return true;
    }

    /**
     * Keeps a version that is known from elsewhere, unless an answer came before.
     *
     * @param knownTag a strong tag
     * @return whether it is kept
     */
    public synchronized boolean expect(String knownTag, long knownSize) {
        ObjectVersion known = new ObjectVersion(OptionalLong.of(knownSize), knownTag, null);
        boolean usable = !sizeAlone && knownSize >= 0 && known.strongEtag().isPresent();
        if (!usable || seen != null || size.isPresent()) {
            return false;
        }
        seen = known;
        size = known.sizeBytes();
        return true;
    }

    /** Returns what to send as {@code If-Match}, which a weak tag never matches (RFC 9110, 13.1.1). */
    public synchronized Optional<String> condition() {
        return sizeAlone || seen == null ? Optional.empty() : seen.strongEtag();
    }

    /** Returns the tag, or else time and size; empty until known, and where size alone is compared. */
    public synchronized Optional<String> version() {
        return sizeAlone || seen == null ? Optional.empty() : seen.text();
    }

    /** Returns the size, as soon as an answer has told it. */
    public synchronized OptionalLong size() {
        return size;
    }
}
