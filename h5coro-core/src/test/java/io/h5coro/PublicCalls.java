// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Reference;
import io.h5coro.storage.RangeReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Calls whatever the reader offers to the public on a file that may hold anything. Each call ends in a value or an
 * {@link H5Exception}; everything else leaves these methods as it was thrown. Confined to one thread.
 */
final class PublicCalls {
    /** Objects visited in one file: a hostile one may name one object by any number of paths. */
    private static final int MOST_OBJECTS = 2000;

    /** Which calls: threads are handed work to in those that read values, which takes a few times longer. */
    enum Extent {
        METADATA,
        VALUES,
        ALL
    }

    /** What came out of each call, by what was called: text of the value or the message of the failure. */
    private final Map<String, String> outcomes = new LinkedHashMap<>();

    private final Extent extent;

    /** What is done before a file is closed, while its threads live. */
    private final Runnable beforeClose;

    private int failures;

    private PublicCalls(Extent extent, Runnable beforeClose) {
        this.extent = extent;
        this.beforeClose = beforeClose;
    }

    /** What the calls gave. */
    Map<String, String> outcomes() {
        return outcomes;
    }

    /** Calls that ended in a failure. */
    int failures() {
        return failures;
    }

    /** Opens a file and calls everything on everything in it. */
    static PublicCalls all(RangeReader reader, ReadOptions options) {
        return all(reader, options, Extent.ALL, () -> {});
    }

    /**
     * Opens a file and makes calls on everything in it.
     *
     * @param extent which calls
     * @param beforeClose called once when all is done, unless the file cannot be opened
     */
    static PublicCalls all(RangeReader reader, ReadOptions options, Extent extent, Runnable beforeClose) {
        PublicCalls calls = new PublicCalls(extent, beforeClose);
        H5Coro opened;
        try {
            opened = H5Coro.open(reader, options);
        } catch (H5Exception refused) {
            calls.note("open", refused);
            return calls;
        }
        try (H5Coro file = opened) {
            calls.polite("info", () -> file.info().toString());
            calls.walk(file);
            calls.beforeClose.run();
        }
        return calls;
    }

    /**
     * Opens a file and calls everything on the object of a path.
     *
     * @param extent which calls
     */
    static PublicCalls on(RangeReader reader, ReadOptions options, String path, Extent extent) {
        return on(reader, options, path, extent, () -> {});
    }

    /**
     * Opens a file and makes calls on the object of a path.
     *
     * @param extent which calls
     * @param beforeClose called once when all is done, unless the file cannot be opened
     */
    static PublicCalls on(RangeReader reader, ReadOptions options, String path, Extent extent, Runnable beforeClose) {
        PublicCalls calls = new PublicCalls(extent, beforeClose);
        H5Coro opened;
        try {
            opened = H5Coro.open(reader, options);
        } catch (H5Exception refused) {
            calls.note("open", refused);
            return calls;
        }
        try (H5Coro file = opened) {
            calls.polite("object " + path, () -> {
                calls.object(file, file.object(path), new ArrayDeque<>());
                return "";
            });
            calls.beforeClose.run();
        }
        return calls;
    }

    private void walk(H5Coro file) {
        Deque<String> paths = new ArrayDeque<>(List.of("/"));
        Set<Long> visited = new HashSet<>();
        polite("list", () -> names(file.list("/")));
        while (!paths.isEmpty() && visited.size() < MOST_OBJECTS) {
            String path = paths.remove();
            polite("object " + path, () -> {
                H5Object object = file.object(path);
                if (visited.add(object.address())) {
                    object(file, object, paths);
                }
                return "";
            });
        }
    }

