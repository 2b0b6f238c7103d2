// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import io.h5coro.storage.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What was written to files and not forced to the disk. */
final class Unforced {
    private final Map<Object, List<ByteRange>> written = new HashMap<>();

    void wrote(Object file, ByteRange range) {
        if (range.length() > 0) {
            written.computeIfAbsent(file, f -> new ArrayList<>()).add(range);
        }
    }

    void forced(Object file) {
        written.remove(file);
    }

    /** The number that a file keeps whatever its name is. */
    static Object key(Path base) throws IOException {
        return Files.readAttributes(base, BasicFileAttributes.class).fileKey();
    }

    /**
     * Leaves some files whole. Takes from each write to the others all, a part or nothing; the file may end before it,
     * or have zeros in its place.
     */
    void lose(FileSystem base, RandomGenerator chance) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(base.getPath("/"))) {
            files = new ArrayList<>(all.filter(Files::isRegularFile).toList());
        }
        // By their numbers: names may come from elsewhere than the world's chance.
        Map<Path, Integer> numbers = new HashMap<>();
        for (Path file : files) {
            numbers.put(file, (Integer) key(file));
        }
        files.sort(Comparator.comparing(numbers::get));
        for (Path file : files) {
            boolean kept = chance.nextInt(3) == 0;
            for (ByteRange range : kept ? List.<ByteRange>of() : written.getOrDefault(key(file), List.of())) {
                lose(file, range, chance);
            }
        }
        written.clear();
    }

    private static void lose(Path file, ByteRange range, RandomGenerator chance) throws IOException {
        long from = range.offset() + chance.nextLong(range.length());
        int way = chance.nextInt(4);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (way == 0) {
                open.truncate(from);
            } else if (way == 1) {
                open.truncate(range.offset());
            } else if (way == 2 && from < open.size()) {
                long end = Math.min(open.size(), range.end());
                open.write(ByteBuffer.allocate(Math.toIntExact(Math.max(0, end - from))), from);
            }
        }
    }
}
