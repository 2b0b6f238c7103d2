// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.Dataset;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.ElementType;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds out what a request selects of a dataset, before anything of it is read. */
public final class Selection {
    private final String source;
    private final Dataset dataset;
    private final DatasetRequest request;

    private Selection(String source, Dataset dataset, DatasetRequest request) {
        this.source = source;
        this.dataset = dataset;
        this.request = request;
    }

    /**
     * Returns a column of what is stored.
     *
     * @param source the file, for messages
     * @param dataset what the request is for
     * @param name of the column
     * @throws SelectionException when a slice does not fit the dataset
     * @throws ExportRefusedException when there is nothing to select from
     */
    public static Selected of(String source, Dataset dataset, DatasetRequest request, String name) {
        return new Selection(source, dataset, request).selected(name);
    }

    private Selected selected(String name) {
        if (request.attribute() != null) {
            throw refused("is an attribute: datasets alone are exported");
        }
        if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
            throw refused("has no values: its dataspace is null");
        }
        List<List<Axis>> slices = slices();
        ElementType type = type();
        ExportColumn column = new ExportColumn(name, request.path(), ColumnTypes.of(type), shape(slices));
        return new Selected(column, dataset, type, request.field(), slices, UnaryOperator.identity());
    }

    private ExportRefusedException refused(String why) {
        return new ExportRefusedException(request.path() + " " + why);
    }

    private ElementType type() {
        String member = request.field();
        if (member == null) {
            return dataset.type();
        }
        if (dataset.type() instanceof CompoundType compound && compound.indexOf(member) >= 0) {
            return compound.members().get(compound.indexOf(member)).type();
        }
        throw refused("has no member " + member);
    }

    private List<List<Axis>> slices() {
        if (request.selection() instanceof ElementSelection.Axes axes) {
            try {
                return List.of(axes.within(dataset.shape()).axes());
            } catch (IllegalArgumentException e) {
                throw new SelectionException(Where.object(source, request.path()), String.valueOf(e.getMessage()), e);
            }
        }
        if (request.selection() != null) {
            throw refused("is asked for " + request.selection() + ", and slices and lists of indices are exported");
        }
        List<Hyperslab> wanted = request.slices().isEmpty() ? List.of(Hyperslab.all()) : request.slices();
        List<List<Axis>> slices = new ArrayList<>();
        for (Hyperslab slice : wanted) {
            try {
                slices.add(
                        slice.within(dataset.shape()).stream().map(Axis::range).toList());
            } catch (IllegalArgumentException e) {
                throw new SelectionException(Where.object(source, request.path()), String.valueOf(e.getMessage()), e);
            }
        }
        return slices;
    }

    /** The shape of all slices, whose rows follow one another. */
    private Shape shape(List<List<Axis>> slices) {
        long[] lengths = lengths(slices.get(0));
        for (List<Axis> slice : slices.subList(1, slices.size())) {
            long[] own = lengths(slice);
            for (int i = 1; i < own.length; i++) {
                if (own[i] != lengths[i]) {
                    throw refused("has slices of different lengths in dimension " + i);
                }
            }
            if (own.length == 0) {
                throw refused("has no dimension, and so no slices that follow one another");
            }
            lengths[0] = Math.addExact(lengths[0], own[0]);
        }
        return Shape.of(lengths);
    }

    private static long[] lengths(List<Axis> slice) {
        return slice.stream().mapToLong(Axis::selected).toArray();
    }
}
