// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.Rehearsal;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * All members of a group and of the groups in it, each group before its members, each group entered once. What is met
 * next is read ahead, many objects together: a walk waits about once a level. Hard links are followed, others are met.
 * Confined to one thread, which waits in {@link #next}.
 */
public final class LevelWalk implements Iterator<Met> {
    /*
     * Two orders. Objects are met depth first, as they are printed: /a, /a/x, /a/x/1, /b. They are read breadth first:
     * the links of / lead to the headers of /a and /b, which are read together, then what is in /a and /b, together.
     * What is read and not met yet waits in "ahead", by the address of its header. When the next object is not there,
     * the objects that are met next start the next reading.
     *
     * What is read ahead is an advantage, never a decision: where it is missing, because it failed or there was no room
     * for it, the object is read when it is met, and its error is said then.
     */

    /**
     * Objects that are read ahead. As many headers are kept by the catalog; an object takes 1 to 3 KiB, more with
     * attributes. Fewer would make more waves of files with thousands of objects.
     */
    private static final int MOST_AHEAD = 4096;

    /**
     * Objects that are held ahead: those of one reading, and those of an earlier one that are met later, such as
     * siblings of the group whose members are met now.
     */
    private static final int MOST_HELD = 2 * MOST_AHEAD;

    /** Letters of the paths of these, and links of the groups among them; one group more may be held. */
    private static final int MOST_LETTERS = 1 << 23;

    private static final int MOST_LINKS = 1 << 17;

    private final ObjectCatalog catalog;
    private final Descriptors descriptors;
    private final WalkOptions options;

    /** Reads what a dataset takes, through the file that it is given; empty for one that is not read ahead. */
    private final BiFunction<HdfFile, DatasetDescriptor, OptionalLong> storedBytes;

    /** What is met next is the last one. */
    private final Deque<Place> coming = new ArrayDeque<>();

    /** Objects that were read and are not met yet, by the addresses of their headers. Invariant: bounded. */
    private final Map<Long, Found> ahead = new HashMap<>();

    /** Letters of the paths in {@link #ahead}, and links there. */
    private long heldLetters;

    private long heldLinks;

    /**
     * Addresses of the latest reading. One of them that is not ahead was met before, or cannot be read: to read ahead
     * once more for it would be done for each of a million links to one object.
     */
    private Set<Long> asked = Set.of();

    /** Groups that were entered, by the addresses of their headers. */
    private final Set<Long> entered = new HashSet<>();

    /**
     * Where an object is met.
     *
     * @param group the one that has the link; null for the first
     * @param link null for the first object
     * @param levels below it that are met; 0 where it is not entered
     */
    private record Place(ResolvedObject group, @Nullable Link link, int depth, int levels) {}

    /** What was read of an object; parts that were not wanted, or failed, are null. */
    private static final class Found {
        /** What attributes and dataset are called. An object of several links has several. */
        private final String path;

        private @Nullable List<Link> links;
        private @Nullable List<ListedAttribute> attributes;
        private @Nullable DatasetDescriptor dataset;
        private OptionalLong storedBytes = OptionalLong.empty();

        Found(String path) {
            this.path = path;
        }

        private String child(String name) {
            return ResolvedObject.child(path, name);
        }
    }

    /**
     * A walk that has met nothing yet.
     *
     * @param start a group
     * @param storedBytes reads what a dataset takes, from its chunk index, through the file that it is given; for
     *     {@link Detail#STORED_BYTES}
     */
    public LevelWalk(
            ResolvedObject start,
            Descriptors descriptors,
            WalkOptions options,
            BiFunction<HdfFile, DatasetDescriptor, OptionalLong> storedBytes) {
        this.catalog = start.catalog();
        this.descriptors = descriptors;
        this.options = options;
        this.storedBytes = storedBytes;
        coming.add(new Place(start, null, 0, options.depth()));
    }

    private boolean wants(Detail detail) {
        return options.details().contains(detail);
    }

    private boolean wantsDescriptors() {
        return wants(Detail.DESCRIPTORS) || wants(Detail.STORED_BYTES);
    }

    @Override
    public boolean hasNext() {
        return !coming.isEmpty();
    }

    /**
     * {@inheritDoc}
     *
     * @throws H5Exception when the storage fails or the call is over, so that nothing can be said of what follows
     */
    @Override
    public Met next() {
        Place place = coming.peekLast();
        if (place == null) {
            throw new NoSuchElementException("the walk is over");
        }
        long address = address(place);
        if (address >= 0 && !ahead.containsKey(address) && !asked.contains(address)) {
            readAhead();
        }
        coming.removeLast();
        Found found = taken(address);
        return place.link == null || place.link instanceof Link.Hard
                ? met(place, found)
                : new Met(path(place), place.depth, place.link, null);
    }

    private @Nullable Found taken(long address) {
        Found found = ahead.remove(address);
        if (found != null) {
            heldLetters -= found.path.length();
            heldLinks -= found.links == null ? 0 : found.links.size();
        }
        return found;
    }

    private static long address(Place place) {
        if (place.link == null) {
            return place.group.header().address();
        }
        return place.link instanceof Link.Hard hard ? hard.address() : -1;
    }

    private static String path(Place place) {
        return place.link == null ? place.group.path() : place.group.child(place.link.name());
    }

    private Met met(Place place, @Nullable Found found) {
        try {
            ResolvedObject object = place.link == null ? place.group : catalog.resolve(place.group, place.link);
            H5Exception failure = null;
            List<ListedAttribute> attributes = List.of();
            DatasetDescriptor dataset = null;
            try {
                enter(place, object, found);
                attributes = attributes(object, found);
                dataset = dataset(object, found);
            } catch (H5Exception e) {
                failure = own(e);
            }
            OptionalLong stored = found == null ? OptionalLong.empty() : found.storedBytes;
            return new Met(path(place), place.depth, place.link, object, failure, attributes, dataset, stored);
        } catch (H5Exception e) {
            return new Met(path(place), place.depth, place.link, own(e));
        }
    }

    /** A failure that is the object's own; others end the walk. */
    private static H5Exception own(H5Exception e) {
        if (e instanceof ObjectChangedException
                || e instanceof ReadAbortedException
                || e instanceof StorageFailureException) {
            throw e;
        }
        return e;
    }

    private void enter(Place place, ResolvedObject object, @Nullable Found found) {
        if (place.levels == 0 || !catalog.isGroup(object.header())) {
            return;
        }
        if (entered.add(object.header().address())) {
            List<Link> known = found == null ? null : found.links;
            List<Link> links = known != null ? known : ordered(catalog, object);
            int levels = belowMembers(links, place.levels);
            for (int i = links.size() - 1; i >= 0; i--) {
                coming.addLast(new Place(object, links.get(i), place.depth + 1, levels));
            }
        }
    }

    /** Levels below the members of a group, of those below the group. */
    private int belowMembers(List<Link> links, int levels) {
        return links.size() > options.mostLinks() ? 0 : levels - 1;
    }

    private List<ListedAttribute> attributes(ResolvedObject object, @Nullable Found found) {
        if (!wants(Detail.ATTRIBUTES)) {
            return List.of();
        }
        List<ListedAttribute> known = found != null && found.path.equals(object.path()) ? found.attributes : null;
        return known != null ? known : descriptors.attributes(object);
    }

    private @Nullable DatasetDescriptor dataset(ResolvedObject object, @Nullable Found found) {
        if (!wantsDescriptors() || !ObjectCatalog.isDataset(object.header())) {
            return null;
        }
        DatasetDescriptor known = found != null && found.path.equals(object.path()) ? found.dataset : null;
        return known != null ? known : descriptors.dataset(object);
    }

    /** The links of a group in the order of the walk. */
    private List<Link> ordered(ObjectCatalog from, ResolvedObject group) {
        List<Link> links = new ArrayList<>(
                options.order() == WalkOptions.Order.STORED ? from.storedLinks(group) : from.links(group));
        if (options.order() == WalkOptions.Order.CREATION && from.tracksCreationOrder(group.header())) {
            links.sort(Comparator.comparingLong(Link::creationOrder));
        }
        if (options.reversed()) {
            Collections.reverse(links);
        }
        return links;
    }

    /** Reads what is met next, and what is found below that. */
    private void readAhead() {
        if (ahead.size() >= MOST_HELD || heldLetters >= MOST_LETTERS) {
            // What is next is not among them: some may never be met, such as members of a group that no path can name.
            ahead.clear();
            heldLetters = 0;
            heldLinks = 0;
        }
        Reading reading = new Reading();
        asked = reading.addresses;
        Iterator<Place> next = coming.descendingIterator();
        for (int places = 0; places < MOST_AHEAD && next.hasNext() && reading.hasRoom(); places++) {
            Place place = next.next();
            Found found = ahead.get(address(place));
            if (found != null) {
                reading.below(found, place.levels);
            } else if (reading.isNew(address(place))) {
                reading.add(address(place), path(place), place.levels);
            }
        }
        reading.rehearsal.run();
    }

    /** One reading ahead. */
    private final class Reading {
        private final Rehearsal rehearsal = new Rehearsal(catalog.file());
        private final ObjectCatalog twin = new ObjectCatalog(rehearsal.file());
        private final Descriptors described = new Descriptors(rehearsal.file());
        private final Set<Long> addresses = new HashSet<>();

        private final int objectsBefore = ahead.size();

        /** Letters of the paths of objects before, and of those that were added. */
        private long letters = heldLetters;

        boolean hasRoom() {
            int objects = addresses.size();
            return objects < MOST_AHEAD && objectsBefore + objects < MOST_HELD && letters < MOST_LETTERS;
        }

        boolean isNew(long address) {
            return address >= 0 && !ahead.containsKey(address) && !addresses.contains(address);
        }

        void add(long address, String path, int levels) {
            addresses.add(address);
            letters += path.length();
            rehearsal.add(() -> header(address, path, levels));
        }

        private void header(long address, String path, int levels) {
            ObjectHeader header = rehearsal.file().headers().read(address);
            catalog.adopt(header);
            Found found = new Found(path);
            ahead.put(address, found);
            heldLetters += path.length();
            ResolvedObject object = new ResolvedObject(path, header, twin);
            if (levels > 0 && !entered.contains(address) && twin.isGroup(header)) {
                rehearsal.add(() -> links(found, object, levels));
            }
            if (wants(Detail.ATTRIBUTES)) {
                rehearsal.add(() -> found.attributes = described.attributes(object));
            }
            if (wantsDescriptors() && ObjectCatalog.isDataset(header)) {
                rehearsal.add(() -> dataset(found, object));
            }
        }

        private void dataset(Found found, ResolvedObject object) {
            DatasetDescriptor dataset = described.dataset(object);
            found.dataset = dataset;
            if (wants(Detail.STORED_BYTES)) {
                rehearsal.add(() -> found.storedBytes = storedBytes.apply(rehearsal.file(), dataset));
            }
        }

        private void links(Found found, ResolvedObject group, int levels) {
            if (heldLinks >= MOST_LINKS) {
                return;
            }
            List<Link> links = ordered(twin, group);
            if (found.links == null) {
                found.links = links;
                heldLinks += links.size();
            }
            if (belowMembers(links, levels) > 0) {
                twin.prefetchMembers(group);
            }
            below(found, levels);
        }

        /** Adds the members of a group whose links are known; without links, nothing. */
        void below(Found group, int levels) {
            List<Link> links = group.links == null || levels == 0 ? List.of() : group.links;
            for (int i = 0; i < links.size() && hasRoom(); i++) {
                if (links.get(i) instanceof Link.Hard hard && isNew(hard.address())) {
                    add(hard.address(), group.child(hard.name()), belowMembers(links, levels));
                }
            }
        }
    }
}
