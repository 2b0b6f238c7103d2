// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that a location with wildcards means, with failures of the library's family. Confined to one thread. */
public final class FoundLocations implements Iterator<StoredObject> {
    private final String shown;
    private final StorageListing listing;

    /** What {@link #next()} gives; empty at the end, and while it is not known. */
    private Optional<StoredObject> next = Optional.empty();

    private boolean isKnown;

    private FoundLocations(String location, StorageListing listing) {
        this.shown = LocationText.shown(location);
        this.listing = listing;
        if (!hasNext()) {
            throw new NotFoundException(Where.source(shown), "no file is found by this name");
        }
    }

    /**
     * Finds files. Blocks until the first one is found.
     *
     * @return closed by the caller, or by its end
     * @throws NotFoundException when there is none
     * @throws H5Exception when the storage does not list
     */
    public static Stream<StoredObject> of(String location, StorageOptions storage) {
        StorageListing listing;
        try {
            listing = Storages.find(location, storage);
        } catch (StorageException e) {
            throw StorageFailures.translate(LocationText.shown(location), Where.NO_ADDRESS, e);
        }
        Iterator<StoredObject> found = new FoundLocations(location, listing);
        int properties = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, properties), false)
                .onClose(listing::close);
    }

    private Optional<StoredObject> ask() {
        boolean goesOn = false;
        try {
            Optional<StoredObject> found = listing.next();
            goesOn = found.isPresent();
            return found;
        } catch (StorageException e) {
            throw StorageFailures.translate(shown, Where.NO_ADDRESS, e);
        } finally {
            if (!goesOn) {
                listing.close();
            }
        }
    }

    @Override
    public boolean hasNext() {
        if (!isKnown) {
            next = ask();
            isKnown = true;
        }
        return next.isPresent();
    }

    @Override
    public StoredObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        isKnown = false;
        return next.orElseThrow();
    }
}
