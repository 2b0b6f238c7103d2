// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.Hyperslab.Range;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Bodies that are no request are refused after work that their length bounds: what is allocated is counted. */
final class RequestReaderTest {
    private static final int MOST_SLICES = 1000;
    private static final long BYTES_BESIDE_THE_BODY = 256 << 10;
    private static final RequestReader READER = new RequestReader(MOST_SLICES);

    /** A body of which nothing is read but its name. */
    record Hostile(String name, byte[] body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Writes a body. */
    private interface Writing {
        void write(MessageBufferPacker out) throws IOException;
    }

    private static byte[] packed(Writing writing) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            writing.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] slice(Writing writing) {
        return packed(out -> {
            out.packMapHeader(2).packString("object").packString("/x").packString("slice");
            writing.write(out);
        });
    }

    private static byte[] filled(int code) {
        byte[] body = new byte[1 << 20];
        Arrays.fill(body, (byte) code);
        return body;
    }

    static List<Hostile> hostile() {
        return List.of(
                new Hostile("empty", new byte[0]),
                new Hostile("nil", new byte[] {(byte) 0xc0}),
                new Hostile("a number", new byte[] {1}),
                new Hostile("never used code", new byte[] {(byte) 0xc1}),
                new Hostile("a million nested arrays", filled(0x91)),
                new Hostile("a million nested maps", filled(0x81)),
                new Hostile("map of 2^31 - 1 keys", new byte[] {(byte) 0xdf, 127, -1, -1, -1}),
                new Hostile("map of 2^32 - 1 keys", new byte[] {(byte) 0xdf, -1, -1, -1, -1}),
                new Hostile("17 keys", packed(out -> out.packMapHeader(17))),
                new Hostile(
                        "unknown key",
                        packed(out -> out.packMapHeader(1).packString("x").packNil())),
                new Hostile("long key", packed(out -> out.packMapHeader(1).packString("x".repeat(65)))),
                new Hostile(
                        "object of 2 GiB",
                        packed(out ->
                                out.packMapHeader(1).packString("object").packRawStringHeader(Integer.MAX_VALUE))),
                new Hostile(
                        "object that is a number",
                        packed(out -> out.packMapHeader(1).packString("object").packInt(7))),
                new Hostile(
                        "NaN as a limit",
                        packed(out -> out.packMapHeader(1)
                                .packString("data_size_limit")
                                .packDouble(Double.NaN))),
                new Hostile(
                        "infinite depth",
                        packed(out ->
                                out.packMapHeader(1).packString("max_depth").packFloat(Float.POSITIVE_INFINITY))),
                new Hostile("slice that is a text", slice(out -> out.packString("0:10"))),
                new Hostile(
                        "slice of no object",
                        packed(out -> out.packMapHeader(1).packString("slice").packArrayHeader(0))),
                new Hostile("33 dimensions", slice(out -> out.packArrayHeader(33))),
                new Hostile("2^31 - 1 dimensions", slice(out -> out.packArrayHeader(Integer.MAX_VALUE))),
                new Hostile(
                        "three numbers for a dimension",
                        slice(out -> out.packArrayHeader(1)
                                .packArrayHeader(3)
                                .packInt(0)
                                .packInt(1)
                                .packInt(1))),
                new Hostile(
                        "NaN as a start",
                        slice(out -> out.packArrayHeader(1)
                                .packArrayHeader(2)
                                .packDouble(Double.NaN)
                                .packInt(1))),
                new Hostile(
                        "negative count",
                        slice(out -> out.packArrayHeader(1)
                                .packArrayHeader(2)
                                .packInt(0)
                                .packInt(-1))),
                new Hostile(
                        "end behind 2^63",
                        slice(out -> out.packArrayHeader(1)
                                .packArrayHeader(2)
                                .packLong(Long.MAX_VALUE)
                                .packLong(Long.MAX_VALUE))),
                new Hostile(
                        "a billion starts",
                        slice(out -> out.packArrayHeader(1).packArrayHeader(2).packArrayHeader(1_000_000_000))),
                new Hostile("more slices than allowed", slice(out -> {
                    out.packArrayHeader(1).packArrayHeader(2).packArrayHeader(MOST_SLICES + 1);
                    for (int i = 0; i <= MOST_SLICES; i++) {
                        out.packInt(i);
                    }
                    out.packInt(1);
                })),
                new Hostile("two starts and three counts", slice(out -> {
                    out.packArrayHeader(1)
                            .packArrayHeader(2)
                            .packArrayHeader(2)
                            .packInt(0)
                            .packInt(1);
                    out.packArrayHeader(3).packInt(1).packInt(1).packInt(1);
                })),
                new Hostile("bytes behind", packed(out -> out.packMapHeader(0).packNil())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWithinTheBoundsOfTheBody(Hostile one) {
        assertEquals(400, status(one.body())); // and loads the classes
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        status(one.body());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated > 0);
        assertTrue(allocated < BYTES_BESIDE_THE_BODY + 16L * one.body().length, () -> "allocated bytes: " + allocated);
    }

    private static int status(byte[] body) {
        return assertThrows(WireException.class, () -> READER.body(body)).status();
    }

    private static byte[] request() {
        return packed(out -> {
            out.packMapHeader(4).packString("object").packString("/a/b");
            out.packString("data_size_limit").packLong(1 << 20);
            out.packString("max_depth").packInt(5);
            out.packString("slice").packArrayHeader(2).packArrayHeader(2);
            out.packArrayHeader(2).packInt(3).packInt(9).packInt(2);
            out.packArrayHeader(2).packInt(0).packInt(3);
        });
    }

    @Test
    void refusesEveryBeginningOfARequest() {
        byte[] whole = request();
        Slices slices = READER.body(whole).slices();
        assertNotNull(slices);
        assertArrayEquals(new long[] {3, 9}, slices.starts());
        for (int length = 0; length < whole.length; length++) {
            assertEquals(400, status(Arrays.copyOf(whole, length)), "bytes: " + length);
        }
    }

    /** Every byte with every value: it is a request, or it is refused. */
    @Test
    void readsOrRefusesWhateverIsChanged() {
        byte[] whole = request();
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                refused += refuses(changed) ? 1 : 0;
            }
        }
        assertTrue(refused > 128 * whole.length / 2, "refused: " + refused);
        Random random = new Random(15);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            refuses(noise);
        }
    }

    private static boolean refuses(byte[] body) {
        try {
            READER.body(body);
            return false;
        } catch (WireException e) {
            assertEquals(400, e.status());
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN:1",
                "0:1:2",
                ":",
                "1.5",
                "-1",
                "5:3",
                "0:9223372036854775808",
                "9223372036854775807",
                "0:1,0:1;0:1,0:2",
                "0:1;",
                "1e3:2e3",
                "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"
            })
    void refusesSlicesOfAQuery(String slice) {
        Map<String, String> query = Map.of("object", "/x", "slice", slice);
        assertEquals(
                400,
                assertThrows(WireException.class, () -> READER.query(query)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "", "Infinity", "1e9", "99999999999999999999", "0x10"})
    void refusesLimitsOfAQuery(String limit) {
        for (String name : List.of("data_size_limit", "max_depth")) {
            Map<String, String> query = Map.of("object", "/x", name, limit);
            assertEquals(
                    400,
                    assertThrows(WireException.class, () -> READER.query(query)).status());
        }
    }

    /** As version 0.0.11 of the client sends {@code [5, 0:3]}: its dimension stays, and is dropped by the client. */
    @Test
    void takesASingleIndexForARangeOfOne() {
        Slices slices = READER.query(Map.of("object", "/x", "slice", "5,0:3")).slices();
        assertNotNull(slices);
        assertArrayEquals(new long[] {5}, slices.starts());
        assertArrayEquals(new long[] {1}, slices.counts());
        assertEquals(List.of(Range.of(0, 3)), slices.rest());
    }
}
