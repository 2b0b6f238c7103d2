// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The names in a local folder in order, in batches. The file system gives them in no order, so each batch reads the
 * folder and keeps the smallest names behind the last batch: memory is bounded by the batch, however large the folder.
 *
 * @param folder the folder
 * @param start what names begin with
 * @param linkedFolders whether symbolic links to folders are folders; otherwise they are left out
 * @param most size of a batch
 */
record FolderNames(Path folder, String start, boolean linkedFolders, int most) {
    /** 25 MB of names. A folder of a million files is read four times. */
    static final int BATCH = 1 << 18;

    /**
     * Returns the next names, a slash behind those of folders, which is how they sort. Other things than files and
     * folders, and links that lead nowhere, are among them.
     *
     * @param last the last name of the batch before; empty for the first batch
     * @return at most {@link #most}; fewer, or none, at the end
     */
    List<String> after(String last) throws IOException {
        PriorityQueue<String> smallest = new PriorityQueue<>(NameOrder.BYTES.reversed());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(start) && !isOmitted(entry)) {
                    keep(Files.isDirectory(entry) ? name + "/" : name, last, smallest);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        List<String> names = new ArrayList<>(smallest);
        names.sort(NameOrder.BYTES);
        return names;
    }

    private boolean isOmitted(Path entry) {
        return !linkedFolders && Files.isDirectory(entry) && !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    private void keep(String name, String last, PriorityQueue<String> smallest) {
        if (!last.isEmpty() && NameOrder.BYTES.compare(name, last) <= 0) {
            return;
        }
        smallest.add(name);
        if (smallest.size() > most) {
            smallest.poll();
        }
    }
}
