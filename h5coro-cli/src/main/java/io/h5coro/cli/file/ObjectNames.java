// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the references of a file refer to: the first path to an object in the order of names. The file is walked through
 * when the first reference is met. Confined to one thread.
 */
public final class ObjectNames implements Function<Reference, String> {
    /** Objects whose paths are kept: some 200 MB. Others are named by their address. */
    private static final int MOST = 1_000_000;

    private final H5Coro file;
    private @Nullable Map<Long, String> paths;

    public ObjectNames(H5Coro file) {
        this.file = file;
    }

    @Override
    public String apply(Reference reference) {
        if (reference.failure() != null || reference.isNil() || reference.file() != null) {
            return reference.toString();
        }
        String path = paths().get(reference.address());
        if (path == null) {
            return reference.toString();
        }
        String attribute = reference.attribute() == null ? "" : "@" + reference.attribute();
        return path + attribute + (reference.region() == null ? "" : " " + reference.region());
    }

    private Map<Long, String> paths() {
        Map<Long, String> known = paths;
        if (known == null) {
            known = new HashMap<>();
            Iterator<Group.Member> members = file.root().walk(WalkOptions.all()).iterator();
            while (members.hasNext() && known.size() < MOST) {
                Group.Member member = members.next();
                H5Object object = member.object().orElse(null);
                if (object != null) {
                    known.putIfAbsent(object.address(), member.path());
                }
            }
            paths = known;
        }
        return known;
    }
}
