// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.Dataset;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.time.CfCalendar;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A variable: a dataset with named dimensions, and attributes that say what its values mean. Immutable, thread-safe.
 *
 * <pre>{@code
 * Variable tas = labels.variable("/tas");
 * LabelledArray part = tas.read("time=0:10, lat=-30..30");
 * }</pre>
 */
public final class Variable {
    private final LabelledGroup group;
    private final ScannedDataset scanned;
    private final List<Dimension> stored;
    private final VariableDecoding decoding;

    Variable(LabelledGroup group, ScannedDataset scanned, List<Dimension> stored, VariableDecoding decoding) {
        this.group = group;
        this.scanned = scanned;
        this.stored = stored;
        this.decoding = decoding;
    }

    /** Returns the name, without the prefix that the file may have to tell it from a dimension. */
    public String name() {
        return scanned.variableName();
    }

    /** Returns the absolute path of the dataset. */
    public String path() {
        return scanned.path();
    }

    /** Returns the group that it belongs to. */
    public LabelledGroup group() {
        return group;
    }

    /** Returns the dataset, for what is beyond labels. */
    public Dataset dataset() {
        return scanned.dataset();
    }

    /**
     * Returns the dimensions of the decoded values, slowest first. Those of an array of characters lack the last one,
     * whose characters are joined to texts.
     */
    public List<Dimension> dimensions() {
        return decoding.joins() ? stored.subList(0, stored.size() - 1) : stored;
    }

    /** Returns the dimensions of the stored values, slowest first: those of {@link #readRaw}. */
    public List<Dimension> storedDimensions() {
        return stored;
    }

    /**
     * Returns the lengths of {@link #dimensions()}. Along an unlimited dimension that is the length of the dimension,
     * also where the dataset is shorter: what lacks reads as the dataset's fill value.
     */
    public Shape shape() {
        return Shape.of(dimensions().stream().mapToLong(Dimension::size).toArray());
    }

    /** Returns the type of the stored elements. */
    public ElementType storedType() {
        return dataset().type();
    }

    /**
     * Returns what decoded values are.
     *
     * @throws io.h5coro.error.MalformedFileException when an attribute is not what decoding needs, such as a
     *     {@code scale_factor} that is a text
     */
    public ValueKind kind() {
        return VariableDecoding.kind(decoding.decoder().result());
    }

    /**
     * Returns the type of decoded arrays, as xarray chooses it; of times and durations, that of the stored elements.
     *
     * @throws io.h5coro.error.MalformedFileException as for {@link #kind()}
     */
    public ElementType type() {
        return decoding.decoder().type();
    }

    /**
     * Returns the calendar of its times; empty when its values are no times.
     *
     * @throws io.h5coro.error.MalformedFileException as for {@link #kind()}
     */
    public Optional<CfCalendar> calendar() {
        return decoding.decoder().calendar();
    }

    /**
     * Returns whether all its times are whole microseconds, as those that are stored as whole numbers of seconds are.
     * Others have nanoseconds. False when its values are no times.
     *
     * @throws io.h5coro.error.MalformedFileException as for {@link #kind()}
     */
    public boolean hasMicroseconds() {
        return decoding.decoder().hasMicroseconds();
    }

    /**
     * Returns whether values may be missing: attributes name one that stands for those, or values are floating-point
     * numbers, of which NaN does, or texts of variable length, of which some may never have been written.
     *
     * @throws io.h5coro.error.MalformedFileException as for {@link #kind()}
     */
    public boolean mayMiss() {
        return decoding.decoder().mayMiss();
    }

    /**
     * Returns the attributes, but for those that only say how dimensions are stored. Those that decoding applies, such
     * as {@code scale_factor}, are among them.
     *
     * @return in the order of the file
     * @throws io.h5coro.error.H5Exception when one cannot be read
     */
    public List<LabelAttribute> attributes() {
        return VisibleAttributes.of(group.file(), scanned.attributes());
    }

    /**
     * Returns one of {@link #attributes()}.
     *
     * @throws io.h5coro.error.H5Exception when it cannot be read
     */
    public Optional<LabelAttribute> attribute(String name) {
        return VisibleAttributes.of(scanned.attributes(), name);
    }

    /** Returns whether it is one of the coordinates of its group: {@link LabelledGroup#coordinates()}. */
    public boolean isCoordinate() {
        return group.isCoordinate(this);
    }

    /**
     * Returns its coordinates: the variables of the names of its dimensions, then those that its {@code coordinates}
     * attribute names. They may be in an outer group.
     */
    public List<Variable> coordinates() {
        return group.coordinatesOf(this);
    }

    /** Returns the variable that its {@code bounds} attribute names: the edges of its cells. */
    public Optional<Variable> bounds() {
        return attribute("bounds").flatMap(LabelAttribute::text).flatMap(name -> group.inScope(name.strip()));
    }

    /** Returns the variables that its {@code grid_mapping} attribute names. */
    public List<Variable> gridMappings() {
        return attribute("grid_mapping").flatMap(LabelAttribute::text).map(NameLists::split).orElse(List.of()).stream()
                .map(name -> name.endsWith(":") ? name.substring(0, name.length() - 1) : name)
                .flatMap(name -> group.inScope(name).stream())
                .toList();
    }

    /** Reads and decodes all values; blocks. */
    public LabelledArray read() {
        return read(Selection.all());
    }

    /**
     * Reads and decodes a part; blocks.
     *
     * @param selection such as "time=0:10, lat=-30..30": {@link Selection#parse}
     */
    public LabelledArray read(String selection) {
        return read(Selection.parse(selection));
    }

    /**
     * Reads and decodes a part; blocks. A selection by values first reads the coordinates that it needs, all in one
     * call; the labels keep them for later ones.
     *
     * @throws io.h5coro.error.SelectionException when the selection names a dimension that the variable does not have,
     *     goes beyond one, or asks for values of a coordinate that is missing or not in order
     * @throws io.h5coro.error.H5Exception when the values cannot be read or decoded exactly
     */
    public LabelledArray read(Selection selection) {
        return new Pick(group, List.of(this)).read(selection).get(name());
    }

    /** Reads a part as it is stored; blocks. The coordinates of the selection are decoded all the same. */
    public LabelledArray readRaw(Selection selection) {
        return new Pick(group, List.of(this)).readRaw(selection).get(name());
    }

    /** Reads all values as they are stored; blocks. */
    public LabelledArray readRaw() {
        return readRaw(Selection.all());
    }

    /**
     * Decodes stored values that were read in another way, such as a block of rows of {@link #dataset()}.
     *
     * @param values of this variable, in its dimensions; texts are joined along the last one where they are characters
     * @throws io.h5coro.error.MalformedFileException as for {@link #kind()}
     */
    public LabelledArray decode(H5Array values) {
        List<String> names = dimensions().stream().map(Dimension::name).toList();
        return new LabelledArray(name(), names, decoder().decode(values));
    }

    ScannedDataset scanned() {
        return scanned;
    }

    CfDecoder decoder() {
        return decoding.decoder();
    }

    /** Returns type, name and dimensions, such as "float32 tas(time, lat)". */
    @Override
    public String toString() {
        return storedType().shortName() + " " + name()
                + stored.stream()
                        .map(Dimension::name)
                        .toList()
                        .toString()
                        .replace('[', '(')
                        .replace(']', ')');
    }
}
