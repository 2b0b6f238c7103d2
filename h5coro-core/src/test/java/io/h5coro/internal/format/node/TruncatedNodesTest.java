// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.FileBytes;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes built by hand: whole they parse, cut at any length they are malformed, damaged they never fail otherwise. */
final class TruncatedNodesTest {
    private static final Cursor.Origin ORIGIN = new Cursor.Origin("bytes", 8, 8);
    private static final long OWNER = 0x1000;

    /** A structure, and how it is parsed with and without verifying checksums. */
    private record Node(String name, byte[] bytes, Consumer<Cursor> parser, Consumer<Cursor> verifying) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Parser {
        void parse(Cursor at, boolean verify);
    }

    private static Node node(String name, FileBytes bytes, Parser parser) {
        return new Node(name, bytes.toArray(), at -> parser.parse(at, false), at -> parser.parse(at, true));
    }

    private static final BTree2Header TREE = new BTree2Header(5, 512, 11, 2, 0, 0, 0);
    private static final FractalHeapHeader HEAP = new FractalHeapHeader(
            OWNER, 7, true, 4096, -1, 4, 512, 65_536, 32, 0, 10, new byte[0], Cursor.UNDEFINED, 0);
    private static final FixedArrayHeader FIXED = new FixedArrayHeader(OWNER, 0, 8, 10, 20_000, 0);
    private static final ExtensibleArrayHeader EXTENSIBLE =
            new ExtensibleArrayHeader(OWNER, 1, 16, 32, 4, 16, 4, 10, 1_000_000, 0);

    static Stream<Node> nodes() {
        return Stream.of(
                node(
                        "BTHD",
                        new FileBytes()
                                .begin()
                                .text("BTHD")
                                .u8(0, 5)
                                .u32(512)
                                .u16(11)
                                .u16(1)
                                .u8(100, 40)
                                .u64(77)
                                .u16(3)
                                .u64(99)
                                .checksum(),
                        BTree2Header::parse),
                node("BTLF", leaf(), (at, verify) -> BTree2Node.parse(at, TREE, TREE.levels(ORIGIN), 0, 4, verify)),
                node("BTIN", internal(), (at, verify) -> BTree2Node.parse(at, TREE, TREE.levels(ORIGIN), 2, 2, verify)),
                node("FRHP", heapHeader(), (at, verify) -> FractalHeapHeader.parse(at, OWNER, verify)),
                node(
                        "FHIB",
                        new FileBytes()
                                .begin()
                                .text("FHIB")
                                .u8(0)
                                .u64(OWNER)
                                .u32(2048)
                                .zeros(8 * 8)
                                .checksum(),
                        (at, verify) -> FractalHeapIndirectBlock.parse(at, HEAP, 2, 2048, verify)),
                node(
                        "FAHD",
                        new FileBytes()
                                .begin()
                                .text("FAHD")
                                .u8(0, 0, 8, 10)
                                .u64(500, 3000)
                                .checksum(),
                        (at, verify) -> FixedArrayHeader.parse(at, OWNER, verify)),
                node(
                        "FADB",
                        new FileBytes()
                                .begin()
                                .text("FADB")
                                .u8(0, 0)
                                .u64(OWNER)
                                .u8(0xff, 0xff, 0xf0)
                                .checksum(),
                        FIXED::parsePageBits),
                node(
                        "EAHD",
                        new FileBytes()
                                .begin()
                                .text("EAHD")
                                .u8(0, 1, 16, 32, 4, 16, 4, 10)
                                .u64(1, 2, 3, 4, 1000, 6, 700)
                                .checksum(),
                        (at, verify) -> ExtensibleArrayHeader.parse(at, OWNER, verify)),
                node(
                        "EAIB",
                        new FileBytes()
                                .begin()
                                .text("EAIB")
                                .u8(0, 1)
                                .u64(OWNER)
                                .zeros(4 * 16)
                                .zeros(6 * 8)
                                .zeros(25 * 8)
                                .checksum(),
                        (at, verify) -> ExtensibleArrayBlocks.IndexBlock.parse(at, EXTENSIBLE, verify)),
                node(
                        "EASB",
                        new FileBytes()
                                .begin()
                                .text("EASB")
                                .u8(0, 1)
                                .u64(OWNER)
                                .u32(16 * 8191)
                                .zeros(64 * 1)
                                .zeros(64 * 8)
                                .checksum(),
                        (at, verify) -> ExtensibleArrayBlocks.SuperBlock.parse(at, EXTENSIBLE, 13, verify)));
    }

    private static FileBytes leaf() {
        FileBytes bytes = new FileBytes().begin().text("BTLF").u8(0, 5);
        return bytes.zeros(4 * 11).checksum();
    }

    /** A node of level 2 points with 8 bytes of address, 1 of count and 2 of total: see {@link BTree2Header}. */
    private static FileBytes internal() {
        FileBytes bytes = new FileBytes().begin().text("BTIN").u8(0, 5).zeros(2 * 11);
        for (int child = 0; child < 3; child++) {
            bytes.u64(4096L * child).u8(20).u16(900);
        }
        return bytes.checksum();
    }

    private static FileBytes heapHeader() {
        FileBytes bytes =
                new FileBytes().begin().text("FRHP").u8(0).u16(7).u16(6).u8(2).u32(4096);
        bytes.u64(0, -1, 0, -1)
                .zeros(64)
                .u16(4)
                .u64(512, 65_536)
                .u16(32)
                .u16(1)
                .u64(2000)
                .u16(3);
        return bytes.u64(300).u32(0).u8(2, 1, 1, 0, 0, 0).checksum();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void parsesWhole(Node node) {
        assertDoesNotThrow(() -> node.verifying().accept(Cursor.of(node.bytes(), ORIGIN, OWNER)));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void rejectsEveryTruncation(Node node) {
        for (int length = 0; length < node.bytes().length; length++) {
            Cursor cut = Cursor.of(Arrays.copyOf(node.bytes(), length), ORIGIN, OWNER);
            assertThrows(
                    MalformedFileException.class, () -> node.parser().accept(cut), node + " of " + length + " bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theChecksumNoticesEveryFlippedByte(Node node) {
        for (int i = 0; i < node.bytes().length; i++) {
            byte[] damaged = node.bytes().clone();
            damaged[i] ^= 0x10;
            assertThrows(
                    H5Exception.class,
                    () -> node.verifying().accept(Cursor.of(damaged, ORIGIN, OWNER)),
                    node + " damaged at " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void damageWithoutChecksumsFailsInNoOtherWay(Node node) {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = node.bytes().clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                damaged[random.nextInt(Math.min(damaged.length, 80))] = (byte) random.nextInt();
            }
            try {
                node.parser().accept(Cursor.of(damaged, ORIGIN, OWNER));
            } catch (H5Exception e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "refused " + refused);
    }
}
