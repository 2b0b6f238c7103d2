// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ObjectId;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the dimensions of all datasets of a file. A scale is a dimension. A dataset takes, in this order: by their
 * numbers those that a scale names as its own; the last scale of each axis; itself, when it is a scale; the first of
 * its coordinates of the same length; a dimension of the same length of its group; a made-up one. Confined to one
 * thread.
 */
final class DimensionRules {
    private final List<H5Exception> problems;
    private final Map<ObjectId, ScannedDataset> byId = new HashMap<>();
    private final Map<ObjectId, Dimension> scales = new HashMap<>();
    private final Map<ScannedGroup, List<Dimension>> ofGroups = new HashMap<>();
    private final Map<ScannedGroup, Map<Long, Dimension>> numbered = new HashMap<>();
    private final Map<String, List<Dimension>> ofDatasets = new HashMap<>();
    private int phonyCount;
    private int scaleCount;

    DimensionRules(List<H5Exception> problems) {
        this.problems = problems;
    }

    void apply(ScannedGroup root) {
        index(root);
        scales(root);
        scaleCount = 0;
        axes(root);
    }

    /** The dimensions that a group has itself, those of its scales first. */
    List<Dimension> of(ScannedGroup group) {
        return ofGroups.getOrDefault(group, List.of());
    }

    /** The dimensions of a dataset, one for each of its axes. */
    List<Dimension> of(ScannedDataset dataset) {
        return ofDatasets.getOrDefault(dataset.path(), List.of());
    }

    private void index(ScannedGroup group) {
        group.datasets().forEach(dataset -> byId.putIfAbsent(dataset.dataset().id(), dataset));
        group.ownGroups().forEach(this::index);
    }

    private void scales(ScannedGroup group) {
        List<Dimension> own = new ArrayList<>();
        Map<Long, Dimension> numbers = new HashMap<>();
        for (ScannedDataset dataset : group.datasets()) {
            if (isScale(dataset)) {
                Dimension dimension = scale(dataset);
                own.add(dimension);
                scales.putIfAbsent(dataset.dataset().id(), dimension);
                long counted = scaleCount++;
                numbers.put(number(dataset).orElse(counted), dimension);
            }
        }
        ofGroups.put(group, own);
        numbered.put(group, numbers);
        group.ownGroups().forEach(this::scales);
    }

    private boolean isScale(ScannedDataset dataset) {
        return guarded(dataset::isScale, false);
    }

    /** Asks something of an attribute; one that cannot be read is a problem, and as good as none. */
    private <T> T guarded(java.util.function.Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (H5Exception e) {
            problems.add(e);
            return otherwise;
        }
    }

    private Optional<Long> number(ScannedDataset dataset) {
        return guarded(
                () -> whole(dataset.attributes(), "_Netcdf4Dimid")
                        .filter(id -> id.length() == 1)
                        .map(id -> id.getLong(0)),
                Optional.<Long>empty());
    }

    /** An attribute of whole numbers; another one of that name is malformed. */
    private static Optional<H5Array> whole(ObjectAttributes attributes, String name) {
        Optional<H5Array> values = attributes.values(name);
        values.ifPresent(found -> {
            if (!(found.type() instanceof IntegerType)) {
                throw attributes.malformed(name, "whole numbers", found);
            }
        });
        return values;
    }

    private Dimension scale(ScannedDataset dataset) {
        boolean unlimited = dataset.shape().rank() == 1
                && dataset.dataset().dataspace().maximum(0).isEmpty();
        long size = dataset.shape().rank() == 0 ? 1 : dataset.shape().dimension(0);
        if (unlimited) {
            long own = size;
            size = guarded(() -> longest(dataset, own), own);
        }
        return new Dimension(dataset.name(), size, unlimited, Dimension.Origin.SCALE, dataset.path());
    }

    /** The greatest length of a dataset along an unlimited dimension. */
    private long longest(ScannedDataset scale, long own) {
        Optional<H5Array> list = scale.attributes().values("REFERENCE_LIST");
        if (list.isEmpty()) {
            return own;
        }
        if (!(list.get() instanceof CompoundArray pairs)
                || pairs.fields().size() != 2
                || !(pairs.fields().get(0) instanceof ReferenceArray references)
                || !(pairs.fields().get(1).type() instanceof IntegerType)) {
            throw scale.attributes().malformed("REFERENCE_LIST", "pairs of dataset and axis", list.get());
        }
        long longest = own;
        for (int i = 0; i < references.length(); i++) {
            Reference reference = references.get(i);
            ScannedDataset user =
                    reference.isNil() || reference.file() != null ? null : byId.get(target(scale, reference));
            long axis = pairs.fields().get(1).getLong(i);
            if (user == null || axis < 0 || axis >= user.shape().rank()) {
                problems.add(new MalformedFileException(
                        scale.attributes().where(),
                        "REFERENCE_LIST: " + reference + " axis " + axis + " is no axis of a dataset"));
                continue;
            }
            longest = Math.max(longest, user.shape().dimension((int) axis));
        }
        return longest;
    }

