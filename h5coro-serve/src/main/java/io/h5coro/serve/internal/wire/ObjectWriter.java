// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectId;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;

/**
 * Describes groups and datasets as clients read them. Confined to one thread.
 *
 * <pre>
 * {hdf5_object: "group", attributes: {name: value}, members: {name: object or nil}}
 * {hdf5_object: "dataset", attributes, type, kind, shape, and data where it is small}
 * {hdf5_object: "soft_link", target}
 * </pre>
 *
 * <p>A nil member is a group that clients ask for when they need it: one below the depth, or in a group of more than 20
 * links; or an object that has no description. Attributes whose values clients have no type for, such as references,
 * are left out; where there are any, the key {@code omitted} gives a reason for each. So does {@code refused} of a
 * group for members without a description that are no groups.
 */
public final class ObjectWriter {
    private static final int MOST_LINKS = 20;

    /** Objects that are asked for together: a few MB. More are read group by group. */
    private static final int MOST_AHEAD = 4096;

    private static final Set<String> AMBIGUOUS = Set.of("nd", "vlen");

    private static final WalkOptions MEMBERS =
            WalkOptions.all().with(WalkOptions.Detail.ATTRIBUTES, WalkOptions.Detail.DESCRIPTORS);

    private final MessagePacker out;
    private final WireRequest request;
    private final ValueReader values;

    /** Describes for a request. */
    public ObjectWriter(MessagePacker out, WireRequest request, ValueReader values) {
        this.out = out;
        this.request = request;
        this.values = values;
    }

    /**
     * Describes an object.
     *
     * @throws WireException with status 501 when clients cannot be told of it
     */
    public void write(H5Object object) throws IOException {
        write(object, request.maxDepth());
    }

    private void write(H5Object object, int depth) throws IOException {
        if (object instanceof Group group) {
            group(group, depth, new HashSet<>(), below(group, depth));
        } else if (object instanceof Dataset dataset) {
            dataset(dataset, Optional.empty());
        } else {
            throw WireException.unsupported("the object is neither a group nor a dataset");
        }
    }

    /** Asks for what is described in a group and in the groups below it, all of a level together. */
    private MembersAhead below(Group group, int depth) {
        MembersAhead below = new MembersAhead(values, request.dataSizeLimit(), null);
        if (depth > 0 && group.links().size() <= MOST_LINKS) {
            WalkOptions options = MEMBERS.depth(depth + 1).mostLinks(MOST_LINKS);
            try (Stream<Group.Member> walk = group.walk(options)) {
                walk.limit(MOST_AHEAD)
                        .forEach(member -> member.object()
                                .ifPresent(object -> member.link()
                                        .ifPresentOrElse(link -> below.add(link, object), () -> below.add(object))));
            } catch (H5Exception saidLater) {
                // Where it is described.
            }
        }
        below.start();
        return below;
    }

    /**
     * Describes a group.
     *
     * @param above the groups that it is in
     * @param asked what was asked for before; null in another file than that of the description
     */
    private void group(Group group, int depth, Set<ObjectId> above, @Nullable MembersAhead asked) throws IOException {
        above.add(group.id());
        int links = group.links().size();
        MembersAhead ahead = new MembersAhead(values, request.dataSizeLimit(), asked);
        Map<Link, Optional<H5Object>> members = members(group);
        Map<String, String> refused = new LinkedHashMap<>();
        members.forEach((link, object) ->
                object.flatMap(ObjectWriter::refusal).ifPresent(reason -> refused.put(link.name(), reason)));
        members.forEach((link, object) -> {
            if (!isOnlyNamed(link) && !refused.containsKey(link.name())) {
                object.ifPresent(some -> ahead.add(link, some));
            }
        });
        ahead.add(group);
        ahead.start();
        Attributes attributes = attributes(group);
        out.packMapHeader(3 + (attributes.omitted().isEmpty() ? 0 : 1) + (refused.isEmpty() ? 0 : 1));
        out.packString("hdf5_object").packString("group");
        write(attributes);
        write("refused", refused);
        out.packString("members").packMapHeader(members.size());
        for (Map.Entry<Link, Optional<H5Object>> member : members.entrySet()) {
            out.packString(member.getKey().name());
            H5Object object = member.getValue().orElse(null);
            if (isOnlyNamed(member.getKey()) && member.getKey() instanceof Link.Soft soft) {
                out.packMapHeader(2);
                out.packString("hdf5_object").packString("soft_link");
                out.packString("target").packString(soft.target());
            } else if (object instanceof Group below
                    && depth > 0
                    && links <= MOST_LINKS
                    && !above.contains(below.id())
                    && !isAmbiguous(below)) {
                group(below, depth - 1, above, below.file().equals(group.file()) ? asked : null);
            } else if (object instanceof Dataset dataset
                    && !refused.containsKey(member.getKey().name())) {
                dataset(dataset, ahead.values(member.getKey()));
            } else {
                out.packNil();
            }
        }
        above.remove(group.id());
    }

    /**
     * The members that clients are told of: for a query no links that lead nowhere, and no dataset that is refused.
     * What is needed to describe them is read for all together.
     */
    private Map<Link, Optional<H5Object>> members(Group group) {
        Map<Link, Optional<H5Object>> members = new LinkedHashMap<>();
        try (Stream<Group.Member> walk = group.walk(MEMBERS.depth(1))) {
            walk.filter(member -> member.depth() > 0).forEach(member -> {
                Link link = member.link().orElseThrow();
                refuseAmbiguous(link.name());
                Optional<H5Object> object =
                        link instanceof Link.Hard || !request.query() ? member.object() : object(group, link);
                member.failure().ifPresent(ObjectWriter::requireOfFile);
                boolean left = request.query()
                        && (object.isEmpty()
                                || object.flatMap(ObjectWriter::refusal).isPresent());
                if (!left) {
                    members.put(link, object);
                }
            });
        }
        return members;
    }

