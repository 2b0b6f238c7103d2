// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Link;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the description of a group needs of its members, asked for in one call: their values where these are small, and
 * what attributes refer to, such as texts, which stays in the file's caches. Confined to one thread.
 */
final class MembersAhead {
    /** More attributes are read when their turn comes: as many as a thousand usual objects have. */
    private static final int MOST_ATTRIBUTES = 16 << 10;

    private final ValueReader reader;
    private final long limit;

    /** Has asked before for what is in several groups; null for none. */
    private final @Nullable MembersAhead before;

    /** Bytes of values that may still be asked for; those behind are read when their turn comes. */
    private long left;

    private int attributes;
    private final List<DatasetRequest> requests = new ArrayList<>();
    private final Map<Link, String> names = new HashMap<>();
    private @Nullable ReadPromise promise;

    /**
     * Nothing is asked for yet.
     *
     * @param limit largest bytes of a dataset whose values are described
     * @param before has asked before for what is in several groups of the same file; null for none
     */
    MembersAhead(ValueReader reader, long limit, @Nullable MembersAhead before) {
        this.reader = reader;
        this.limit = limit;
        this.before = before;
        this.left = reader.windowBytes();
    }

    /** Adds a member that is described. What cannot be read of it is said when its turn comes. */
    void add(Link link, H5Object object) {
        add(object);
        try {
            if (object instanceof Dataset dataset) {
                long bytes = ValueWriter.bytes(NumpyType.of(dataset.type()), dataset.shape());
                if (bytes <= Math.min(limit, left) && (before == null || !before.names.containsKey(link))) {
                    left -= bytes;
                    names.put(link, ask(dataset.request()));
                }
            }
        } catch (WireException | H5Exception saidLater) {
            // By the description.
        }
    }

    /** Adds an object of which the attributes alone are asked for. */
    void add(H5Object object) {
        try {
            for (Attribute attribute : object.attributes()) {
                boolean isRead =
                        attribute.failure().isEmpty() && attribute.dataspace().kind() != Dataspace.Kind.NULL;
                if (isRead && attributes < MOST_ATTRIBUTES && !isPlain(attribute.type())) {
                    attributes++;
                    ask(object.attributeRequest(attribute.name()));
                }
            }
        } catch (WireException | H5Exception saidLater) {
            // By the description.
        }
    }

    /** Whether values stand in the header, with which they were read. */
    private static boolean isPlain(ElementType type) {
        return type instanceof IntegerType
                || type instanceof FloatType
                || type instanceof StringType text && !text.variable();
    }

    private String ask(DatasetRequest request) {
        String name = Integer.toString(requests.size());
        requests.add(request.named(name));
        return name;
    }

    /** Asks for what was added. */
    void start() {
        promise = reader.file().readDatasets(requests);
    }

    /**
     * Returns the values of a dataset; empty when they were not asked for.
     *
     * @throws H5Exception when they cannot be read exactly
     */
    Optional<H5Array> values(Link link) {
        String name = names.get(link);
        ReadPromise started = promise;
        if (name != null && started != null) {
            return Optional.of(started.get(name));
        }
        return before == null ? Optional.empty() : before.values(link);
    }
}
