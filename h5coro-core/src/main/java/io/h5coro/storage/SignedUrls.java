// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.machine.Machine;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locations that renew themselves: each is read over HTTP at the URL that a signer gives for it, and at the next one
 * when the server refuses that. Thread-safe.
 *
 * <pre>{@code
 * SignedUrls signed = SignedUrls.by(location -> URI.create(catalogue.sign(location)));
 * StorageOptions storage = StorageOptions.none().with(SignedUrls.class, signed);
 * FileSeries series = H5Coro.series(locations, requests, FileSeries.Options.defaults().withStorage(storage));
 * }</pre>
 *
 * <p>With these options, every location that is a URI is signed, whatever its scheme, but for {@code file:}. Paths are
 * read from disk. Files that a file names are signed too. Listings are not: {@link Storages#find} asks the storage of
 * the location, and what it finds is signed when it is opened.
 *
 * <p>The location stays the name of the object: in messages, and as the key of caches, so that a renewed signature is
 * the same object. Caches on disk keep what is read of a location unless it has a query that is more than a signature.
 *
 * <p>A location is signed when its first byte is wanted, and when the server refuses its URL (401, 403, or an error
 * that says that it has expired). Many requests that need a URL of one location share one call of the signer, its
 * failure too. So do readers of one location: keep one instance for as long as its URLs are worth keeping.
 */
public final class SignedUrls {
    /** Locations whose latest URL is kept; some 2 kB each. One that was dropped is signed once more than needed. */
    private static final int MOST_KEPT = 1_024;

    /** How long to wait for a signer, whose time nobody bounds, before waiting on. */
    private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

    private final Signer signer;
    private final Machine machine;

    /** The least recently used first. Guarded by itself. Invariant: at most {@link #MOST_KEPT}. */
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private SignedUrls(Signer signer, Machine machine) {
        this.signer = Objects.requireNonNull(signer);
        this.machine = machine;
    }

    /** Gives the URL of a location. Thread-safe. */
    @FunctionalInterface
    public interface Signer {
        /**
         * Returns a URL under which an object can be read now; may block.
         *
         * @param location as the caller named it, or as a file names one beside it
         * @return an {@code http:} or {@code https:} URL
         * @throws StorageException with a message without secrets, which the failed read has; of any other exception
         *     the read says only that the signer failed
         */
        URI sign(String location) throws StorageException;
    }

    /** The latest URL of one location. Invariant: at most one call of the signer is under way. */
    private static final class Slot {
        /** Guarded by this, as what is below. */
        private @Nullable URI url;

        private @Nullable CompletableFuture<URI> underWay;
    }

    /** Returns locations that a signer signs. */
    public static SignedUrls by(Signer signer) {
        return by(signer, Machine.ofThisProcess());
    }

    /** The same for threads of another machine. */
    static SignedUrls by(Signer signer, Machine machine) {
        return new SignedUrls(signer, machine);
    }

    /**
     * Returns locations with a supplier each, which gives the URL of the moment.
     *
     * @param suppliers thread-safe, may block; their keys are the locations. Others, such as those of files that a file
     *     names, are refused
     */
    public static SignedUrls of(Map<String, ? extends Supplier<URI>> suppliers) {
        Map<String, Supplier<URI>> copy = Map.copyOf(suppliers);
        return by(location -> {
            Supplier<URI> supplier = copy.get(location);
            if (supplier == null) {
                throw new StorageException(
                        Kind.ACCESS_DENIED,
                        LocationText.shown(location) + ": there is no supplier of URLs for this location");
            }
            return supplier.get();
        });
    }

    /** Returns the source of the URLs of one location. */
    public Location at(String location) {
        return new Location(location);
    }

    /** One location and its URLs. Thread-safe. */
    public final class Location {
        private final String text;

        private Location(String text) {
            this.text = Objects.requireNonNull(text);
        }

        /** Returns the location as the signer gets it. */
        public String text() {
            return text;
        }

        /**
         * Returns the latest URL, which the signer is asked for when there is none; may block.
         *
         * @throws StorageException when the signer fails, of kind {@link Kind#ACCESS_DENIED} unless it says another
         */
        public URI url() throws StorageException {
            return other(text, null);
        }

        /**
         * Returns a URL after one was refused: the latest if that is another, else what the signer gives now, which may
         * be the same; may block.
         *
         * @throws StorageException as {@link #url()} does
         */
        public URI urlAfter(URI refused) throws StorageException {
            return other(text, refused);
        }

        /** Names the location without its secrets. */
        @Override
        public String toString() {
            return LocationText.shown(text);
        }
    }

    private URI other(String location, @Nullable URI refused) throws StorageException {
        Slot slot = slot(location);
        CompletableFuture<URI> mine = new CompletableFuture<>();
        CompletableFuture<URI> flight;
        synchronized (slot) {
            if (slot.url != null && !slot.url.equals(refused)) {
                return slot.url;
            }
            flight = slot.underWay == null ? mine : slot.underWay;
            slot.underWay = flight;
        }
        if (flight == mine) {
            fly(location, slot, mine);
        }
        try {
            return await(flight);
        } catch (ExecutionException e) {
            throw failure(location, e.getCause());
        }
    }

    /** Waits whatever happens: an interrupt is for what the thread does next. */
    private URI await(CompletableFuture<URI> flight) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return machine.get(flight, LONG_NANOS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException waitsOn) {
                    // A signer has the time that it takes.
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Slot slot(String location) {
        synchronized (slots) {
            Slot slot = slots.computeIfAbsent(location, any -> new Slot());
            if (slots.size() > MOST_KEPT) {
                slots.remove(slots.keySet().iterator().next());
            }
            return slot;
        }
    }

    /** Asks the signer, for all who wait. */
    private void fly(String location, Slot slot, CompletableFuture<URI> flight) {
        @Nullable URI signed = null;
        @Nullable Throwable thrown = null;
        try {
            signed = Objects.requireNonNull(signer.sign(location));
        } catch (Throwable e) { // also what its language does not declare: others wait
            thrown = e;
        }
        synchronized (slot) {
            slot.url = signed == null ? slot.url : signed;
            slot.underWay = null;
        }
        if (thrown == null) {
            flight.complete(signed);
        } else {
            flight.completeExceptionally(thrown);
        }
    }

    private static StorageException failure(String location, @Nullable Throwable thrown) {
        // One exception for each who waited: those of a shared one would have the stack of another thread alone.
        return thrown instanceof StorageException known
                ? new StorageException(known.kind(), String.valueOf(known.getMessage()), known)
                : new StorageException(
                        Kind.ACCESS_DENIED,
                        LocationText.shown(location) + ": the signer of its URL failed" + kind(thrown));
    }

    /** Not the cause itself: it may repeat what it could not read as a URL. */
    private static String kind(@Nullable Throwable thrown) {
        return thrown == null ? "" : " (" + thrown.getClass().getSimpleName() + ")";
    }

    @Override
    public String toString() {
        return "SignedUrls";
    }
}
