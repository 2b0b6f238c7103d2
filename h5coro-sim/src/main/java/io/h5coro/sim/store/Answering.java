// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.store.Answer.Slice;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the answer to one request: what a sound server says, bent by the fault that was drawn. */
final class Answering {
    private static final double STORMY = 0.9;

    private final SimStore store;
    private final Asked asked;
    private final @Nullable FaultKind fate;
    private final RandomGenerator chance;

    Answering(SimStore store, Asked asked, @Nullable FaultKind fate, RandomGenerator chance) {
        this.store = store;
        this.asked = asked;
        this.fate = fate;
        this.chance = chance;
    }

    private boolean met(FaultKind kind) {
        if (fate == kind) {
            store.meet(kind);
        }
        return fate == kind;
    }

    Answer answer() {
        if (store.windows().left(FaultKind.STORM, asked.prefix()) > 0 && chance.nextDouble() < STORMY) {
            store.meet(FaultKind.STORM);
            return busy();
        }
        if (met(FaultKind.SLOW_DOWN)) {
            return busy();
        }
        if (met(FaultKind.TOO_MANY)) {
            return Answer.refusal(429, "TooManyRequests", "").with("Retry-After", retryAfter());
        }
        if (met(FaultKind.SERVER_ERROR)) {
            return Answer.refusal(500, "InternalError", "");
        }
        if (met(FaultKind.NOT_MODIFIED)) {
            return Answer.bare(304);
        }
        if (store.isRedirected(asked.key()) && asked.signature().isEmpty()) {
            return Answer.bare(307)
                    .with(
                            "Location",
                            asked.path() + "?X-Amz-Signature=" + store.keys().own());
        }
        Answer refused = denied();
        if (refused != null) {
            return refused;
        }
        return asked.isListing() ? ListPage.of(store, asked) : object();
    }

    private Answer busy() {
        return Answer.refusal(503, "SlowDown", "");
    }

    /** Seconds, or a date. */
    private String retryAfter() {
        int seconds = chance.nextInt(4);
        return chance.nextBoolean()
                ? Integer.toString(seconds)
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        store.world().now().plus(Duration.ofSeconds(seconds)).atZone(ZoneOffset.UTC));
    }

    /** Returns a refusal for a missing or outdated token; null when there is nothing against the request. */
    private @Nullable Answer denied() {
        boolean asksForToken = store.isLocked(asked.key()) || store.isRedirected(asked.key());
        if (!asksForToken) {
            return null;
        }
        if (met(FaultKind.EXPIRY)) {
            store.keys().expire();
        }
        Optional<String> token = asked.token();
        if (token.isPresent() && store.keys().fits(token.get())) {
            return null;
        }
        // S3 says 400, most others 403.
        return token.isEmpty()
                ? Answer.refusal(403, "AccessDenied", "")
                : Answer.refusal(chance.nextBoolean() ? 400 : 403, "ExpiredToken", "");
    }

    private Answer object() {
        if (fate == FaultKind.CHANGE && store.change(asked.key(), chance)) {
            store.meet(FaultKind.CHANGE);
        }
        Optional<Version> there = store.current(asked.key());
        if (there.isEmpty()) {
            return Answer.refusal(404, "NoSuchKey", "");
        }
        Version version = there.get();
        boolean other =
                asked.condition().filter(tag -> !tag.equals(version.tag())).isPresent();
        if (other && !store.ignoresConditions() && !met(FaultKind.CONDITION_IGNORED)) {
            return Answer.refusal(412, "PreconditionFailed", "");
        }
        int size = version.bytes().length;
        Optional<Asked.Span> range = asked.range();
        if (range.isEmpty() || (!asked.isHead() && met(FaultKind.WHOLE))) {
            return Answer.part(200, version, new Slice(version.bytes(), 0, size));
        }
        if (range.get().start() >= size) {
            return Answer.refusal(416, "InvalidRange", "<ActualObjectSize>" + size + "</ActualObjectSize>")
                    .with("Content-Range", "bytes */" + size);
        }
        int start = (int) range.get().start();
        return bent(version, start, (int) Math.min(size, range.get().end()));
    }

    /** A part of the object, with a fault of the head or of the body where one was drawn. */
    private Answer bent(Version version, int start, int end) {
        byte[] bytes = version.bytes();
        if (met(FaultKind.WRONG_RANGE)) {
            return elsewhere(version, start, end);
        }
        if (end - start > 1 && met(FaultKind.SHORT_PIECE)) {
            return Answer.part(206, version, new Slice(bytes, start, end - 1 - chance.nextInt(end - start - 1)));
        }
        Answer sound = Answer.part(206, version, new Slice(bytes, start, end));
        if (met(FaultKind.ENCODED)) {
            return sound.with("Content-Encoding", "gzip").unfaithful();
        }
        if (fate == FaultKind.TORN) {
            return torn(sound, start, end);
        }
        if (met(FaultKind.LONG_BODY)) {
            byte[] more = new byte[end - start + 1 + chance.nextInt(1000)];
            System.arraycopy(bytes, start, more, 0, end - start);
            return sound.unannounced().withBody(new Slice(more, 0, more.length));
        }
        // Counted when the end comes.
        return fate == FaultKind.LATE_END ? sound.unannounced() : sound;
    }

    /** A part that begins elsewhere, or ends behind the one that was asked for. */
    private Answer elsewhere(Version version, int start, int end) {
        byte[] bytes = version.bytes();
        int from = chance.nextInt(bytes.length);
        if (from != start) {
            return Answer.part(206, version, new Slice(bytes, from, bytes.length))
                    .unfaithful();
        }
        return end < bytes.length
                ? Answer.part(206, version, new Slice(bytes, start, bytes.length))
                        .unfaithful()
                : Answer.bare(206).unfaithful();
    }

    /** The first bytes are of the version before. */
    private Answer torn(Answer sound, int start, int end) {
        List<Version> versions = store.versions(asked.key());
        if (versions.size() < 2) {
            return sound;
        }
        store.meet(FaultKind.TORN);
        byte[] old = versions.get(versions.size() - 2).bytes();
        byte[] mixed = Arrays.copyOfRange(sound.body().array(), start, end);
        int cut = Math.max(0, Math.min((end - start + 1) / 2, old.length - start));
        System.arraycopy(old, start, mixed, 0, cut);
        return sound.withBody(new Slice(mixed, 0, mixed.length));
    }
}
