// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.BoxPair;
import io.h5coro.internal.grid.BoxPairs;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the values of a virtual dataset are: boxes of its sources. Confined to one task; blocks on the sources. */
public final class VirtualBoxes {
    private final SourceFile file;
    private final DatasetDescriptor stored;
    private final Where where;
    private final long most;
    private long held;

    /**
     * Boxes of a source.
     *
     * @param file the source's
     * @param source the source
     * @param boxes of the virtual dataset and the source
     */
    public record Part(SourceFile file, DatasetDescriptor source, List<BoxPair> boxes) {}

    private VirtualBoxes(SourceFile file, DatasetDescriptor stored) {
        this.file = file;
        this.stored = stored;
        this.where = Where.object(file.source(), stored.path());
        this.most = file.options().metadataBudgetBytes();
    }

    /**
     * Finds the boxes of all sources that exist, in the order of the mappings: where boxes overlap, the later one
     * counts.
     *
     * @throws UnsupportedFeatureException when the dataset is not virtual
     */
    public static List<Part> of(SourceFile file, DatasetDescriptor stored) {
        VirtualBoxes boxes = new VirtualBoxes(file, stored);
        if (!(stored.layout() instanceof Layout.Virtual)) {
            throw new UnsupportedFeatureException(boxes.where, "sources of a dataset that is not virtual");
        }
        try {
            return MemoryLimit.within(boxes.where, boxes::parts);
        } catch (H5Exception e) {
            throw e.in(stored.path());
        } catch (ArithmeticException tooLarge) {
            throw new LimitExceededException(boxes.where, "its extent is too large", tooLarge);
        }
    }

    private List<Part> parts() {
        VirtualDataset dataset = VirtualDataset.of(file, stored, 0);
        Set<VirtualSource.Name> names = new LinkedHashSet<>();
        dataset.parts().forEach(part -> names.add(part.name()));
        SourcesAhead.find(file, names, 0);
        List<Part> found = new ArrayList<>();
        for (VirtualPart part : dataset.parts()) {
            Optional<VirtualSource> source = VirtualSource.find(file, part.name(), 0);
            if (source.isPresent()) {
                found.add(part(part, source.get(), dataset.descriptor().space().shape()));
            }
        }
        return found;
    }

    private Part part(VirtualPart part, VirtualSource source, Shape shape) {
        Shape own = source.descriptor().space().shape();
        List<BoxPair> boxes =
                BoxPairs.of(part.virtual(), part.elements(own, where), shape.dimensions(), own.rank(), this::hold);
        for (BoxPair pair : boxes) {
            Box box = pair.second();
            for (int d = 0; d < box.rank(); d++) {
                if (box.start()[d] + box.count()[d] > own.dimension(d)) {
                    throw new MalformedFileException(
                            where, "elements behind the end of the source " + part.name() + ", whose shape is " + own);
                }
            }
        }
        return new Part(source.file(), source.descriptor(), boxes);
    }

    private void hold(long bytes) {
        held += bytes;
        if (held > most) {
            throw new LimitExceededException(
                    where, "to list its sources takes more than " + most + " bytes (ReadOptions.metadataBudgetBytes)");
        }
    }
}
