// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.Attribute;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Asks a file far away for what is printed of objects, before their turn comes: what does not depend on one another
 * then travels together. What comes stays in the file's caches; what fails is said when its turn comes. Confined to one
 * thread, which does not wait.
 */
public final class LookAhead {
    /*
     * Two datasets x and y of a group g, both with an attribute that refers to z of g:
     *   chunks       where their values are, while their headers are looked up
     *   attributes   once the headers are here: the heaps of the attributes, and the members of g, among which names
     *                of what is referred to are looked for; meanwhile the values are read
     */

    /** More attributes are read when their turn comes; these hold a thousand variables of usual files. */
    private static final int MOST_ATTRIBUTES = 16 << 10;

    /** Objects of a walk whose attributes are asked for in one call: a level of usual files, mostly. */
    private static final int MOST_TOGETHER = 1024;

    /** Longer ones are read when their turn comes: what is read ahead of them is not kept. */
    private static final long LONGEST_BYTES = 64 << 10;

    /** Of all of them, as stored in their headers; those behind are read when their turn comes. */
    private static final long MOST_BYTES = 4 << 20;

    /** Chunks of so many elements are looked for early: a few hundred of usual ones, and megabytes of the smallest. */
    private static final int FEW_ELEMENTS = 1 << 18;

    /** The members of more groups are looked up when their turn comes, a thread each. */
    private static final int MOST_GROUPS = 32;

    private final H5Coro file;
    private final boolean isFar;
    private final List<DatasetRequest> attributes = new ArrayList<>();
    private long bytesLeft = MOST_BYTES;

    /** Groups whose members were asked for, by their paths. */
    private final Set<String> groups = new HashSet<>();

    /** Whether a walk looks the members of groups up. */
    private boolean isWalked;

    /** Nothing is asked for yet. */
    public LookAhead(H5Coro file) {
        this.file = file;
        this.isFar = file.reader().profile().isFar();
    }

    /**
     * Asks where values are.
     *
     * @param requests under different names
     */
    public void chunks(List<DatasetRequest> requests) {
        if (!requests.isEmpty()) {
            meanwhile(() -> {
                ReadPlan unused = file.explain(requests);
            });
        }
    }

    /** Has something read; what fails is said by whoever reads the same for good. */
    public void meanwhile(Runnable reading) {
        if (isFar) {
            start(reading);
        }
    }

    /**
     * Looks datasets up by their paths together, and asks where their first values are; blocks.
     *
     * @param wanted slices of them, or lists of indices
     */
    public void datasets(List<DatasetRequest> wanted) {
        if (!isFar || wanted.isEmpty()) {
            return;
        }
        starts(wanted);
        try {
            List<H5Object> unused =
                    file.objects(wanted.stream().map(DatasetRequest::path).toList());
        } catch (H5Exception e) {
            // Said when its turn comes; the others are looked up all the same.
        }
    }

    /**
     * Looks datasets up by their paths together, and asks where their first values are.
     *
     * @param wanted slices of them, or lists of indices
     */
    public void starts(List<DatasetRequest> wanted) {
        List<DatasetRequest> starts = new ArrayList<>();
        for (DatasetRequest request : wanted) {
            List<Hyperslab> slices = request.slices().isEmpty() ? List.of(Hyperslab.all()) : request.slices();
            for (Hyperslab slice : request.selection() == null ? slices : List.<Hyperslab>of()) {
                starts.add(DatasetRequest.of(request.path(), start(slice)).named(Integer.toString(starts.size())));
            }
            if (request.selection() != null) {
                starts.add(request.named(Integer.toString(starts.size())));
            }
        }
        chunks(starts);
    }

