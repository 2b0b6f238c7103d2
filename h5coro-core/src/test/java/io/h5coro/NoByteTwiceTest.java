// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.testdata.Fixtures;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that fit into the cache are fetched once, however they lie between what is here already. */
final class NoByteTwiceTest {
    private static CountingRangeReader remote(String fixture) {
        RangeReader bytes = MemoryRangeReader.of(fixture, Fixtures.bytes(fixture));
        return new CountingRangeReader(new ForwardingRangeReader(bytes) {
            @Override
            public StorageProfile profile() {
                return StorageProfile.REMOTE;
            }
        });
    }

    private static ReadOptions.Builder smallBlocks() {
        return ReadOptions.builder().firstReadBytes(2048).blockBytes(512);
    }

    /** Bytes that were asked for more than once. */
    private static long twice(List<ByteRange> ranges) {
        long twice = 0;
        long end = 0;
        for (ByteRange range : ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::offset))
                .toList()) {
            twice += Math.max(0, Math.min(end, range.end()) - range.offset());
            end = Math.max(end, range.end());
        }
        return twice;
    }

    private static long storedBytes(Group.Member member) {
        try {
            return member.object().orElse(null) instanceof Dataset dataset ? dataset.storedBytes() : 0;
        } catch (H5Exception damaged) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sample_granule", "groups_v200", "groups_earliest", "numbers_earliest", "attributes_earliest"})
    void aWalkFetchesNoByteTwice(String fixture) {
        CountingRangeReader reader = remote(fixture);
        try (H5Coro file = H5Coro.open(reader, smallBlocks().build())) {
            file.root().links();
            long stored = file.root()
                    .walk(WalkOptions.all().with(Detail.STORED_BYTES).with(Detail.ATTRIBUTES))
                    .mapToLong(NoByteTwiceTest::storedBytes)
                    .sum();
            assertTrue(stored >= 0);
            assertTrue(reader.ranges().size() >= 3, reader.ranges()::toString);
            assertEquals(0, twice(reader.ranges()), reader.ranges()::toString);
        }
    }

    /** The indexes have pushed one another out of a cache this small when their datasets are met. */
    @Test
    void whatAWalkHasReadOfIndexesIsNotReadAgain() {
        CountingRangeReader reader = remote("sample_granule");
        ReadOptions small = smallBlocks().cacheBytes(32 << 10).build();
        try (H5Coro file = H5Coro.open(reader, small);
                H5Coro whole =
                        H5Coro.open(remote("sample_granule"), smallBlocks().build())) {
            List<Group.Member> members = file.root()
                    .walk(WalkOptions.all().with(Detail.STORED_BYTES))
                    .toList();
            int requests = reader.ranges().size();
            assertTrue(requests >= 3, requests + " requests");
            int datasets = 0;
            for (Group.Member member : members) {
                if (member.object().orElseThrow() instanceof Dataset dataset) {
                    datasets++;
                    assertEquals(whole.dataset(member.path()).storedBytes(), dataset.storedBytes(), member.path());
                }
            }
            assertEquals(51, datasets);
            assertEquals(requests, reader.ranges().size());
        }
    }
}
