// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    private final H5Coro file;
    private final Visitor visitor;
    /** The first path to each object by its address. */
    private final Map<Long, String> seen = new HashMap<>();

    private Walk(H5Coro file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    static void visit(H5Coro file, SortOrder order, Visitor visitor) {
        visit(file, order.walk(), visitor);
    }

    /** Visits them as the options say. */
    static void visit(H5Coro file, WalkOptions options, Visitor visitor) {
        Walk walk = new Walk(file, visitor);
        file.root().walk(options).forEach(walk::met);
    }

    private void met(Group.Member member) {
        String path = member.path();
        Optional<Link> link = member.link();
        if (link.isPresent() && !(link.get() instanceof Link.Hard)) {
            visitor.link(path, link.get());
        } else if (link.isPresent() && UnnameableMember.is(link.get())) {
            visitor.link(path, link.get());
            visitor.failed(path, UnnameableMember.problem(file, parent(path, link.get()), link.get()));
        } else if (member.object().isPresent()) {
            H5Object object = member.object().get();
            visitor.object(path, object, seen.putIfAbsent(object.address(), path));
            member.failure().ifPresent(problem -> failed(path, member.depth(), problem));
        } else {
            member.failure().ifPresent(problem -> failed(path, member.depth(), problem));
        }
    }

    /** Without the links of the root there is nothing to visit. */
    private void failed(String path, int depth, H5Exception problem) {
        if (depth == 0) {
            throw problem;
        }
        visitor.failed(path, problem);
    }

    /** The path of a member. */
    static String path(String group, Link link) {
        return (group.equals("/") ? "" : group) + "/" + link.name();
    }

    /** The path of the group that has a link. */
    private static String parent(String path, Link link) {
        String group = path.substring(0, path.length() - link.name().length() - 1);
        return group.isEmpty() ? "/" : group;
    }
}
