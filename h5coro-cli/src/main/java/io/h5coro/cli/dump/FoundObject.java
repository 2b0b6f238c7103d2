// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.model.Link;
import java.util.Optional;

/**
 * An object and the file that it is in, which need not be the one whose path led to it.
 *
 * @param file the file
 * @param object the object, whose path is one in that file
 */
record FoundObject(OpenedFile file, H5Object object) {
    /** Soft and external links that are followed for one path, as in libhdf5 (H5L_NUM_LINKS). */
    private static final int LINKS = 16;

    /**
     * The object that a path of a file leads to, through links into other files.
     *
     * @throws io.h5coro.error.H5Exception that says why there is none
     */
    static FoundObject at(OpenedFile file, String path) {
        FoundObject root = new FoundObject(file, file.reader().root());
        return new Way()
                .along(root, path)
                .orElseGet(() -> new FoundObject(file, file.reader().object(path)));
    }

    /** The way along one path, which links make longer. */
    private static final class Way {
        /*
         * /s/x, where s is a soft link to "/g/t", and t in g is an external link to "/d" of other.h5:
         *   start at the root of this file; s is link 1: along "/g/t" from the root
         *   t is link 2: along "/d" from the root of other.h5, where d is an object
         *   x is then a member of d, in other.h5
         * The count is for the whole way, so two links that lead to each other end at the seventeenth.
         */

        private int links;

        /** Empty when it ends before the path does: {@link H5Coro#object} says where and why. */
        Optional<FoundObject> along(FoundObject start, String path) {
            Optional<FoundObject> here = Optional.of(
                    path.startsWith("/")
                            ? new FoundObject(start.file, start.file.reader().root())
                            : start);
            for (String name : path.split("/", -1)) {
                if (!name.isEmpty() && !name.equals(".")) {
                    here = here.flatMap(found -> member(found, name));
                }
            }
            return here;
        }

        private Optional<FoundObject> member(FoundObject found, String name) {
            return found.object instanceof Group group
                    ? group.link(name).flatMap(link -> follow(found, group, link))
                    : Optional.empty();
        }

        private Optional<FoundObject> follow(FoundObject found, Group group, Link link) {
            if (link instanceof Link.Hard) {
                return Optional.of(new FoundObject(found.file, group.get(link)));
            }
            if (++links > LINKS) {
                return Optional.empty();
            }
            if (link instanceof Link.Soft soft) {
                return along(found, soft.storedTarget().exact());
            }
            return link instanceof Link.External target
                    ? found.file
                            .linked(target.file())
                            .flatMap(file -> along(
                                    new FoundObject(file, file.reader().root()),
                                    "/" + target.storedTarget().exact()))
                    : Optional.empty();
        }
    }
}