    private static Optional<H5Object> object(Group group, Link link) {
        try {
            return Optional.of(group.get(link));
        } catch (H5Exception e) {
            requireOfFile(e);
            return Optional.empty();
        }
    }

    /** Why clients cannot be told of a member that is no group; empty when they can. */
    private static Optional<String> refusal(H5Object object) {
        if (object instanceof Group) {
            return Optional.empty();
        }
        if (!(object instanceof Dataset dataset)) {
            return Optional.of("a committed datatype");
        }
        try {
            NumpyType unused = NumpyType.of(dataset.type());
            dataset.attributes().forEach(attribute -> refuseAmbiguous(attribute.name()));
            return dataset.dataspace().kind() == Dataspace.Kind.NULL
                    ? Optional.of("an empty dataset, without a shape")
                    : Optional.empty();
        } catch (WireException e) {
            return Optional.of(e.text());
        } catch (H5Exception e) {
            requireOfFile(e);
            return Optional.of(e.problem());
        }
    }

    /**
     * What a file holds may be left out, and the reason told; what a storage says may be otherwise the next time, and
     * names what clients are not to know.
     */
    private static void requireOfFile(H5Exception failure) {
        boolean isStorage = failure instanceof StorageFailureException storage
                && storage.kind() != StorageException.Kind.ACCESS_DENIED;
        if (isStorage || failure instanceof ObjectChangedException || failure instanceof ReadAbortedException) {
            throw failure;
        }
    }

    /** Whether clients are told where a link leads instead of what is there. */
    private boolean isOnlyNamed(Link link) {
        return link instanceof Link.Soft && !request.query();
    }

    /**
     * Describes a dataset.
     *
     * @param known its values; empty for those that were not read ahead
     */
    private void dataset(Dataset dataset, Optional<H5Array> known) throws IOException {
        if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
            throw WireException.unsupported("the dataset is empty: it has no shape");
        }
        NumpyType type = NumpyType.of(dataset.type());
        Attributes attributes = attributes(dataset);
        Shape shape = dataset.shape();
        boolean small = ValueWriter.bytes(type, shape) <= request.dataSizeLimit();
        out.packMapHeader((attributes.omitted().isEmpty() ? 5 : 6) + (small ? 1 : 0));
        out.packString("hdf5_object").packString("dataset");
        write(attributes);
        out.packString("type");
        type.pack(out);
        out.packString("kind").packString(type.kind());
        out.packString("shape");
        new ValueWriter(out).shape(shape.append(type.inner()));
        if (small) {
            out.packString("data");
            if (request.query() && type.isText() && shape.append(type.inner()).rank() == 0) {
                // Clients that send queries take an index of such a text for that of an array.
                new ValueWriter(out).wide(((StringArray) known.orElseGet(dataset::read)).getString(0));
            } else if (known.isPresent()) {
                new ValueWriter(out).write(type, shape, List.of(known.get()).iterator());
            } else {
                values.read(dataset, Slices.all(shape)).write(out);
            }
        }
    }

    private void write(Attributes attributes) throws IOException {
        out.packString("attributes").packMapHeader(attributes.values().size());
        for (Map.Entry<String, @Nullable AttributeValue> one :
                attributes.values().entrySet()) {
            out.packString(one.getKey());
            AttributeValue value = one.getValue();
            if (value == null) {
                out.packNil();
            } else {
                Iterator<H5Array> parts = List.of(value.array()).iterator();
                new ValueWriter(out).write(value.type(), value.array().shape(), parts);
            }
        }
        write("omitted", attributes.omitted());
    }

    /** Reasons by name; nothing where there are none. */
    private void write(String key, Map<String, String> reasons) throws IOException {
        if (!reasons.isEmpty()) {
            out.packString(key).packMapHeader(reasons.size());
            for (Map.Entry<String, String> one : reasons.entrySet()) {
                out.packString(one.getKey()).packString(one.getValue());
            }
        }
    }

    private static Attributes attributes(H5Object object) {
        Map<String, @Nullable AttributeValue> found = new LinkedHashMap<>();
        Map<String, String> omitted = new LinkedHashMap<>();
        for (Attribute attribute : new ArrayList<>(object.attributes())) {
            String name = attribute.name();
            refuseAmbiguous(name);
            try {
                attribute.failure().ifPresent(failure -> {
                    throw failure;
                });
                if (attribute.dataspace().kind() == Dataspace.Kind.NULL) {
                    found.put(name, null);
                } else {
                    NumpyType type = NumpyType.of(attribute.type());
                    found.put(name, new AttributeValue(type, attribute.read()));
                }
            } catch (WireException e) {
                omitted.put(name, e.text());
            } catch (NotFoundException e) {
                throw e;
            } catch (H5Exception e) {
                requireOfFile(e);
                omitted.put(name, e.problem());
            }
        }
        return new Attributes(found, omitted);
    }

    /** Below the object that is asked for, such a group is one that is not loaded yet: the others can be decoded. */
    private static boolean isAmbiguous(Group group) {
        return group.links().stream().anyMatch(link -> AMBIGUOUS.contains(link.name()))
                || group.attributes().stream().anyMatch(attribute -> AMBIGUOUS.contains(attribute.name()));
    }

    private static void refuseAmbiguous(String name) {
        if (AMBIGUOUS.contains(name)) {
            throw WireException.unsupported("a member or attribute is named '" + name
                    + "', which clients take for the mark of an array: they cannot decode this object");
        }
    }

    private record AttributeValue(NumpyType type, H5Array array) {}

    private record Attributes(Map<String, @Nullable AttributeValue> values, Map<String, String> omitted) {}
}
