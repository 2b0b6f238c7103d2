// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head of a version 2 B-tree (III.A.2): numbers that go together, and how they lay out the nodes. */
final class BTree2HeaderTest {
    private static final Function<Cursor, BTree2Header> PARSER = c -> BTree2Header.parse(c, true);

    private static MessageBytes head(
            int width, int type, long nodeSize, int recordSize, int depth, long root, int rootRecords, long total) {
        return new MessageBytes(width, width)
                .text("BTHD")
                .u8(0, type)
                .u32(nodeSize)
                .u16(recordSize, depth)
                .u8(100, 40)
                .address(root)
                .u16(rootRecords)
                .length(total)
                .checksum();
    }

    @ParameterizedTest
    @CsvSource({
        "8, 10, 2048, 24, 1, 4096, 3, 90",
        "4, 5, 512, 11, 0, 4096, 7, 7",
        "2, 11, 512, 30, 2, 64, 1, 500",
        "8, 1, 34, 24, 0, 4096, 1, 1",
        "8, 10, 2048, 24, 0, -1, 0, 0",
        "8, 10, 2048, 24, 3, -1, 0, 0",
    })
    void readsItsNumbersInTheFilesWidths(
            int width, int type, int nodeSize, int recordSize, int depth, long root, int rootRecords, long total) {
        MessageBytes head = head(width, type, nodeSize, recordSize, depth, root, rootRecords, total);
        assertEquals(
                new BTree2Header(type, nodeSize, recordSize, depth, root, rootRecords, total),
                PARSER.apply(head.cursor()));
        assertEquals(head.size(), BTree2Header.size(head.origin()));
        refusesEveryPrefix(head, PARSER);
        damageEndsInATypedError(head, c -> BTree2Header.parse(c, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 2048; 24; 1; 64; 3; 90; version 2 B-tree of type 0, expected 1 to 11",
                "12; 2048; 24; 1; 64; 3; 90; version 2 B-tree of type 12, expected 1 to 11",
                "10; 33; 24; 1; 64; 3; 90; version 2 B-tree with nodes of 33 and records of 24 bytes",
                "10; 2048; 0; 1; 64; 3; 90; version 2 B-tree with nodes of 2048 and records of 0 bytes",
                "10; 4294967295; 24; 1; 64; 3; 90;"
                        + " version 2 B-tree with nodes of 4294967295 and records of 24 bytes",
                "10; 2048; 24; 65; 64; 3; 90; version 2 B-tree of depth 65 with 90 records, 3 of them in its root",
                "10; 2048; 24; 1; 64; 91; 90; version 2 B-tree of depth 1 with 90 records, 91 of them in its root",
                "10; 2048; 24; 1; 64; 3; -1; version 2 B-tree of depth 1 with -1 records, 3 of them in its root",
                // Records that no node holds are not records that are not there.
                "10; 2048; 24; 1; -1; 3; 90; version 2 B-tree of depth 1 with 90 records, 3 of them in its root",
                "10; 2048; 24; 1; 64; 0; 90; version 2 B-tree of depth 1 with 90 records, 0 of them in its root",
                "10; 2048; 24; 0; 64; 89; 90; version 2 B-tree of depth 0 with 90 records, 89 of them in its root",
            })
    void numbersThatContradictEachOtherAreMalformed(
            int type,
            long nodeSize,
            int recordSize,
            int depth,
            long root,
            int rootRecords,
            long total,
            String problem) {
        MalformedFileException failure =
                malformed(head(8, type, nodeSize, recordSize, depth, root, rootRecords, total), PARSER);
        assertEquals(problem, failure.problem());
    }

    /** Nodes of 2048 bytes with records of 24, worked out by hand in {@code MillionChunks}. */
    @ParameterizedTest
    @CsvSource({"0, 84", "1, 61", "2, 57", "3, 56"})
    void nodesOfEachLevelHaveRoomForTheirRecords(int level, int most) {
        BTree2Header header = new BTree2Header(10, 2048, 24, 3, 64, 1, 1_000_000);
        BTree2Header.Levels levels = header.levels(new Cursor.Origin("x", 8, 8));
        assertEquals(most, levels.most(level));
        assertEquals(1, levels.countWidth());
        assertEquals(new int[] {0, 2, 3, 4}[level], levels.totalWidth(level));
        MessageBytes node =
                new MessageBytes().text(level == 0 ? "BTLF" : "BTIN").u8(0, 10).zeros(2042);
        MalformedFileException failure = assertThrows(
                MalformedFileException.class,
                () -> BTree2Node.parse(node.cursor(), header, levels, level, most + 1, false));
        assertEquals(
                (level == 0 ? "version 2 B-tree leaf" : "version 2 B-tree internal node") + " with " + (most + 1)
                        + " records, room for " + most,
                failure.problem());
        assertEquals(
                most,
                BTree2Node.parse(node.cursor(), header, levels, level, most, false)
                        .records());
    }
}
