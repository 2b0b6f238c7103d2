// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Dataset;
import io.h5coro.labels.Dimension;
import io.h5coro.labels.Variable;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of one dataset: references, or its values inlined. Confined to one thread. */
final class VariablePlan {
    private static final String FILL_VALUE = "_FillValue";

    /** What a text of variable length is taken for before it is read. */
    private static final int TEXT_BYTES = 16;

    private final Variable variable;
    private final Dataset dataset;
    private final ScanRules rules;
    private final ZarrType type;

    /** That of the dimensions: along an unlimited one a dataset may be shorter, and the fill value follows. */
    private final Shape shape;

    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<String> dropped = new ArrayList<>();
    private final @Nullable Object fill;

    /**
     * Looks at its type and its attributes.
     *
     * @throws RefusedException when Zarr has no such arrays
     * @throws io.h5coro.error.H5Exception when an attribute cannot be read
     */
    VariablePlan(Variable variable, ScanRules rules) {
        this.variable = variable;
        this.dataset = variable.dataset();
        this.rules = rules;
        if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
            throw new RefusedException("it has no values, not even none of them (a null dataspace)");
        }
        this.type = ZarrType.of(dataset.type());
        this.shape = Shape.of(
                variable.storedDimensions().stream().mapToLong(Dimension::size).toArray());
        this.fill = variable.attribute(FILL_VALUE)
                .flatMap(value -> FillValue.of(value.values(), type))
                .orElse(null);
        variable.attributes().forEach(attribute -> {
            if (fill != null && attribute.name().equals(FILL_VALUE)) {
                return;
            }
            AttributeJson.of(attribute.values())
                    .ifPresentOrElse(
                            value -> attributes.put(attribute.name(), value), () -> dropped.add(attribute.name()));
        });
    }

    Variable variable() {
        return variable;
    }

    /** Attributes that JSON cannot hold. */
    List<String> dropped() {
        return dropped;
    }

    /**
     * Returns the references; empty when the values are to be inlined.
     *
     * @throws RefusedException when neither is possible
     */
    Optional<ReferencedVariable> references() {
        boolean joined = rules.concatenated()
                .filter(name -> dimensions().contains(name) && bytes() <= rules.inlineBytes())
                .isPresent();
        if (joined || dataset.storage() instanceof DatasetStorage.Compact) {
            return inlinedOr("");
        }
        if (!type.exact()) {
            return inlinedOr(type.isObject() ? "texts of variable length are inlined" : "blanks fill up its texts");
        }
        try {
            return Optional.of(stored());
        } catch (RefusedException e) {
            return inlinedOr(e.reason());
        }
    }

    private Optional<ReferencedVariable> inlinedOr(String reason) {
        if (bytes() > rules.inlineBytes()) {
            throw new RefusedException(reason + (reason.isEmpty() ? "" : ", and ") + "its " + bytes()
                    + " bytes are more than the " + rules.inlineBytes() + " that are inlined");
        }
        return Optional.empty();
    }

    private long bytes() {
        return Math.multiplyExact(shape.elementCount(), type.isObject() ? TEXT_BYTES : type.bytes());
    }

    /** Returns the path of the references: a prefix that tells it from a dimension is left out. */
    static String path(Variable variable) {
        String group = variable.group().path();
        return (group.equals("/") ? "/" : group + "/") + variable.name();
    }

    private boolean isShorter() {
        return !shape.equals(dataset.shape());
    }

    /**
     * The values as the one chunk of an array.
     *
     * @param values of the dataset
     */
    ReferencedVariable inlined(H5Array values) {
        byte[] chunk = InlinedValues.of(isShorter() ? variable.readRaw().array() : values);
        if (type.isObject() && chunk.length > rules.inlineBytes() + (long) TEXT_BYTES) {
            throw new RefusedException("texts of variable length are inlined, and its " + chunk.length
                    + " bytes are more than the " + rules.inlineBytes() + " that are inlined");
        }
        ZarrArray array = ZarrArray.inlined(shape, type, fill);
        return of(array, shape.elementCount() == 0 ? List.of() : List.of(ChunkReference.of(0, chunk)));
    }

    private ReferencedVariable of(ZarrArray array, List<ChunkReference> chunks) {
        return new ReferencedVariable(path(variable), array, dimensions(), attributes, chunks);
    }

    private List<String> dimensions() {
        return variable.storedDimensions().stream().map(Dimension::name).toList();
    }

    private ReferencedVariable stored() {
        ChunkTables tables = new ChunkTables(
                rules.home(),
                rules.address(),
                type.bytes(),
                one -> isFill(one.fill().value()));
        ChunkTable table = tables.of(dataset);
        if (isShorter() && !endsWith(table.chunks())) {
            throw new RefusedException("it is shorter than its unlimited dimension, and ends within a chunk");
        }
        ZarrArray array = new ZarrArray(shape, table.chunks(), type, fill, table.codecs());
        List<ChunkReference> references = table.in(array.grid());
        boolean fits = table.fits() && (!isShorter() || isFill(dataset.fill().value()));
        if (references.size() < array.grid().size() && !fits) {
            throw new RefusedException(
                    "chunks were never written, and what HDF5 gives for them is not what Zarr gives");
        }
        return of(array, references);
    }

    /** Whether the dataset ends where chunks do in each dimension in which it is shorter. */
    private boolean endsWith(Shape chunks) {
        boolean fits = true;
        for (int d = 0; d < shape.rank(); d++) {
            long length = dataset.shape().dimension(d);
            fits &= length == shape.dimension(d) || length % chunks.dimension(d) == 0;
        }
        return fits;
    }

    /** Whether Zarr gives a value of the file for missing chunks. */
    private boolean isFill(Optional<H5Array> value) {
        Object zarr = fill == null ? FillValue.zero(type) : fill;
        return value.isEmpty()
                ? zarr.equals(FillValue.zero(type))
                : FillValue.of(value.get(), type).filter(zarr::equals).isPresent();
    }
}
