// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.prepare.DatasetPreparation;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.VirtualMappings;
import io.h5coro.model.DataSelection;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.model.VirtualMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A virtual dataset with the extent that follows from its sources. A source that does not exist counts as not written.
 * Finding the extent blocks on the sources. Immutable.
 *
 * <p>An unlimited mapping to an unlimited selection grows with its source; one whose source has a number in its name
 * has a block for each source that exists, up to the first gap that is longer than {@link ReadOptions#virtualGap()}.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Dvirtual.c">H5D__virtual_set_extent_unlim</a>
 */
public final class VirtualDataset {
    /** Most numbered sources of one mapping; each costs at least a request. */
    private static final int MOST_BLOCKS = 1 << 16;

    private final SourceFile file;
    private final Where where;
    private final DatasetDescriptor stored;
    private final int depth;
    private final List<VirtualPart> parts = new ArrayList<>();
    private final long[] dimensions;

    /** Invariant: the extent that limited dimensions of the mappings need. */
    private final long[] least;

    private VirtualDataset(SourceFile file, DatasetDescriptor stored, int depth) {
        this.file = file;
        this.stored = stored;
        this.depth = depth;
        this.where = Where.object(file.source(), stored.path());
        this.dimensions = stored.space().shape().dimensions().clone();
        this.least = new long[dimensions.length];
    }

    /**
     * The dataset of a descriptor with virtual layout.
     *
     * @param depth how many virtual datasets led here
     * @throws LimitExceededException when they are more than {@link ReadOptions#linkDepth()}
     */
    public static VirtualDataset of(SourceFile file, DatasetDescriptor stored, int depth) {
        VirtualDataset dataset = new VirtualDataset(file, stored, depth);
        int most = file.options().linkDepth();
        if (depth > most) {
            throw new LimitExceededException(
                    dataset.where, "more than " + most + " virtual datasets in each other (ReadOptions.linkDepth)");
        }
        try {
            dataset.build(VirtualMappings.read(file.space(), (Layout.Virtual) stored.layout()));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new MalformedFileException(dataset.where, "mapping that makes no sense: " + e.getMessage(), e);
        }
        return dataset;
    }

    /** The descriptor with the extent of now. */
    public DatasetDescriptor descriptor() {
        Dataspace space = stored.space();
        return Arrays.equals(dimensions, space.shape().dimensions())
                ? stored
                : new DatasetDescriptor(
                        stored.path(),
                        stored.headerAddress(),
                        new Dataspace(space.kind(), Shape.of(dimensions), space.maximum()),
                        stored.type(),
                        stored.layout(),
                        stored.filters(),
                        stored.fill());
    }

    /** Its sources in the order of the mappings; those that do not exist included, but for numbered ones. */
    List<VirtualPart> parts() {
        return parts;
    }

    /**
     * Reads what a checked request needs of the sources; blocks.
     *
     * @param sources take what is wanted of the sources
     */
    List<Piece> pieces(DatasetPreparation.Frame frame, SourceReads sources) {
        return new VirtualRead(file, where, stored.type(), depth, sources).pieces(parts, frame);
    }

    private void build(List<VirtualMapping> mappings) {
        long[] grown = new long[dimensions.length];
        Arrays.fill(grown, -1);
        boolean toFirst = file.options().virtualToFirstMissing();
        SourcesAhead.find(file, growing(mappings), depth);
        for (VirtualMapping mapping : mappings) {
            SourceName name = SourceName.parse(mapping, where);
            int d = mapping.virtual() instanceof DataSelection.Regular regular ? regular.unlimitedDimension() : -1;
            need(mapping.virtual(), d);
            if (d < 0) {
                if (name.isNumbered()) {
                    throw new MalformedFileException(where, "numbered sources of a mapping with an end");
                }
                parts.add(new VirtualPart(
                        name.of(0),
                        VirtualSelections.limited(
                                mapping.virtual(), stored.space().shape(), where),
                        mapping.source(),
                        -1));
                continue;
            }
            Unlimited grows = grows(mapping, name, d);
            long end = toFirst ? grows.firstMissing : grows.lastAvailable;
            grown[d] = grown[d] < 0 ? end : toFirst ? Math.min(grown[d], end) : Math.max(grown[d], end);
            parts.addAll(grows.parts);
        }
        for (int d = 0; d < grown.length; d++) {
            if (grown[d] >= 0) {
                dimensions[d] = Math.max(grown[d], least[d]);
            }
        }
    }

    /** The sources whose extents say how far an unlimited mapping goes. */
    private Set<VirtualSource.Name> growing(List<VirtualMapping> mappings) {
        Set<VirtualSource.Name> names = new LinkedHashSet<>();
        for (VirtualMapping mapping : mappings) {
            if (mapping.virtual() instanceof DataSelection.Regular regular
                    && regular.unlimitedDimension() >= 0
                    && mapping.source() instanceof DataSelection.Regular source
                    && source.unlimitedDimension() >= 0) {
                names.add(SourceName.parse(mapping, where).of(0));
            }
        }
        return names;
    }

    /**
     * Takes note of the extent that the limited dimensions of a mapping need.
     *
     * @param unlimited the dimension that has no end; -1 for none
     */
    private void need(DataSelection virtual, int unlimited) {
        if (virtual instanceof DataSelection.Regular regular) {
            sameRank(regular.start().size());
            for (int d = 0; d < dimensions.length; d++) {
                if (d != unlimited && regular.count().get(d) > 0) {
                    long last = Math.multiplyExact(
                            regular.count().get(d) - 1, regular.stride().get(d));
                    long end = Math.addExact(
                            Math.addExact(regular.start().get(d), last),
                            regular.block().get(d));
                    least[d] = Math.max(least[d], end);
                }
            }
        } else if (virtual instanceof DataSelection.Blocks blocks) {
            sameRank(blocks.rank());
            for (List<Long> corner : blocks.corners()) {
                for (int d = 0; d < dimensions.length; d++) {
                    least[d] = Math.max(least[d], Math.addExact(corner.get(d), 1));
                }
            }
        }
    }

    private void sameRank(int rank) {
        if (rank != dimensions.length) {
            throw new MalformedFileException(
                    where, "mapping of rank " + rank + " to a dataset of rank " + dimensions.length);
        }
    }

    /**
     * What an unlimited mapping comes to.
     *
     * @param parts its sources
     * @param lastAvailable the extent that takes in the last source
     * @param firstMissing the extent before the first element that no source has
     */
    private record Unlimited(List<VirtualPart> parts, long lastAvailable, long firstMissing) {}

    private Unlimited grows(VirtualMapping mapping, SourceName name, int d) {
        DataSelection.Regular virtual = (DataSelection.Regular) mapping.virtual();
        boolean sourceGrows =
                mapping.source() instanceof DataSelection.Regular source && source.unlimitedDimension() >= 0;
        if (sourceGrows == name.isNumbered()) {
            throw new MalformedFileException(
                    where, "unlimited mapping to a source that is neither unlimited nor numbered, or both");
        }
        return sourceGrows ? withSource(mapping, name, virtual, d) : numbered(mapping, name, virtual, d);
    }

    /** Clips a mapping to the indices that its growing source has now. */
    private Unlimited withSource(VirtualMapping mapping, SourceName name, DataSelection.Regular virtual, int d) {
        VirtualSource.Name first = name.of(0);
        Optional<VirtualSource> source = VirtualSource.find(file, first, depth);
        if (source.isEmpty()) {
            return new Unlimited(List.of(), 0, 0);
        }
        DataSelection.Regular selected = (DataSelection.Regular) mapping.source();
        int s = selected.unlimitedDimension();
        Shape shape = source.get().descriptor().space().shape();
        if (shape.rank() != selected.start().size()) {
            throw new MalformedFileException(
                    where, "mapping of rank " + selected.start().size() + " to a source of rank " + shape.rank());
        }
        long slices =
                VirtualSelections.progression(selected, s, shape.dimension(s)).below(shape.dimension(s));
        long start = virtual.start().get(d);
        if (slices == 0) {
            return new Unlimited(List.of(), 0, start);
        }
        // libhdf5 takes a source's first block for whole even when the source ends in it
        // (H5S_hyper_get_clip_extent_match);
        // that counts for the extent, not for the elements.
        long counted = Math.max(slices, slicesOfOneBlock(selected, s, slices));
        long end = VirtualSelections.first(virtual, d, counted).index(counted - 1) + 1;
        long block = virtual.block().get(d);
        boolean joined =
                block == DataSelection.UNLIMITED || block == virtual.stride().get(d);
        long missing = joined || counted % block != 0
                ? end
                : start + counted / block * virtual.stride().get(d);
        VirtualPart part = new VirtualPart(first, VirtualSelections.clipped(virtual, d, slices), selected, slices);
        return new Unlimited(List.of(part), end, missing);
    }

    /** The length of the first block when no other has begun, else 0. */
    private static long slicesOfOneBlock(DataSelection.Regular selected, int s, long slices) {
        long block = selected.block().get(s);
        return block != DataSelection.UNLIMITED && block != selected.stride().get(s) && slices <= block ? block : 0;
    }

    /**
     * Looks for sources 0, 1, 2 and so on, until more than the gap of them in a row are missing.
     *
     * <p>Example: start 0, blocks of 10 rows, sources 0, 1 and 3 exist, gap 1. Source 2 is missing, 3 is found, 4 and 5
     * are missing. The extent is 40 rows; rows 20 to 29 are fill values.
     */
    private Unlimited numbered(VirtualMapping mapping, SourceName name, DataSelection.Regular virtual, int d) {
        if (virtual.count().get(d) != DataSelection.UNLIMITED) {
            throw new UnsupportedFeatureException(where, "numbered sources in blocks without end");
        }
        ReadOptions options = file.options();
        long gap = options.virtualToFirstMissing() ? 0 : options.virtualGap();
        long start = virtual.start().get(d);
        long stride = virtual.stride().get(d);
        List<VirtualPart> found = new ArrayList<>();
        long behindLast = 0;
        long lookedAhead = 0;
        for (long j = 0; j <= gap + behindLast; j++) {
            if (j >= MOST_BLOCKS) {
                throw new LimitExceededException(where, "more than " + MOST_BLOCKS + " numbered sources");
            }
            if (j == lookedAhead) {
                // As many again as were there: 1, 1, 2, 4, 8, ... so that at most half of them are looked for in vain.
                lookedAhead = j + Math.max(1, Math.min(behindLast, SourcesAhead.MOST_AT_ONCE));
                SourcesAhead.find(
                        file,
                        LongStream.range(j, lookedAhead).mapToObj(name::of).toList(),
                        depth);
            }
            VirtualSource.Name numbered = name.of(j);
            if (VirtualSource.find(file, numbered, depth).isPresent()) {
                behindLast = j + 1;
                found.add(new VirtualPart(numbered, VirtualSelections.block(virtual, d, j), mapping.source(), -1));
            }
        }
        long end = behindLast == 0
                ? 0
                : Math.addExact(
                        Math.addExact(start, Math.multiplyExact(behindLast - 1, stride)),
                        virtual.block().get(d));
        long missing = behindLast == 0 ? 0 : Math.addExact(start, Math.multiplyExact(behindLast, stride));
        return new Unlimited(found, end, missing);
    }
}
