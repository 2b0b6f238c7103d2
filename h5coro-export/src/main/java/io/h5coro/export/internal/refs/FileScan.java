// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.export.refs.RefusedVariable;
import io.h5coro.labels.LabelAttribute;
import io.h5coro.labels.LabelledGroup;
import io.h5coro.labels.Labels;
import io.h5coro.labels.Variable;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.ElementType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks through a file. What lies in it is read a level at a time: headers, attributes and chunk indexes of all objects
 * of a level together, then in one call the attributes whose values lie elsewhere, then in one call what is inlined.
 * Confined to one thread.
 */
public final class FileScan {
    private final H5Coro file;
    private final ScanRules rules;
    private final List<RefusedVariable> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<VariablePlan> inlined = new ArrayList<>();
    private final Map<String, ReferencedVariable> found = new HashMap<>();

    private FileScan(H5Coro file, ScanRules rules) {
        this.file = file;
        this.rules = rules;
    }

    /**
     * Returns the references of a file; blocks.
     *
     * @throws H5Exception when the file cannot be read. A dataset that cannot be read is refused
     */
    public static ReferenceSet of(H5Coro file, ScanRules rules) {
        return new FileScan(file, rules).run();
    }

    private ReferenceSet run() {
        readAhead();
        Labels labels = Labels.open(file);
        labels.problems().forEach(problem -> notes.add(String.valueOf(problem.getMessage())));
        plan(labels.root());
        readInlined();
        List<ReferencedGroup> groups = new ArrayList<>();
        gather(labels.root(), groups);
        return new ReferenceSet(groups, refused, notes);
    }

    /** Reads what is asked for later on, object by object: it is then in the file's cache. */
    private void readAhead() {
        WalkOptions all = WalkOptions.all()
                .with(WalkOptions.Detail.ATTRIBUTES, WalkOptions.Detail.DESCRIPTORS, WalkOptions.Detail.STORED_BYTES);
        List<DatasetRequest> requests = new ArrayList<>();
        List<Dataset> virtual = new ArrayList<>();
        try (Stream<Group.Member> members = file.root().walk(all)) {
            members.forEach(member -> member.object().ifPresent(object -> {
                if (object instanceof Dataset dataset && isVirtual(dataset)) {
                    virtual.add(dataset);
                }
                member.attributes().stream()
                        .filter(attribute -> attribute.failure().isEmpty() && isElsewhere(attribute.type()))
                        .map(Attribute::name)
                        .forEach(name ->
                                requests.add(object.attributeRequest(name).named(Integer.toString(requests.size()))));
            }));
        }
        // What failed is said to whoever asks for that attribute.
        ReadPromise attributes = file.readDatasets(requests);
        SourcesAhead.read(virtual);
        attributes.await();
    }

    private static boolean isVirtual(Dataset dataset) {
        try {
            return dataset.storage() instanceof DatasetStorage.Virtual;
        } catch (H5Exception saidLater) {
            return false;
        }
    }

    private static boolean isElsewhere(ElementType type) {
        return type instanceof SequenceType
                || type instanceof StringType text && text.variable()
                || type instanceof CompoundType compound
                        && compound.members().stream().anyMatch(member -> isElsewhere(member.type()));
    }

    private void plan(LabelledGroup group) {
        for (Variable variable : group.variables()) {
            String path = VariablePlan.path(variable);
            guarded(path, () -> {
                VariablePlan plan = new VariablePlan(variable, rules);
                plan.dropped().forEach(name -> notes.add(dropped(path, name)));
                Optional<ReferencedVariable> references = plan.references();
                references.ifPresent(value -> found.put(path, value));
                if (references.isEmpty()) {
                    inlined.add(plan);
                }
            });
        }
        own(group).forEach(this::plan);
    }

    private void guarded(String path, Runnable work) {
        try {
            if (path.contains("/.z")) {
                throw new RefusedException("Zarr keeps names that begin with .z for itself");
            }
            if (path.indexOf('\\') >= 0) {
                throw new RefusedException("Zarr takes the backslash in its path for a slash");
            }
            work.run();
        } catch (RefusedException e) {
            refused.add(new RefusedVariable(path, e.reason()));
        } catch (H5Exception e) {
            refused.add(new RefusedVariable(path, String.valueOf(e.getMessage())));
        } catch (ArithmeticException e) {
            refused.add(new RefusedVariable(path, "its shape is too large"));
        }
    }

    private static String dropped(String path, String attribute) {
        return path + ": its attribute " + attribute + " is left out, since JSON has no such values";
    }

    /** The groups that this is the first way to. To the root, whose name is empty, no link is. */
    private static List<LabelledGroup> own(LabelledGroup group) {
        String front = group.path().equals("/") ? "/" : group.path() + "/";
        return group.groups().stream()
                .filter(inner -> !inner.name().isEmpty() && inner.path().equals(front + inner.name()))
                .distinct()
                .toList();
    }

    private void readInlined() {
        List<DatasetRequest> requests = new ArrayList<>();
        for (VariablePlan plan : inlined) {
            requests.add(plan.variable().dataset().request().named(VariablePlan.path(plan.variable())));
        }
        ReadPromise promise = file.readDatasets(requests);
        for (VariablePlan plan : inlined) {
            String path = VariablePlan.path(plan.variable());
            guarded(path, () -> found.put(path, plan.inlined(promise.get(path))));
        }
    }

    private void gather(LabelledGroup group, List<ReferencedGroup> groups) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (LabelAttribute attribute : group.attributes()) {
            AttributeJson.of(attribute.values())
                    .ifPresentOrElse(
                            value -> attributes.put(attribute.name(), value),
                            () -> notes.add(dropped(group.path(), attribute.name())));
        }
        List<ReferencedVariable> variables = group.variables().stream()
                .map(variable -> found.get(VariablePlan.path(variable)))
                .filter(Objects::nonNull)
                .toList();
        groups.add(new ReferencedGroup(group.path(), attributes, variables));
        own(group).forEach(inner -> gather(inner, groups));
    }
}
