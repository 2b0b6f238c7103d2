// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that ask for much: an answer or a typed error, soon. */
@Timeout(60)
final class BombTest {
    private static final int SUPERBLOCK_BYTES = 48;
    private static final int GROUP_BYTES = 49;

    private static H5Coro open(FileBytes bytes) {
        return H5Coro.open(MemoryRangeReader.of("bomb", bytes.toArray()), ReadOptions.defaults());
    }

    /** A superblock of version 3 of a file of so many bytes, whose root group follows it. */
    private static FileBytes superblock(int fileBytes) {
        FileBytes b = new FileBytes().begin();
        return b.u8(0x89)
                .text("HDF\r\n")
                .u8(0x1a, '\n', 3, 8, 8, 0)
                .u64(0, -1, fileBytes, SUPERBLOCK_BYTES)
                .checksum();
    }

    /** A group header of version 2 with messages of so many bytes, headers included. */
    private static FileBytes group(FileBytes b, int messageBytes) {
        b.begin().text("OHDR").u8(2, 0, 22 + messageBytes);
        return b.u8(2, 18, 0, 0, 0, 0).u64(-1, -1);
    }

    @Test
    void aPathThroughTenThousandGroupsIsFollowed() {
        int groups = 10_000;
        FileBytes b = superblock(SUPERBLOCK_BYTES + groups * GROUP_BYTES);
        for (int i = 0; i < groups; i++) {
            long child = SUPERBLOCK_BYTES + (long) GROUP_BYTES * ((i + 1) % groups);
            group(b, 16).u8(6, 12, 0, 0, 1, 0, 1, 'g').u64(child).checksum();
        }
        try (H5Coro file = open(b)) {
            assertEquals(
                    SUPERBLOCK_BYTES + GROUP_BYTES * (groups - 1L),
                    file.group("/g".repeat(groups - 1)).address());
            assertEquals(file.root().address(), file.group("/g".repeat(groups)).address(), "a ring");
        }
    }

    @Test
    void aSoftLinkToItselfAndOnesThatMultiplyEnd() {
        String target = "/s/s/s/s";
        int messageBytes = 4 + 7 + target.length();
        FileBytes b = superblock(SUPERBLOCK_BYTES + 33 + messageBytes);
        group(b, messageBytes)
                .u8(6, messageBytes - 4, 0, 0, 1, 8, 1, 1, 's')
                .u16(target.length())
                .text(target)
                .checksum();
        try (H5Coro file = open(b)) {
            assertEquals(1, file.root().links().size());
            assertThrows(LimitExceededException.class, () -> file.object("/s"));
            assertEquals(java.util.Set.of("s"), file.list("/").others());
        }
    }

    @Test
    void aHeaderThatContinuesInItselfIsMalformed() {
        int ochk = SUPERBLOCK_BYTES + 33 + 20;
        FileBytes b = superblock(ochk + 28);
        group(b, 20).u8(16, 16, 0, 0).u64(ochk, 28).checksum();
        b.begin().text("OCHK").u8(16, 16, 0, 0).u64(ochk, 28).checksum();
        assertThrows(MalformedFileException.class, () -> {
            try (H5Coro file = open(b)) {
                file.root().links();
            }
        });
    }

    /** Names and attributes are counted: with a budget of less than they take they are refused. */
    @ParameterizedTest
    @ValueSource(strings = {"groups_earliest", "groups_v200", "attributes_earliest", "attributes_v18"})
    void whatOneLookUpTakesIsBounded(String fixture) {
        int budget = 512;
        ReadOptions options = ReadOptions.builder().metadataBudgetBytes(budget).build();
        int refused = 0;
        try (H5Coro file = H5Coro.open(Fixtures.path(fixture), ReadOptions.defaults());
                H5Coro bounded = H5Coro.open(Fixtures.path(fixture), options)) {
            for (Link link : file.root().links()) {
                String path = "/" + link.name();
                try {
                    if (!(file.object(path) instanceof Group group)) {
                        continue;
                    }
                    long names = group.links().stream()
                            .mapToLong(l -> l.name().length())
                            .sum();
                    long attributes = group.attributes().stream()
                            .mapToLong(a -> a.name().length() + 16L)
                            .sum();
                    if (names > budget) {
                        refused++;
                        assertThrows(
                                LimitExceededException.class,
                                () -> bounded.group(path).links(),
                                path);
                    }
                    if (attributes > budget) {
                        refused++;
                        assertThrows(
                                LimitExceededException.class,
                                () -> bounded.group(path).attributes(),
                                path);
                    }
                } catch (H5Exception unreadable) {
                    continue;
                }
            }
        }
        assertTrue(refused > 0, "nothing of " + fixture + " is larger than the budget");
    }

    @Test
    void everyFixtureOfManyObjectsIsWalkedWithSmallLimits() {
        ReadOptions options = ReadOptions.builder()
                .cacheBytes(8 << 10)
                .bytesInFlight(1000)
                .maxRequestBytes(600)
                .resultBytes(4000)
                .metadataBudgetBytes(2000)
                .build();
        for (String fixture : List.of("groups_v200", "attributes_v18", "many_chunks_v110", "strings_v18")) {
            PublicCalls calls = PublicCalls.all(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture)), options);
            assertTrue(
                    calls.failures() > 0 && calls.failures() < calls.outcomes().size(), fixture);
        }
    }
}
