// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FetchPlanTest {
    /** 60 ms, 90 MB/s, 32 connections: gaps up to 270 kB are bridged, requests split above 2.7 MB. */
    private static final RequestCosts REMOTE = new RequestCosts(60_000, 90_000_000, 32, 8 << 20, OptionalLong.empty());

    private static ByteRange range(long from, long to) {
        return new ByteRange(from, to - from);
    }

    @Test
    void plansTheExampleOfItsDescription() {
        FetchPlan plan = FetchPlan.of(
                List.of(
                        range(2_000_000, 10_000_000),
                        range(40_000, 70_000),
                        range(0, 30_000),
                        range(40_000, 70_000),
                        range(1_000_000, 1_010_000)),
                REMOTE);
        assertEquals(
                List.of(
                        range(0, 70_000),
                        range(1_000_000, 1_010_000),
                        range(2_000_000, 4_666_667),
                        range(4_666_667, 7_333_334),
                        range(7_333_334, 10_000_000)),
                plan.requests());
        assertEquals(2, plan.firstRequest(0));
        assertEquals(4, plan.lastRequest(0));
        assertEquals(0, plan.firstRequest(3));
        assertEquals(8_070_000, plan.wantedBytes());
        assertEquals("5 ranges of 8070000 bytes in 5 requests of 8080000 bytes", plan.toString());
    }

    @Test
    void plansNothingForNothing() {
        assertEquals(List.of(), FetchPlan.of(List.of(), REMOTE).requests());
    }

    @Test
    void everyRangeIsCoveredAndRequestsKeepTheirRules() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            long most = 1 + random.nextInt(200);
            RequestCosts costs =
                    new RequestCosts(random.nextInt(5), 1_000_000, 1 + random.nextInt(4), most, gap(random));
            List<ByteRange> wanted = new ArrayList<>();
            for (int k = random.nextInt(30); k > 0; k--) {
                wanted.add(new ByteRange(random.nextInt(3000), 1 + random.nextInt(80)));
            }
            check(FetchPlan.of(wanted, costs), wanted, most);
        }
    }

    private static OptionalLong gap(Random random) {
        return OptionalLong.of(random.nextInt(40));
    }

    private static void check(FetchPlan plan, List<ByteRange> wanted, long most) {
        BitSet bytes = new BitSet();
        wanted.forEach(range -> bytes.set((int) range.offset(), (int) range.end()));
        assertEquals(bytes.cardinality(), plan.wantedBytes());
        long end = -1;
        for (ByteRange request : plan.requests()) {
            assertTrue(request.offset() >= end, "overlap");
            assertTrue(request.length() > 0 && request.length() <= most, request + " above " + most);
            end = request.end();
        }
        for (int i = 0; i < wanted.size(); i++) {
            long at = plan.requests().get(plan.firstRequest(i)).offset();
            assertTrue(at <= wanted.get(i).offset());
            for (int r = plan.firstRequest(i); r <= plan.lastRequest(i); r++) {
                assertEquals(at, plan.requests().get(r).offset(), "gap inside a range");
                at = plan.requests().get(r).end();
            }
            assertTrue(at >= wanted.get(i).end());
        }
    }

    @Test
    void bridgesGapsOnlyUpToTheLimit() {
        long gap = REMOTE.gap();
        assertEquals(270_000, gap);
        assertEquals(
                1,
                FetchPlan.of(List.of(range(0, 10), range(10 + gap, 20 + gap)), REMOTE)
                        .requests()
                        .size());
        assertEquals(
                2,
                FetchPlan.of(List.of(range(0, 10), range(11 + gap, 20 + gap)), REMOTE)
                        .requests()
                        .size());
    }

    @Test
    void bridgesLongerGapsWhenThereAreManyRangesAndLittleIsLost() {
        List<ByteRange> large = new ArrayList<>();
        List<ByteRange> small = new ArrayList<>();
        for (long i = 0; i < 200; i++) {
            long start = i * 40_000_000;
            for (int k = 0; k < 4; k++) {
                // Groups of four: gaps of 300 kB between ranges of 1 MB, and between ranges of 10 kB.
                large.add(range(start + k * 1_300_000L, start + k * 1_300_000L + 1_000_000));
                small.add(range(start + k * 310_000L, start + k * 310_000L + 10_000));
            }
        }
        // 600 gaps of 300 kB are 22% of 800 MB, above what may be lost, so only some are bridged.
        FetchPlan some = FetchPlan.of(large, REMOTE);
        assertTrue(some.fetchedBytes() <= some.wantedBytes() * 105 / 100, some.toString());
        assertEquals(800, FetchPlan.of(small, REMOTE).requests().size());
        List<ByteRange> near = new ArrayList<>();
        for (long i = 0; i < 400; i++) {
            near.add(range(i * 30_000_000, i * 30_000_000 + 6_000_000));
            near.add(range(i * 30_000_000 + 6_280_000, i * 30_000_000 + 7_000_000));
        }
        FetchPlan bridged = FetchPlan.of(near, REMOTE);
        assertEquals(400, bridged.requests().size(), bridged.toString());
    }

    /** Ranges of {@code length} bytes, {@code apart} bytes from one start to the next. */
    private static FetchPlan spread(int count, long length, long apart) {
        List<ByteRange> ranges = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            ranges.add(new ByteRange(i * apart, length));
        }
        return FetchPlan.of(ranges, REMOTE);
    }

    @Test
    void manyRangesOfLittleFetchNoMoreThanTwentyTimesWhatIsWanted() {
        FetchPlan rows = spread(1000, 120, 111_000);
        assertEquals(1000, rows.requests().size());
        assertEquals(120_000, rows.fetchedBytes());
        // 249 gaps of 111 kB are 27.6 MB, which are 11 times the 2.5 MB wanted.
        FetchPlan longer = spread(250, 10_000, 121_000);
        assertTrue(longer.fetchedBytes() <= 20 * longer.wantedBytes(), longer.toString());
        assertTrue(longer.requests().size() <= 12, longer.toString());
        for (int count : new int[] {2, 20, 50, 200, 3000}) {
            for (long length : new long[] {100, 1000, 10_000}) {
                for (long apart : new long[] {11_000, 60_000, 200_000, 280_000}) {
                    FetchPlan plan = spread(count, length, apart);
                    long most = Math.max(20 * plan.wantedBytes(), plan.wantedBytes() + 2_160_000);
                    assertTrue(plan.fetchedBytes() <= most, plan + ", " + apart + " apart");
                }
            }
        }
    }

    @Test
    void fewRangesAreOneRequestWhateverLiesBetweenThem() {
        assertEquals(1, spread(10, 120, 111_000).requests().size());
        assertEquals(1, spread(8, 10, 270_000).requests().size());
    }

    @Test
    void ofGapsOfDifferentLengthTheShortOnesAreBridged() {
        List<ByteRange> ranges = new ArrayList<>();
        for (long i = 0; i < 400; i++) {
            // Pairs of 200 bytes that are 5 kB apart; 100 kB from one pair to the next.
            ranges.add(new ByteRange(i * 100_000, 200));
            ranges.add(new ByteRange(i * 100_000 + 5_200, 200));
        }
        FetchPlan plan = FetchPlan.of(ranges, REMOTE);
        assertEquals(400, plan.requests().size());
        assertEquals(400 * 5_400, plan.fetchedBytes());
    }

    @Test
    void aGapThatTheOptionsStateIsBridgedAlways() {
        RequestCosts stated = new RequestCosts(60_000, 90_000_000, 32, 64 << 20, OptionalLong.of(200_000));
        List<ByteRange> ranges = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            ranges.add(new ByteRange(i * 100_000, 100));
        }
        FetchPlan plan = FetchPlan.of(ranges, stated);
        // Requests of 2.7 MB, between which a gap is left out.
        assertTrue(plan.fetchedBytes() >= 28_000_000, plan.toString());
        assertTrue(plan.requests().size() <= 12, plan.toString());
    }

    @Test
    void wholeReadOfAdjacentChunksFetchesOnlyWhatIsStored() {
        List<ByteRange> chunks = new ArrayList<>();
        for (long i = 0; i < 3600; i++) {
            chunks.add(new ByteRange(i * 38_000, 38_000));
        }
        FetchPlan plan = FetchPlan.of(chunks, REMOTE);
        assertEquals(plan.wantedBytes(), plan.fetchedBytes());
        assertTrue(plan.requests().size() >= 17 && plan.requests().size() <= 40, plan.toString());
    }
}
