// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.H5Coro;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group: dimensions, variables, attributes and inner groups. Dimensions of outer groups belong to it too. What xarray
 * calls a dataset. Immutable, thread-safe.
 *
 * <pre>{@code
 * LabelledGroup heights = labels.dataset("/gt1l/heights");
 * LabelledArrays rows = heights.pick("h_ph", "lat_ph").rows(0, 1000);
 * }</pre>
 */
public final class LabelledGroup {
    private final OpenLabels open;
    private final ScannedGroup scanned;
    private final @Nullable LabelledGroup parent;
    private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, LabelledGroup> groups = new LinkedHashMap<>();
    private final Set<String> coordinateNames = new LinkedHashSet<>();

    LabelledGroup(OpenLabels open, ScannedGroup scanned, @Nullable LabelledGroup parent) {
        this.open = open;
        this.scanned = scanned;
        this.parent = parent;
    }

    /** Returns the name; empty for the root. */
    public String name() {
        return scanned.name();
    }

    /** Returns the absolute path. */
    public String path() {
        return scanned.path();
    }

    /** Returns the dimensions that this group has itself, in the order of the file. */
    public List<Dimension> dimensions() {
        return List.copyOf(dimensions.values());
    }

    /** Returns a dimension of this group, or of the innermost outer group that has one of that name. */
    public Optional<Dimension> dimension(String name) {
        for (LabelledGroup group = this; group != null; group = group.parent) {
            Dimension found = group.dimensions.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Returns the variables of this group, coordinates included, in the order of the file. */
    public List<Variable> variables() {
        return List.copyOf(variables.values());
    }

    /**
     * Returns a variable.
     *
     * @param path its name, or names separated by "/", from here, or from the root when it starts with "/"
     * @throws NotFoundException when there is none
     */
    public Variable variable(String path) {
        int slash = path.lastIndexOf('/');
        LabelledGroup holder = slash < 0 ? this : group(slash == 0 ? "/" : path.substring(0, slash));
        Variable found = holder.variables.get(path.substring(slash + 1));
        if (found == null) {
            throw new NotFoundException(where(), "has no variable '" + path + "'");
        }
        return found;
    }

    /** Returns the groups in this one, in the order of the file. */
    public List<LabelledGroup> groups() {
        return List.copyOf(groups.values());
    }

    /**
     * Returns a group.
     *
     * @param path names separated by "/", from here, or from the root when it starts with "/"
     * @throws NotFoundException when there is none
     */
    public LabelledGroup group(String path) {
        LabelledGroup group = path.startsWith("/") ? root() : this;
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                LabelledGroup inner = group.groups.get(part);
                if (inner == null) {
                    throw new NotFoundException(group.where(), "has no group '" + part + "'");
                }
                group = inner;
            }
        }
        return group;
    }

    /** Returns a group, as {@link #group} does: its variables under common dimensions are a dataset. */
    public LabelledGroup dataset(String path) {
        return group(path);
    }

    private LabelledGroup root() {
        return parent == null ? this : parent.root();
    }

    /**
     * Returns the attributes, but for those that only say how the file was written.
     *
     * @return in the order of the file
     * @throws io.h5coro.error.H5Exception when one cannot be read
     */
    public List<LabelAttribute> attributes() {
        return VisibleAttributes.of(file(), scanned.attributes());
    }

    /**
     * Returns one of {@link #attributes()}.
     *
     * @throws io.h5coro.error.H5Exception when it cannot be read
     */
    public Optional<LabelAttribute> attribute(String name) {
        return VisibleAttributes.of(scanned.attributes(), name);
    }

    /**
     * Returns the coordinates among the variables: those named as a dimension of a variable, and those that a
     * {@code coordinates} attribute of a variable or of the group names.
     */
    public List<Variable> coordinates() {
        return variables.values().stream().filter(this::isCoordinate).toList();
    }

    boolean isCoordinate(Variable variable) {
        return coordinateNames.contains(variable.name());
    }

    List<Variable> coordinatesOf(Variable variable) {
        Set<String> names = new LinkedHashSet<>();
        variable.dimensions().forEach(dimension -> names.add(dimension.name()));
        variable.attribute("coordinates")
                .flatMap(LabelAttribute::text)
                .ifPresent(text -> names.addAll(NameLists.split(text)));
        List<Variable> found = new ArrayList<>();
        for (String name : names) {
            inScope(name).filter(other -> other != variable).ifPresent(found::add);
        }
        return found;
    }

    /** Finds a variable by name in this group, or in the innermost outer group that has it. */
    Optional<Variable> inScope(String name) {
        for (LabelledGroup group = this; group != null; group = group.parent) {
            Variable found = group.variables.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * Chooses variables to be read in one call.
     *
     * @param names as for {@link #variable}
     * @throws NotFoundException when there is no such variable
     */
    public Pick pick(String... names) {
        return pick(List.of(names));
    }

    /** Chooses variables as {@link #pick(String...)} does. */
    public Pick pick(Collection<String> names) {
        return new Pick(this, names.stream().distinct().map(this::variable).toList());
    }

    /**
     * Returns dimensions, variables and attributes as text, as {@code ncdump -h} shows them, inner groups included.
     * Attributes that cannot be read are shown with the reason.
     */
    public String summary() {
        return new Summary(this).text();
    }

    H5Coro file() {
        return open.file();
    }

    OpenLabels open() {
        return open;
    }

    ScannedGroup scanned() {
        return scanned;
    }

    Where where() {
        return scanned.attributes().where();
    }

    Map<String, Dimension> ownDimensions() {
        return dimensions;
    }

    Map<String, Variable> ownVariables() {
        return variables;
    }

    Map<String, LabelledGroup> ownGroups() {
        return groups;
    }

    Set<String> coordinateNames() {
        return coordinateNames;
    }

    /** Returns path and numbers of members, such as "group / (2 dimensions, 3 variables, 0 groups)". */
    @Override
    public String toString() {
        return "group " + path() + " (" + dimensions.size() + " dimensions, " + variables.size() + " variables, "
                + groups.size() + " groups)";
    }
}
