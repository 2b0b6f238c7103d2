// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.H5Exception;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.cf.CfOptions;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.model.StringType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the groups that users see out of what was scanned. Confined to one thread. */
final class GroupBuilder {
    private final OpenLabels open;
    private final DimensionRules rules;
    private final List<H5Exception> problems;
    private final Map<ScannedGroup, LabelledGroup> built = new HashMap<>();

    GroupBuilder(OpenLabels open, DimensionRules rules, List<H5Exception> problems) {
        this.open = open;
        this.rules = rules;
        this.problems = problems;
    }

    LabelledGroup build(ScannedGroup root) {
        LabelledGroup group = fill(root, null);
        built.forEach((scanned, made) ->
                scanned.groups().forEach((name, inner) -> made.ownGroups().put(name, built.get(inner))));
        return group;
    }

    private LabelledGroup fill(ScannedGroup scanned, @Nullable LabelledGroup parent) {
        LabelledGroup group = new LabelledGroup(open, scanned, parent);
        built.put(scanned, group);
        rules.of(scanned).forEach(dimension -> group.ownDimensions().putIfAbsent(dimension.name(), dimension));
        List<ScannedDataset> variables =
                scanned.datasets().stream().filter(this::isVariable).toList();
        Map<String, ScannedDataset> bounded = bounded(variables);
        CfOptions options =
                new CfOptions(open.options().durations(), open.options().validRange());
        for (ScannedDataset dataset : variables) {
            VariableDecoding decoding = new VariableDecoding(
                    dataset, joins(dataset, variables), bounded.get(dataset.variableName()), options);
            group.ownVariables().put(dataset.variableName(), new Variable(group, dataset, rules.of(dataset), decoding));
        }
        addCoordinates(group);
        scanned.ownGroups().forEach(inner -> fill(inner, group));
        return group;
    }

    private boolean isVariable(ScannedDataset dataset) {
        try {
            return dataset.isVariable();
        } catch (H5Exception e) {
            problems.add(e);
            return true;
        }
    }

    private Optional<String> text(ObjectAttributes attributes, String name) {
        try {
            return attributes.text(name);
        } catch (H5Exception e) {
            problems.add(e);
            return Optional.empty();
        }
    }

    /** The variables with times, by the names of the variables that are their bounds. */
    private Map<String, ScannedDataset> bounded(List<ScannedDataset> variables) {
        Map<String, ScannedDataset> bounded = new HashMap<>();
        for (ScannedDataset variable : variables) {
            Optional<String> bounds = text(variable.attributes(), "bounds");
            if (bounds.isPresent()
                    && text(variable.attributes(), "units")
                            .filter(units -> units.contains("since"))
                            .isPresent()) {
                bounded.putIfAbsent(bounds.get().strip(), variable);
            }
        }
        return bounded;
    }

    /** Whether the last dimension of characters is there for them alone: no variable has its name or another use. */
    private boolean joins(ScannedDataset dataset, List<ScannedDataset> variables) {
        List<Dimension> own = rules.of(dataset);
        if (!CfDecoder.isCharacter(dataset.dataset().type()) || own.isEmpty()) {
            return false;
        }
        Dimension last = own.get(own.size() - 1);
        return variables.stream().allMatch(other -> {
            List<Dimension> others = rules.of(other);
            boolean elsewhere = others.contains(last)
                    && (!(other.dataset().type() instanceof StringType text)
                            || text.variable()
                            || others.indexOf(last) != others.size() - 1);
            return !elsewhere && !other.variableName().equals(last.name());
        });
    }

    private void addCoordinates(LabelledGroup group) {
        Set<String> names = group.coordinateNames();
        text(group.scanned().attributes(), "coordinates").map(NameLists::split).ifPresent(names::addAll);
        for (Variable variable : group.ownVariables().values()) {
            ObjectAttributes attributes = variable.scanned().attributes();
            names.addAll(variable.dimensions().stream().map(Dimension::name).collect(Collectors.toSet()));
            text(attributes, "coordinates").map(NameLists::split).ifPresent(names::addAll);
            if (open.options().relatedVariables()) {
                text(attributes, "bounds").map(NameLists::split).ifPresent(names::addAll);
                text(attributes, "grid_mapping")
                        .map(NameLists::split)
                        .ifPresent(all ->
                                all.stream().map(name -> name.replace(":", "")).forEach(names::add));
            }
        }
        names.retainAll(group.ownVariables().keySet());
    }
}
