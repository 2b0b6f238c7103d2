// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Visits all links of a file, groups before their members, each group once. */
final class Walk {
    /** What is told of the visit. */
    interface Visitor {
        /**
         * A hard link, or the root.
         *
         * @param seen the path by which the object was visited before; null the first time
         */
        void object(String path, H5Object object, @Nullable String seen);

        /** A link of any other kind; or a hard link that no path can name, of which {@link #failed} is told next. */
        default void link(String path, Link link) {}

        /** An object that cannot be read. */
        void failed(String path, H5Exception problem);
    }

    /**
     * A group whose links are being visited.
     *
     * @param path path of the group
     * @param links its links that were not visited yet
     */
    private record Level(String path, Iterator<Link> links) {}

    private final H5Coro file;
    private final Function<Group, List<Link>> order;
    private final Visitor visitor;
    /** The first path to each object by its address. Makes cycles of hard links end. */
    private final Map<Long, String> seen = new HashMap<>();
    /** The groups on the way from the root to the current one. On the heap, so that nesting has no limit here. */
    private final Deque<Level> levels = new ArrayDeque<>();

    private Walk(H5Coro file, Function<Group, List<Link>> order, Visitor visitor) {
        this.file = file;
        this.order = order;
        this.visitor = visitor;
    }

    static void visit(H5Coro file, SortOrder order, Visitor visitor) {
        visit(file, order::links, visitor);
    }

    /**
     * Visits them in an order.
     *
     * @param order gives the links of a group
     */
    static void visit(H5Coro file, Function<Group, List<Link>> order, Visitor visitor) {
        Walk walk = new Walk(file, order, visitor);
        walk.object("/", file.root());
        while (!walk.levels.isEmpty()) {
            walk.step();
        }
    }

    /** The path of a member. */
    static String path(String group, Link link) {
        return (group.equals("/") ? "" : group) + "/" + link.name();
    }

    private void step() {
        Level level = levels.getLast();
        if (!level.links.hasNext()) {
            levels.removeLast();
            return;
        }
        Link link = level.links.next();
        String path = path(level.path, link);
        if (!(link instanceof Link.Hard hard)) {
            visitor.link(path, link);
            return;
        }
        if (UnnameableMember.is(link)) {
            visitor.link(path, link);
            visitor.failed(path, UnnameableMember.problem(file, level.path, link));
            return;
        }
        try {
            object(path, file.objectAt(hard.address(), path));
        } catch (H5Exception e) {
            visitor.failed(path, e);
        }
    }

    private void object(String path, H5Object object) {
        String before = seen.putIfAbsent(object.address(), path);
        visitor.object(path, object, before);
        if (before == null && object instanceof Group group) {
            levels.addLast(new Level(path, order.apply(group).iterator()));
        }
    }
}
