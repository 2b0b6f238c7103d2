// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The first version of an object that a reader sees, which it then keeps to. Thread-safe.
 *
 * <p>Requests sent before the first response carry no condition; instead each response is compared. So no request waits
 * for another, and still two versions never mix.
 */
public final class VersionPin {
    private static final System.Logger LOG = System.getLogger("io.h5coro.storage");

    private final String source;
    /**
     * Whether tags and times are ignored. Then no condition is sent and no version is given, since either may be
     * wrong.
     */
    private final boolean sizeAlone;

    /** What answers with bytes have told. Invariant: once set, what it tells never changes. */
    @GuardedBy("this")
    private @Nullable ObjectVersion seen;

    /** The size, which may be known before any answer with bytes. Invariant: once present, it never changes. */
    @GuardedBy("this")
    private OptionalLong size = OptionalLong.empty();

    /**
     * Starts without a version.
     *
     * @param source names the object in a warning
     * @param sizeAlone whether an object of the same size counts as unchanged, whatever its tag and time
     */
    public VersionPin(String source, boolean sizeAlone) {
        this.source = source;
        this.sizeAlone = sizeAlone;
    }

    /**
     * Compares a response that holds bytes with the version seen before, or keeps its version when it is the first.
     *
     * @return null when it is of the same version, otherwise the difference, for a message
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

    /**
     * Compares, and keeps, a size that came without bytes, and so without tag and time.
     *
     * @return false when another size is known
     */
    public synchronized boolean acceptsSize(long answerSize) {
        if (differs(OptionalLong.of(answerSize))) {
            return false;
        }
        size = OptionalLong.of(answerSize);
        return true;
    }

    /**
     * Keeps a version that is known from elsewhere, unless a response came first.
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

    /**
     * Returns the value to send as {@code If-Match}. A weak tag never matches (RFC 9110, 13.1.1), so it is not sent.
     */
    public synchronized Optional<String> condition() {
        return sizeAlone || seen == null ? Optional.empty() : seen.strongEtag();
    }

    /** Returns the tag, or else time and size; empty until the first response, and when only the size is compared. */
    public synchronized Optional<String> version() {
        return sizeAlone || seen == null ? Optional.empty() : seen.text();
    }

    /** Returns the size; empty until a response has stated it. */
    public synchronized OptionalLong size() {
        return size;
    }
}
