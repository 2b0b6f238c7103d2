// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.model.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group with what is in it, groups aside. Confined to one thread. */
final class InfoGroup {
    /**
     * A dataset.
     *
     * @param name its name in the group
     * @param path its path
     * @param dataset the dataset
     * @param attributes its attributes; those that cannot be read are missing
     */
    record Variable(String name, String path, Dataset dataset, List<AttributeValues> attributes) {}

    /**
     * A named type.
     *
     * @param name its name in the group
     * @param type the type
     */
    record Type(String name, CommittedType type) {}

    private final String path;
    private final @Nullable String same;
    private final List<AttributeValues> attributes = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Type> types = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /**
     * Makes a group without contents.
     *
     * @param same a path at which its members were met before, so that they are not met here; null where there is none
     */
    InfoGroup(String path, @Nullable String same) {
        this.path = path;
        this.same = same;
    }

    /** Returns the path at which its members are; null for its own. */
    @Nullable
    String same() {
        return same;
    }

    String path() {
        return path;
    }

    List<AttributeValues> attributes() {
        return attributes;
    }

    List<Variable> variables() {
        return variables;
    }

    List<Type> types() {
        return types;
    }

    /** Returns links that are not hard. */
    List<Link> links() {
        return links;
    }

    /** Adds a member that is no group; gives the list that its attributes belong into. */
    List<AttributeValues> add(Group.Member member) {
        List<AttributeValues> values = new ArrayList<>();
        String name = ScaleDimensions.lastName(member.path());
        member.link().filter(link -> !(link instanceof Link.Hard)).ifPresent(links::add);
        if (member.object().orElse(null) instanceof Dataset dataset) {
            variables.add(new Variable(name, member.path(), dataset, values));
        } else if (member.object().orElse(null) instanceof CommittedType type) {
            types.add(new Type(name, type));
        }
        return values;
    }
}
