// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.Once;
import io.h5coro.cli.report.UsageException;
import io.h5coro.labels.Dimension;
import io.h5coro.labels.LabelOptions;
import io.h5coro.labels.Labels;
import io.h5coro.labels.Variable;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FloatType;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds variables and what their places are. Confined to one thread. */
final class Coordinates {
    private static final Pattern NORTH = Pattern.compile("degrees?_?n(orth)?");
    private static final Pattern EAST = Pattern.compile("degrees?_?e(ast)?");

    /** Usual variables have two or three. */
    private static final int MOST_NAMED = 8;

    private final H5Coro file;

    /** Null where values are drawn as they are stored. */
    private final @Nullable Once<Labels> labels;

    Coordinates(H5Coro file, boolean raw) {
        this.file = file;
        this.labels = raw
                ? null
                : new Once<>(() -> Labels.open(file, LabelOptions.defaults().withoutDurations()));
    }

    /** Returns what is named. */
    Picked picked(String path, Hyperslab slice) {
        Dataset dataset = file.dataset(path);
        return Picked.of(dataset, variable(dataset), slice);
    }

    /**
     * Asks for the labels, and where the coordinates that attributes of a dataset name have their values: which of them
     * are needed is known when the labels of the whole file are.
     */
    void lookAhead(String path, Hyperslab slice) {
        Once<Labels> wanted = labels;
        if (wanted != null) {
            LookAhead ahead = new LookAhead(file);
            ahead.meanwhile(wanted::get);
            ahead.meanwhile(() -> named(path, slice));
        }
    }

    private void named(String path, Hyperslab slice) {
        Dataset dataset = file.dataset(path);
        Picked values = Picked.of(dataset, null, slice);
        List<DatasetRequest> requests = new ArrayList<>();
        for (Dataset named : named(dataset)) {
            aligned(values, named, null)
                    .ifPresent(part -> requests.add(part.start().request(Integer.toString(requests.size()))));
        }
        ReadPlan unused = file.explain(requests);
    }

    private List<Dataset> named(Dataset dataset) {
        List<H5Object> named = new ArrayList<>();
        for (Attribute attribute : dataset.attributes()) {
            if (attribute.name().equals("DIMENSION_LIST")
                    && attribute.read() instanceof SequenceArray lists
                    && lists.elements() instanceof ReferenceArray scales) {
                IntStream.range(0, Math.min(scales.length(), MOST_NAMED))
                        .forEach(i -> named.add(file.dereference(scales.get(i))));
            }
            if (attribute.name().equals("coordinates") && attribute.read() instanceof StringArray names) {
                String folder = folder(Picked.path(dataset));
                Stream.of(names.getString(0).strip().split("\\s+"))
                        .limit(MOST_NAMED)
                        .forEach(name -> named.add(file.object(folder + name)));
            }
        }
        return named.stream()
                .filter(Dataset.class::isInstance)
                .map(Dataset.class::cast)
                .toList();
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Returns the labels of a dataset; null where it has none, such as the scale of a dimension without a variable. */
    private @Nullable Variable variable(Dataset dataset) {
        return labels == null ? null : labels.get().variableOf(dataset).orElse(null);
    }

    /**
     * Returns a dataset that an option names, where others have their values.
     *
     * @param path from the root, or beside {@code values}
     */
    Picked beside(Picked values, String path) {
        Variable variable = values.variable();
        String near = variable == null ? Picked.path(values.dataset()) : variable.path();
        String whole = path.startsWith("/") ? path : folder(near) + path;
        Dataset dataset = file.dataset(EscapedPath.in(file, whole));
        return aligned(values, dataset, variable(dataset))
                .orElseThrow(() -> new UsageException(whole + " of shape " + dataset.shape()
                        + " has a dimension that " + Picked.path(values.dataset()) + " of shape "
                        + values.dataset().shape() + " lacks"));
    }

    /** Returns the coordinate of one dimension: one with its name, or the first that has no other dimension. */
    Optional<Picked> along(Picked values, int d) {
        if (values.variable() == null) {
            return Optional.empty();
        }
        Dimension dimension = values.dimensions().get(d);
        List<Variable> fit = values.variable().coordinates().stream()
                .filter(variable -> variable.storedDimensions().equals(List.of(dimension)) && isNumber(variable))
                .filter(variable -> !variable.path().equals(values.variable().path()))
                .toList();
        return fit.stream()
                .filter(variable -> variable.name().equals(dimension.name()))
                .findFirst()
                .or(() -> fit.stream().findFirst())
                .flatMap(variable -> aligned(values, variable.dataset(), variable))
                .map(Picked::tolerant);
    }

    private static boolean isNumber(Variable variable) {
        return variable.storedType() instanceof IntegerType || variable.storedType() instanceof FloatType;
    }

    /** Returns the latitude of values. */
    Picked latitude(Picked values, @Nullable String named) {
        return named != null ? beside(values, named) : found(values, "latitude", NORTH, "--lat");
    }

    /** Returns the longitude of values. */
    Picked longitude(Picked values, @Nullable String named) {
        return named != null ? beside(values, named) : found(values, "longitude", EAST, "--lon");
    }

    private Picked found(Picked values, String standardName, Pattern units, String option) {
        Variable variable = values.variable();
        Stream<Variable> candidates = variable == null
                ? Stream.empty()
                : Stream.concat(variable.coordinates().stream(), variable.group().variables().stream());
        return candidates
                .filter(candidate -> isNumber(candidate) && is(candidate, standardName, units))
                .flatMap(candidate -> aligned(values, candidate.dataset(), candidate).stream())
                .findFirst()
                .orElseThrow(() -> new UsageException("no " + standardName + " of " + Picked.path(values.dataset())
                        + " is found by standard_name or units; name it with " + option + " PATH"));
    }

    private static boolean is(Variable variable, String standardName, Pattern units) {
        Picked attributes = new Picked(variable.dataset(), variable, List.of(), true);
        return attributes.text("standard_name").filter(standardName::equals).isPresent()
                || attributes
                        .text("units")
                        .filter(text ->
                                units.matcher(text.toLowerCase(Locale.ROOT)).matches())
                        .isPresent();
    }

    /** Returns the part of a dataset that belongs to values: dimensions are the same by name, or by size. */
    private static Optional<Picked> aligned(Picked values, Dataset dataset, @Nullable Variable variable) {
        List<Hyperslab.Range> ranges = new ArrayList<>();
        Picked other = new Picked(dataset, variable, ranges, true);
        int next = 0;
        for (int d = 0; d < dataset.shape().rank(); d++) {
            int same = same(values, other, d, next);
            if (same < 0) {
                return Optional.empty();
            }
            ranges.add(values.ranges().get(same));
            next = same + 1;
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(Picked.of(dataset, variable, new Hyperslab(ranges)));
    }

    private static int same(Picked values, Picked other, int d, int from) {
        long size = other.dataset().shape().dimension(d);
        int bySize = -1;
        for (int i = 0; i < values.ranges().size(); i++) {
            if (values.dataset().shape().dimension(i) != size) {
                continue;
            }
            if (!other.dimensions().isEmpty()
                    && !values.dimensions().isEmpty()
                    && values.dimension(i).equals(other.dimension(d))) {
                return i;
            }
            bySize = bySize < 0 && i >= from ? i : bySize;
        }
        return bySize;
    }
}