    private void axes(ScannedGroup group) {
        List<Dimension> own = ofGroups.computeIfAbsent(group, g -> new ArrayList<>());
        scaleCount += own.size();
        Map<String, @Nullable Dimension[]> labels = new HashMap<>();
        for (ScannedDataset dataset : group.datasets()) {
            labels.put(dataset.path(), guarded(() -> labels(group, dataset), unlabelled(dataset)));
        }
        List<Dimension> pool = new ArrayList<>(own);
        List<Dimension> inferred = new CoordinateDimensions(group, labels).infer();
        own.addAll(inferred);
        inferred.stream()
                .filter(one ->
                        inferred.stream().filter(d -> d.size() == one.size()).count() == 1)
                .forEach(pool::add);
        PhonyDimensions phony = new PhonyDimensions(group, pool);
        group.datasets().forEach(dataset -> phony.count(dataset.shape(), labels.get(dataset.path())));
        List<Dimension> made = phony.make(scaleCount + phonyCount);
        phonyCount += made.size();
        own.addAll(made);
        for (ScannedDataset dataset : group.datasets()) {
            ofDatasets.put(dataset.path(), phony.complete(dataset.shape(), labels.get(dataset.path())));
        }
        group.ownGroups().forEach(this::axes);
    }

    private static @Nullable Dimension[] unlabelled(ScannedDataset dataset) {
        return new Dimension[dataset.shape().rank()];
    }

    /** The dimensions that the file names, null where it names none. */
    private @Nullable Dimension[] labels(ScannedGroup group, ScannedDataset dataset) {
        @Nullable Dimension[] labels = unlabelled(dataset);
        if (labels.length == 0) {
            return labels;
        }
        boolean scale = isScale(dataset);
        Optional<H5Array> numbers = scale
                ? guarded(() -> whole(dataset.attributes(), "_Netcdf4Coordinates"), Optional.<H5Array>empty())
                : Optional.<H5Array>empty();
        if (numbers.isPresent() && byNumbers(group, dataset, numbers.get(), labels)) {
            return labels;
        }
        Arrays.fill(labels, null);
        Optional<H5Array> list = dataset.attributes().values("DIMENSION_LIST");
        if (list.isPresent()) {
            byReferences(dataset, list.get(), labels);
        }
        if (scale && Arrays.stream(labels).allMatch(label -> label == null)) {
            labels[0] = scales.get(dataset.dataset().id());
        }
        return labels;
    }

    private boolean byNumbers(
            ScannedGroup group, ScannedDataset dataset, H5Array numbers, @Nullable Dimension[] labels) {
        boolean fits = numbers.length() == labels.length;
        for (int axis = 0; axis < labels.length && fits; axis++) {
            labels[axis] = inScope(group, numbers.getLong(axis));
            fits = labels[axis] != null;
        }
        if (!fits) {
            problems.add(new MalformedFileException(
                    dataset.attributes().where(), "_Netcdf4Coordinates names no dimension for each axis"));
        }
        return fits;
    }

    private @Nullable Dimension inScope(ScannedGroup from, long number) {
        for (ScannedGroup group = from; group != null; group = group.parent()) {
            Dimension found = numbered.getOrDefault(group, Map.of()).get(number);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void byReferences(ScannedDataset dataset, H5Array list, @Nullable Dimension[] labels) {
        if (!(list instanceof SequenceArray axes)
                || axes.length() != labels.length
                || !(axes.elements() instanceof ReferenceArray)) {
            problems.add(dataset.attributes().malformed("DIMENSION_LIST", "references to scales for each axis", list));
            return;
        }
        for (int axis = 0; axis < labels.length; axis++) {
            ReferenceArray references = (ReferenceArray) axes.get(axis);
            if (references.length() > 0) {
                Reference last = references.get(references.length() - 1);
                Dimension scale = last.failure() != null || last.isNil() || last.file() != null
                        ? null
                        : scales.get(target(dataset, last));
                if (scale == null) {
                    problems.add(new MalformedFileException(
                            dataset.attributes().where(),
                            "DIMENSION_LIST: " + last + " of axis " + axis + " is no dimension scale"));
                }
                labels[axis] = scale;
            }
        }
    }

    /** What a reference leads to that names no other file: it stays in that of its holder. */
    private static ObjectId target(ScannedDataset holder, Reference reference) {
        return new ObjectId(holder.dataset().file(), reference.address());
    }
}