    /**
     * Returns a part of what is selected of a dataset whose dimensions are not known yet: all of it when that is said
     * to be few elements, else its first index.
     */
    public static Hyperslab start(Hyperslab slice) {
        List<Hyperslab.Range> ranges = slice.ranges();
        double elements = 1;
        for (Hyperslab.Range range : ranges) {
            Long from = range.start();
            Long to = range.stop();
            elements *= from != null && to != null && from >= 0 && to >= 0
                    ? (to - from) / range.step() + 1
                    : Double.POSITIVE_INFINITY;
        }
        if (!ranges.isEmpty() && elements <= FEW_ELEMENTS) {
            return slice;
        }
        Long first = ranges.isEmpty() ? null : ranges.get(0).start();
        long from = first == null || first < 0 ? 0 : first;
        return Hyperslab.of(Hyperslab.Range.of(from, from + 1)).clipped();
    }

    /**
     * Walks through an object, and asks for what the values of attributes need where the walk has attributes; blocks.
     * Its values are not asked for.
     */
    public void walk(String path, WalkOptions options) {
        try {
            if (isFar) {
                H5Object object = file.object(path);
                if (object instanceof Group group) {
                    walk(group, options);
                } else {
                    attributes(List.of(object));
                }
            }
        } catch (H5Exception e) {
            // Said when its turn comes.
        }
    }

    private void walk(Group group, WalkOptions options) {
        isWalked = true;
        boolean withAttributes = options.details().contains(WalkOptions.Detail.ATTRIBUTES);
        List<H5Object> met = new ArrayList<>();
        try (Stream<Group.Member> members = group.walk(options)) {
            members.forEach(member -> {
                member.object().filter(object -> withAttributes).ifPresent(met::add);
                if (met.size() == MOST_TOGETHER) {
                    attributes(met);
                    met.clear();
                }
            });
        }
        attributes(met);
    }

    /** Asks for what the values of attributes need, those of some objects of the file. */
    public void attributes(List<H5Object> objects) {
        if (isFar) {
            objects.forEach(this::attributes);
            if (!attributes.isEmpty()) {
                ReadPromise unused = file.readDatasets(attributes);
                attributes.clear();
            }
        }
    }

    private void attributes(H5Object object) {
        try {
            for (Attribute attribute : object.attributes()) {
                if (attribute.failure().isEmpty() && attributes.size() < MOST_ATTRIBUTES) {
                    attribute(object, attribute);
                }
            }
        } catch (H5Exception saidLater) {
            // Where they are printed.
        }
    }

    private void attribute(H5Object object, Attribute attribute) {
        ElementType type = attribute.type();
        if (holds(type, LookAhead::isElsewhere)
                && attribute.shape().elementCount() <= Math.min(bytesLeft, LONGEST_BYTES) / Math.max(1, type.size())) {
            bytesLeft -= attribute.shape().elementCount() * type.size();
            String name = Integer.toString(attributes.size());
            attributes.add(object.attributeRequest(attribute.name()).named(name));
        }
        if (holds(type, ReferenceType.class::isInstance)) {
            object.path().ifPresent(this::members);
        }
    }

    private void members(String path) {
        int slash = path.lastIndexOf('/');
        String group = slash <= 0 ? "/" : path.substring(0, slash);
        if (!isWalked && groups.size() < MOST_GROUPS && groups.add(group)) {
            start(() -> file.walk(group, 1).forEach(member -> member.object().ifPresent(H5Object::info)));
        }
    }

    private static boolean isElsewhere(ElementType type) {
        return type instanceof SequenceType || type instanceof StringType text && text.variable();
    }

    /** Whether a type, or one that it is made of, is of some kind. */
    private static boolean holds(ElementType type, Predicate<ElementType> kind) {
        return kind.test(type)
                || type instanceof SequenceType sequence && holds(sequence.base(), kind)
                || type instanceof ArrayType array && holds(array.base(), kind)
                || type instanceof CompoundType compound
                        && compound.members().stream().anyMatch(member -> holds(member.type(), kind));
    }

    /** Reads on a thread of its own, which ends at the latest when the file is closed. */
    private static void start(Runnable reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.run();
                    } catch (RuntimeException | OutOfMemoryError | StackOverflowError saidLater) {
                        // By whoever reads the same for good.
                    }
                },
                "h5coro-look-ahead");
        thread.setDaemon(true);
        thread.start();
    }
}
