// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.terminal.Colour;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a tree, as its members come. Confined to one thread. */
final class TreeText {
    private final Sink out;
    private final Report report;
    private final int depth;
    /** Members of each open group that are still to come, from the first group down. */
    private final List<Integer> left = new ArrayList<>();
    /** Where each group was shown. */
    private final Map<ObjectId, String> groups = new HashMap<>();

    TreeText(Sink out, Report report, int depth) {
        this.out = out;
        this.report = report;
        this.depth = depth;
    }

    /** Writes an object that is no group. */
    void single(H5Object object, String name) {
        try {
            out.write(object(object, name, object.attributes().size()) + "\n");
        } catch (H5Exception e) {
            report.error(name, e);
        }
    }

    /**
     * Writes a member.
     *
     * @param start what the first group is called
     */
    void member(Group.Member member, String start) {
        while (left.size() > member.depth()) {
            left.remove(left.size() - 1);
        }
        String name = member.link().map(Link::name).orElse(start);
        out.write(branches(member.depth()) + text(member, name) + "\n");
        if (member.object().orElse(null) instanceof Group group) {
            String first = groups.putIfAbsent(group.id(), member.path());
            boolean entered =
                    first == null && member.depth() < depth && member.failure().isEmpty();
            left.add(entered ? count(group, member.path()) : 0);
            if (first == null && member.depth() == TreeCommand.DEPTH) {
                report.limit(member.path(), "groups in more than " + depth + " levels are not shown");
            }
        }
    }

    /** Returns how many members a group has, which the walk has read. */
    private int count(Group group, String path) {
        try {
            return group.storedLinks().size();
        } catch (H5Exception e) {
            report.error(path, e);
            return 0;
        }
    }

    /** Returns the lines from the groups above, and counts the member. */
    private String branches(int level) {
        if (level == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < level - 1; i++) {
            text.append(left.get(i) > 0 ? "│   " : "    ");
        }
        int rest = left.get(level - 1) - 1;
        left.set(level - 1, rest);
        return text.append(rest > 0 ? "├── " : "└── ").toString();
    }

    private String text(Group.Member member, String name) {
        Link link = member.link().orElse(null);
        if (link != null && !(link instanceof Link.Hard)) {
            return colour(Colour.LINK, name) + " -> " + VisibleText.of(target(link));
        }
        try {
            if (member.failure().isPresent()) {
                throw member.failure().get();
            }
            H5Object object = member.object().orElseThrow();
            String same = object instanceof Group ? groups.get(object.id()) : null;
            String line = object(object, name, member.attributes().size());
            return same == null ? line : line + "  (as " + VisibleText.of(same) + ")";
        } catch (H5Exception e) {
            report.error(member.path(), e);
            return colour(Colour.WRONG, name) + "  ?";
        }
    }

    private static String target(Link link) {
        if (link instanceof Link.Soft soft) {
            return soft.target();
        }
        return link instanceof Link.External external ? external.file() + " " + external.target() : "(user-defined)";
    }

    private String object(H5Object object, String name, int attributes) {
        StringBuilder text = new StringBuilder();
        if (object instanceof Dataset dataset) {
            text.append(VisibleText.of(name))
                    .append("  ")
                    .append(dataset.type().shortName())
                    .append(' ')
                    .append(AttributeValues.shape(dataset.dataspace()));
        } else if (object instanceof CommittedType type) {
            text.append(VisibleText.of(name))
                    .append("  type ")
                    .append(type.type().shortName());
        } else {
            text.append(colour(Colour.GROUP, name));
        }
        if (attributes > 0) {
            String count = PlanText.count(attributes, "attribute");
            text.append("  ").append(Colour.FAINT.of(count, out.look()));
        }
        return text.toString();
    }

    private String colour(Colour colour, String name) {
        return colour.of(VisibleText.of(name), out.look());
    }
}
