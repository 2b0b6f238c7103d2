// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** All objects of a file by address: the path of each, and whether it was written already. */
public final class FileObjects {
    /** One object. */
    static final class Entry {
        /** Address of its object header. */
        final long address;
        /** The first path to it in the order of the walk; of a datatype without a link that of a dataset. */
        String path;
        /** Whether it was written; the next time only the path is. */
        boolean displayed;
        /** Whether the path is its own: a datatype without a link has that of a dataset which uses it. */
        boolean named;

        private Entry(long address, String path, boolean named) {
            this.address = address;
            this.path = path;
            this.named = named;
        }
    }

    private final Map<Long, Entry> groups = new LinkedHashMap<>();
    private final Map<Long, Entry> datasets = new LinkedHashMap<>();
    private final Map<Long, Entry> types = new LinkedHashMap<>();
    /** The datasets in the order of the walk, each once. */
    private final List<Dataset> inOrder = new ArrayList<>();

    private FileObjects() {}

    /** Walks through a file. An object that cannot be read is reported and left out. */
    static FileObjects of(io.h5coro.H5Coro file, SortOrder order, Report report) {
        FileObjects all = new FileObjects();
        Walk.visit(file, order, new Walk.Visitor() {
            @Override
            public void object(String path, H5Object object, @Nullable String seen) {
                if (seen == null) {
                    all.add(path, object, report);
                }
            }

            @Override
            public void failed(String path, H5Exception problem) {
                report.error("unable to read object '" + path + "'", problem);
            }
        });
        return all;
    }

    private void add(String path, H5Object object, Report report) {
        long address = object.address();
        if (object instanceof Group) {
            groups.put(address, new Entry(address, path, true));
        } else if (object instanceof CommittedType) {
            Entry known = types.computeIfAbsent(address, a -> new Entry(a, path, true));
            known.path = path;
            known.named = true;
        } else if (object instanceof Dataset dataset) {
            datasets.put(address, new Entry(address, path, true));
            inOrder.add(dataset);
            try {
                OptionalLong type = dataset.committedType();
                type.ifPresent(a -> types.computeIfAbsent(a, t -> new Entry(t, path, false)));
            } catch (H5Exception e) {
                report.error("unable to read datatype of '" + path + "'", e);
            }
        }
    }

    @Nullable
    Entry group(long address) {
        return groups.get(address);
    }

    @Nullable
    Entry dataset(long address) {
        return datasets.get(address);
    }

    @Nullable
    Entry type(long address) {
        return types.get(address);
    }

    /** Datatypes that have no link, in the order in which datasets use them. */
    List<Entry> unnamedTypes() {
        return types.values().stream().filter(t -> !t.named).toList();
    }

    /** All datasets in the order of the walk. */
    List<Dataset> datasets() {
        return inOrder;
    }
}
