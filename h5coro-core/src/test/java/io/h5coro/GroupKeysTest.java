// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Old-style groups whose B-trees have wrong keys; {@code testdata/make/group_keys.py} asked libhdf5 for each name. */
final class GroupKeysTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GroupKeysTest.class.getResourceAsStream("/io/h5coro/internal/walk/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void findsTheNamesThatTheSearchOfLibhdf5Finds() throws IOException {
        List<String> lines = new String(resource("group_keys.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(200, lines.size());
        MemoryRangeReader reader = MemoryRangeReader.of("group_keys", resource("group_keys.h5"));
        try (H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            int found = 0;
            for (String line : lines) {
                String[] words = line.split("\t");
                String said = said((Group) file.object("/" + words[0]), words[1]);
                assertEquals(words[2], said, line);
                found += said.equals("found") ? 1 : 0;
            }
            assertEquals(168, found);
        }
    }

    private static String said(Group group, String name) {
        try {
            return group.link(name).isPresent() ? "found" : "not found";
        } catch (H5Exception e) {
            return "error";
        }
    }
}
