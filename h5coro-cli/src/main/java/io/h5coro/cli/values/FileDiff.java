// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.report.Report;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares two files: walks through both side by side. Confined to one thread. */
final class FileDiff {
    private static final WalkOptions WALK = WalkOptions.all().with(Detail.DESCRIPTORS, Detail.ATTRIBUTES);

    /**
     * One of the two.
     *
     * @param file the file
     * @param path the object that is compared
     */
    record Side(H5Coro file, String path) {
        /** Returns the path in the file. */
        String whole(String relative) {
            String all = path.endsWith("/") ? path + relative : path + "/" + relative;
            return all.length() > 1 && all.endsWith("/")
                    ? all.substring(0, all.length() - 1)
                    : EscapedPath.in(file, all);
        }

        /** Asks for the metadata of what is compared; blocks. */
        void ahead(List<Limit> limits) {
            LookAhead ahead = new LookAhead(file);
            ahead.datasets(limits.stream()
                    .filter(Limit::dataset)
                    .map(limit -> DatasetRequest.of(whole(limit.relative())))
                    .toList());
            limits.stream()
                    .filter(limit -> !limit.dataset())
                    .forEach(limit -> ahead.walk(whole(limit.relative()), WALK));
        }

        /** Returns the object at a path from that object; empty when there is none. */
        Optional<H5Object> at(String relative) {
            try {
                return Optional.of(file.object(whole(relative)));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * What counts.
     *
     * @param closeness when values are equal
     * @param values whether values of datasets are compared
     */
    record Rules(Closeness closeness, boolean values) {}

    /**
     * A part of the files.
     *
     * @param path from the objects that are compared
     * @param dataset whether a dataset is meant
     */
    record Limit(String path, boolean dataset) {
        private String relative() {
            return path.replaceAll("^/+|/+$", "");
        }
    }

    private final Side left;
    private final Side right;
    private final Report report;
    private final PairWindow window;

    FileDiff(Side left, Side right, Rules rules, Report report, Differences found) {
        this.left = left;
        this.right = right;
        this.report = report;
        Rules both = new Rules(rules.closeness().of(left.file(), right.file()), rules.values());
        this.window = new PairWindow(left.file(), right.file(), both, report, found);
    }

    /** Compares parts of the files. */
    void run(List<Limit> limits) {
        left.ahead(limits.stream().filter(Limit::dataset).toList());
        for (Limit limit : limits) {
            String path = limit.relative();
            Optional<H5Object> a = left.at(path);
            Optional<H5Object> b = right.at(path);
            if (a.isEmpty() && b.isEmpty()) {
                // Says which file it is not in.
                H5Object unused = left.file().object(left.whole(path));
            } else if (a.isEmpty() || b.isEmpty()) {
                missing(path, a.isPresent());
            } else {
                pair(path, a.get(), b.get(), limit.dataset());
            }
        }
        window.flush();
    }

    private void pair(String path, H5Object a, H5Object b, boolean wantsDataset) {
        if (wantsDataset && !(a instanceof Dataset)) {
            throw new io.h5coro.cli.report.UsageException("-d " + path + " is no dataset; a group is named with -g");
        }
        if (!(a instanceof Group first) || !(b instanceof Group second)) {
            window.add(new ObjectPair("/" + path, a, b));
            return;
        }
        String prefix = path.isEmpty() ? "" : path + "/";
        try (Stream<Group.Member> members = first.walk(WALK);
                Stream<Group.Member> others = second.walk(WALK)) {
            merge(prefix, new MemberCursor(members.iterator()), new MemberCursor(others.iterator()));
        }
    }

    private void merge(String prefix, MemberCursor a, MemberCursor b) {
        while (a.member() != null || b.member() != null) {
            int order = a.compare(b);
            if (order < 0) {
                missing(prefix + a.path(), true);
                a.skip();
            } else if (order > 0) {
                missing(prefix + b.path(), false);
                b.skip();
            } else {
                Group.Member one = a.member();
                Group.Member other = b.member();
                if (one != null && other != null && members(shown(prefix, a.path()), one, other)) {
                    a.advance();
                    b.advance();
                } else {
                    a.skip();
                    b.skip();
                }
            }
        }
    }

    private static String shown(String prefix, String path) {
        String all = "/" + prefix + path;
        return path.isEmpty() && !prefix.isEmpty() ? all.substring(0, all.length() - 1) : all;
    }

    private void missing(String path, boolean inFirst) {
        window.add(ObjectPair.of("/" + path, "missing", "only in " + (inFirst ? "the first" : "the second")));
    }

    /** Compares members of one name; false when what is below them is not. */
    private boolean members(String path, Group.Member a, Group.Member b) {
        String one = target(a);
        String other = target(b);
        if (!one.equals(other)) {
            window.add(ObjectPair.of(path, "link", one + " != " + other));
            return false;
        }
        boolean failed = a.failure().isPresent() || b.failure().isPresent();
        a.failure().ifPresent(failure -> report.error(path, failure));
        b.failure().ifPresent(failure -> report.error(path, failure));
        if (failed || a.object().isEmpty() || b.object().isEmpty()) {
            return !failed;
        }
        ObjectPair pair = new ObjectPair(path, a.object().get(), b.object().get());
        pair.attributes(a.attributes(), b.attributes());
        window.add(pair);
        return kind(pair.left()).equals(kind(pair.right()));
    }

    /** Returns where a link leads, in words; of hard links nothing. */
    private static String target(Group.Member member) {
        Link link = member.link().orElse(null);
        if (link instanceof Link.Soft soft) {
            return "a link to " + soft.target();
        }
        if (link instanceof Link.External external) {
            return "a link to " + external.file() + " " + external.target();
        }
        return link instanceof Link.UserDefined ? "a user-defined link" : "an object";
    }

    static String kind(H5Object object) {
        return object instanceof Group ? "group" : object instanceof CommittedType ? "datatype" : "dataset";
    }
}