    private void object(H5Coro file, H5Object object, Deque<String> paths) {
        String path = object.path().orElseThrow();
        polite("info of " + path, () -> object.info().toString());
        polite("inspect " + path, () -> "" + file.inspect(path).links().keySet());
        polite(
                "at address " + path,
                () -> file.objectAt(object.address(), "/again").getClass().getName());
        polite(
                "no attribute of " + path,
                () -> "" + object.attribute("no such name").isPresent());
        polite("attributes of " + path, () -> {
            for (Attribute attribute : object.attributes()) {
                polite("attribute " + attribute, () -> text(attribute.read()));
            }
            return "";
        });
        if (object instanceof Dataset dataset) {
            dataset(file, dataset);
        } else if (object instanceof Group group) {
            group(file, group, paths);
        }
    }

    private void group(H5Coro file, Group group, Deque<String> paths) {
        String above = group.path().orElseThrow();
        polite("no link of " + above, () -> "" + group.link("no such name").isPresent());
        polite("list " + above, () -> names(file.list(above)));
        polite("links of " + above, () -> {
            List<Link> links = group.links();
            for (Link link : links) {
                String path = above.equals("/") ? "/" + link.name() : above + "/" + link.name();
                polite("link " + path, () -> "" + group.link(link.name()).isPresent());
                if (paths.size() < MOST_OBJECTS) {
                    paths.add(path);
                }
            }
            return "" + links;
        });
    }

    /** Every member: what cannot be opened is listed among the others. */
    private static String names(Listing listing) {
        Set<String> names = new TreeSet<>(listing.variables().keySet());
        names.addAll(listing.groups());
        names.addAll(listing.others());
        return names.toString();
    }

    private void dataset(H5Coro file, Dataset dataset) {
        String path = dataset.path().orElseThrow();
        polite("type of " + path, () -> "" + dataset.type());
        polite(
                "space of " + path,
                () -> dataset.shape() + " "
                        + Arrays.toString(dataset.dataspace().maximum()));
        polite("storage of " + path, () -> "" + dataset.storage());
        polite("stored bytes of " + path, () -> "" + dataset.storedBytes());
        polite("chunks of " + path, () -> "" + dataset.chunks());
        polite("filters of " + path, () -> "" + dataset.filters().size());
        polite("fill of " + path, () -> "" + dataset.fill().state());
        polite("committed type of " + path, () -> "" + dataset.committedType());
        if (extent != Extent.METADATA) {
            values(dataset);
        }
        if (extent == Extent.ALL) {
            polite("plan of " + path, () -> {
                String plan = file.explain(List.of(DatasetRequest.of(path))).toString();
                return plan.isEmpty() ? "" : "planned";
            });
            polite("first block of " + path, () -> {
                try (RowBlocks blocks = dataset.blocks(BlockOptions.defaults())) {
                    return blocks.hasNext() ? text(blocks.next().values()) : "none";
                }
            });
        }
    }

    private void values(Dataset dataset) {
        String path = dataset.path().orElseThrow();
        polite("values of " + path, () -> text(dataset.read()));
        polite("slice of " + path, () -> {
            int rank = dataset.shape().rank();
            String slice = rank == 0 ? "[]" : "[" + "0:1,".repeat(rank - 1) + "0:1]";
            return text(dataset.read(
                    DatasetRequest.parse("/x" + slice).slices().toArray(io.h5coro.model.Hyperslab[]::new)));
        });
    }

    /** Shape and a hash of all values. */
    static String text(H5Array array) {
        return array.shape() + " " + CanonicalBytes.sha256(array, (Reference r) -> "" + r, (Reference r) -> 0L);
    }

    private void polite(String call, Supplier<String> what) {
        try {
            outcomes.put(call, what.get());
        } catch (H5Exception polite) {
            note(call, polite);
        }
    }

    private void note(String call, H5Exception refused) {
        failures++;
        outcomes.put(call, "! " + refused.getMessage());
    }

    /** The calls and what became of them, one a line. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        outcomes.forEach((call, outcome) -> lines.add(call + ": " + outcome));
        return String.join("\n", lines);
    }
}
