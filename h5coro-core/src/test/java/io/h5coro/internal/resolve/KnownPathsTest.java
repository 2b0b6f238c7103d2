// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KnownPathsTest {
    private static final long ROOT = 96;

    private final KnownPaths paths = new KnownPaths(ROOT);

    @Test
    void aPathGrowsFromTheRoot() {
        paths.met(ROOT, "a", 200);
        paths.met(200, "b", 300);
        assertEquals(Optional.of("/"), paths.of(ROOT));
        assertEquals(Optional.of("/a"), paths.of(200));
        assertEquals(Optional.of("/a/b"), paths.of(300));
        assertEquals(Optional.empty(), paths.of(400));
    }

    @Test
    void theFirstPathOfAnObjectStaysAndTheRootIsNeverAMember() {
        paths.met(ROOT, "a", 200);
        paths.met(ROOT, "z", 200);
        paths.met(200, "up", ROOT);
        assertEquals(Optional.of("/a"), paths.of(200));
        assertEquals(Optional.of("/"), paths.of(ROOT));
    }

    @Test
    void whatHangsOnAnUnknownGroupOrNoPathLeadsToIsNotKept() {
        paths.met(500, "b", 300);
        paths.met(ROOT, "with/slash", 301);
        paths.met(ROOT, ".", 302);
        for (long address : new long[] {300, 301, 302}) {
            assertEquals(Optional.empty(), paths.of(address));
        }
    }

    @Test
    void pathsOfAnyLengthTakeLittleMemory() {
        paths.met(ROOT, "n".repeat(300), 200);
        assertEquals(Optional.empty(), paths.of(200));
        for (int i = 0; i < 10_000; i++) {
            paths.met(ROOT, "m" + i, 1000 + i);
        }
        assertEquals(Optional.empty(), paths.of(1000));
        assertEquals(Optional.of("/m9999"), paths.of(10_999));
        assertEquals(
                4096,
                java.util.stream.LongStream.range(1000, 11_000)
                        .filter(a -> paths.of(a).isPresent())
                        .count());
    }
}
