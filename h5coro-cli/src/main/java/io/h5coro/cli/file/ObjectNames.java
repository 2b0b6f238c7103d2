// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.model.FileId;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What references refer to: the first path to an object in the order of names, in the file that the reference is in. A
 * file is walked through when the first reference of it is met. Confined to one thread.
 */
public final class ObjectNames implements Function<Reference, String> {
    /** Objects of a file whose paths are kept: some 200 MB. Others are named by their address. */
    private static final int MOST = 1_000_000;

    private final H5Coro file;
    private final Map<FileId, Map<Long, String>> paths = new HashMap<>();

    public ObjectNames(H5Coro file) {
        this.file = file;
    }

    @Override
    public String apply(Reference reference) {
        return isPlace(reference)
                ? text(reference, paths(home(reference)).get(reference.address()))
                : reference.toString();
    }

    /** Whether a reference leads into the file that it is in. */
    public static boolean isPlace(Reference reference) {
        return reference.failure() == null && !reference.isNil() && reference.file() == null;
    }

    /** Returns a reference in words: attribute and region stand behind the path. Without a path, with its address. */
    public static String text(Reference reference, @Nullable String path) {
        if (path == null) {
            return reference.toString();
        }
        String attribute = reference.attribute() == null ? "" : "@" + reference.attribute();
        return path + attribute + (reference.region() == null ? "" : " " + reference.region());
    }

    private FileId home(Reference reference) {
        FileId home = reference.home();
        return home == null ? file.root().file() : home;
    }

    private Map<Long, String> paths(FileId home) {
        Map<Long, String> known = paths.get(home);
        if (known == null) {
            known = new HashMap<>();
            Iterator<Group.Member> members =
                    file.root(home).walk(WalkOptions.all()).iterator();
            while (members.hasNext() && known.size() < MOST) {
                Group.Member member = members.next();
                H5Object object = member.object().orElse(null);
                if (object != null) {
                    known.putIfAbsent(object.address(), member.path());
                }
            }
            paths.put(home, known);
        }
        return known;
    }
}
