// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What is in a folder, in any order, as file systems list it. */
final class FolderList {
    private FolderList() {}

    /** Lists a folder: what is there now, in an order that follows from the numbers of the files and from chance. */
    static List<Path> of(SimPath folder, DirectoryStream.Filter<? super Path> filter, RandomGenerator chance)
            throws IOException {
        TreeMap<Integer, Path> byNumber = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(SimPath.base(folder))) {
            for (Path one : all) {
                Object number = Files.readAttributes(one, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey();
                byNumber.put((Integer) number, one);
            }
        }
        List<Path> rest = new ArrayList<>(byNumber.values());
        List<Path> found = new ArrayList<>();
        while (!rest.isEmpty()) {
            Path next = folder.resolve(
                    rest.remove(chance.nextInt(rest.size())).getFileName().toString());
            if (filter.accept(next)) {
                found.add(next);
            }
        }
        return found;
    }
}
