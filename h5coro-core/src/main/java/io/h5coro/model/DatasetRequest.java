// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read, and the name of the result: a dataset, slices or other elements of it, or an attribute. Immutable.
 *
 * <pre>{@code
 * DatasetRequest whole = DatasetRequest.of("/gt1l/heights/h_ph");
 * DatasetRequest slice = DatasetRequest.parse("/gt1l/heights/lat_ph[503000:903000]");
 * DatasetRequest rows = DatasetRequest.parse("/gt1l/heights/signal_conf_ph[[7, 3, 3], 0:2]");
 * DatasetRequest unit = DatasetRequest.attribute("/gt1l/heights/h_ph", "units").named("unit");
 * }</pre>
 *
 * <p>Several slices of one request give one array. They are concatenated along the first dimension, so they must agree
 * in the lengths of all other dimensions. Slices that do not agree are separate requests under different names; they
 * are planned together all the same.
 *
 * @param name key of the result in its {@code ReadPromise}; see {@link #named}
 * @param path absolute path of the object; or "object path/attribute name" when there is no object of that path
 * @param attribute name of an attribute of the object; null for the object's own values
 * @param slices what to read of it; empty for everything
 * @param target the object itself, when a handle such as {@code Dataset} made the request; the path then only serves
 *     messages. Null when the path is to be resolved
 * @param field name of a member of compound elements, of which only the values are read; null for the whole elements
 * @param selection what to read of it where that is no slice; null when the slices say it
 */
public record DatasetRequest(
        String name,
        String path,
        @Nullable String attribute,
        List<Hyperslab> slices,
        @Nullable RequestTarget target,
        @Nullable String field,
        @Nullable ElementSelection selection) {
    /**
     * Adds a missing leading slash to the path and copies the list.
     *
     * @throws IllegalArgumentException when the path or the name is empty, or when there are both slices and a
     *     selection
     */
    public DatasetRequest {
        if (path.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a request has a path and a name");
        }
        if (selection != null && !slices.isEmpty()) {
            throw new IllegalArgumentException("a request has slices or a selection: " + slices + ", " + selection);
        }
        path = target != null || path.startsWith("/") ? path : "/" + path;
        slices = List.copyOf(slices);
    }

    /** Makes a request for slices. */
    public DatasetRequest(
            String name,
            String path,
            @Nullable String attribute,
            List<Hyperslab> slices,
            @Nullable RequestTarget target,
            @Nullable String field) {
        this(name, path, attribute, slices, target, field, null);
    }

    /** Makes a request for whole elements. */
    public DatasetRequest(
            String name,
            String path,
            @Nullable String attribute,
            List<Hyperslab> slices,
            @Nullable RequestTarget target) {
        this(name, path, attribute, slices, target, null);
    }

    /** Makes a request whose path is to be resolved. */
    public DatasetRequest(String name, String path, @Nullable String attribute, List<Hyperslab> slices) {
        this(name, path, attribute, slices, null);
    }

    /**
     * Requests a whole dataset, or slices of it, which are made of {@link Hyperslab.Range}s. Brackets in the path are
     * part of it.
     *
     * @param path also the request's name
     * @param slices none for the whole dataset; several are concatenated along the first dimension
     */
    public static DatasetRequest of(String path, Hyperslab... slices) {
        return new DatasetRequest(path, path, null, List.of(slices));
    }

    /**
     * Requests an attribute of an object.
     *
     * @param path path of the object
     * @param attribute name of the attribute
     * @return a request with the name "path@attribute"
     */
    public static DatasetRequest attribute(String path, String attribute) {
        return new DatasetRequest(path + "@" + attribute, path, attribute, List.of());
    }

    /**
     * Parses the text form: a path, then slices in brackets, such as "/gt1l/heights/h_ph[503000:903000]",
     * "/a[0:10][-20:]" or "/a[[1, 3, 7], 0:5]".
     *
     * <p>A slice holds, for each dimension, {@code start:stop:step} or an index; "..." stands for the dimensions that
     * are left out; see {@link Hyperslab}. A slice that stands alone may hold lists of indices in brackets; see
     * {@link ElementSelection#axes}. The slices start at the first bracket after the last slash. Brackets in that
     * part of the path are written "\\[" and "\\]"; {@link #of} takes a path as it is.
     *
     * @param text also the request's name
     * @throws IllegalArgumentException when the text in brackets is not a slice; the message says where
     */
    public static DatasetRequest parse(String text) {
        SliceText.Request request = SliceText.request(text);
        return new DatasetRequest(text, request.path(), null, request.slices(), null, null, request.selection());
    }

    /**
     * Returns the same request for other elements: lists of indices, a mask, points or a region in place of the slices.
     *
     * <pre>{@code
     * H5Array rows = file.read(DatasetRequest.of("/a").select(
     *         ElementSelection.axes(Axis.of(7, 3, 3), Axis.range(Range.of(0, 5)))));
     * }</pre>
     */
    public DatasetRequest select(ElementSelection other) {
        return new DatasetRequest(name, path, attribute, List.of(), target, field, other);
    }

    /**
     * Returns the same request with slices whose bounds are clipped; see {@link Hyperslab#clipped()}. Indices of lists,
     * masks and points are not.
     */
    public DatasetRequest clipped() {
        ElementSelection clipped = selection instanceof ElementSelection.Axes axes
                ? new ElementSelection.Axes(axes.axes(), axes.leading(), true)
                : selection;
        List<Hyperslab> clippedSlices = slices.stream().map(Hyperslab::clipped).toList();
        return new DatasetRequest(name, path, attribute, clippedSlices, target, field, clipped);
    }

    /**
     * Returns whether the name is the one that a request has when it is given none by {@link #named}. Such requests of
     * one call may have the same name: they are told apart by themselves, as in {@code ReadPromise.get(request)}.
     */
    public boolean hasOwnName() {
        String own = (attribute == null ? "" : "@" + attribute) + (field == null ? "" : "." + field);
        return name.endsWith(own) && isPath(name.substring(0, name.length() - own.length()));
    }

    private boolean isPath(String text) {
        return text.equals(path) || (target == null && path.equals("/" + text));
    }

    /** Returns the same request under another name. */
    public DatasetRequest named(String other) {
        return new DatasetRequest(other, path, attribute, slices, target, field, selection);
    }

    /**
     * Returns the same request for one member of compound elements: an array of the member's type. The other members
     * are neither kept in memory nor converted. That the dataset has the member is found out when it is read.
     *
     * <pre>{@code
     * H5Array energies = file.read(DatasetRequest.of("/events").ofField("energy"));
     * }</pre>
     *
     * @param member name of the member, as {@link CompoundType.Member#name()} gives it
     * @return a request with the name of this one, a dot and the member's name
     */
    public DatasetRequest ofField(String member) {
        return new DatasetRequest(name + "." + member, path, attribute, slices, target, member, selection);
    }
}
