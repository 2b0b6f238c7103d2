// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.StoredChunk;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.filter.Condition;
import io.h5coro.spark.filter.RowRange;
import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.spark.option.SourceOptions.Terms;
import io.h5coro.spark.option.StorageSettings;
import io.h5coro.spark.schema.ReadColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces of files without Spark's planner: borders, room, and an early end. */
final class PieceReaderTest {
    private static final String GROUP = "/gt1l/heights/";
    private static final int ROWS = 14_755;
    private static final int GOOD = 14_755 - 1556;

    private static ReadColumn column(String name, DataType type) {
        return new ReadColumn(name, ReadColumn.Source.DATASET, GROUP + name, "", type);
    }

    private static ReadTask task(boolean filtered, int limit) {
        Terms terms = new Terms(false, true, new Opening(new StorageSettings(Map.of()), 1 << 28));
        return new ReadTask(
                List.of(column("delta_time", DataTypes.DoubleType), column("h_ph", DataTypes.FloatType)),
                filtered ? List.of(column("quality_ph", DataTypes.ByteType)) : List.of(),
                filtered ? List.of(new Condition.Comparison("quality_ph", Condition.Relation.EQUAL, 0L)) : List.of(),
                GROUP + "h_ph",
                RowRange.ALL,
                limit,
                terms);
    }

    private static List<Piece> pieces(int parts) {
        List<Piece> pieces = new ArrayList<>();
        for (int file = 0; file < 40; file++) {
            String location = "src/test/resources/granules/ATL03_%03d.h5".formatted(file);
            IntStream.range(0, parts)
                    .mapToObj(part -> new Piece(ListedFile.named(location), part, parts))
                    .forEach(pieces::add);
        }
        return pieces;
    }

    /** Rows, and that their times ascend: pieces come in order. */
    private static int rows(ReadTask task, int parts, long aheadBytes) throws IOException {
        int rows = 0;
        double last = 0;
        try (PieceReader reader = new PieceReader(task, pieces(parts), aheadBytes)) {
            while (reader.next()) {
                ColumnarBatch batch = reader.get();
                for (int row = 0; row < batch.numRows(); row++) {
                    double time = batch.column(0).getDouble(row);
                    assertTrue(time >= last, "row " + (rows + row));
                    last = time;
                }
                rows += batch.numRows();
            }
        }
        return rows;
    }

    @Test
    void anyNumberOfPiecesGivesEveryRowOnceAndInOrder() throws IOException {
        for (int parts : new int[] {1, 2, 3, 7}) {
            assertEquals(ROWS, rows(task(false, ReadTask.NO_LIMIT), parts, 1 << 20), parts + " pieces a file");
            assertEquals(GOOD, rows(task(true, ReadTask.NO_LIMIT), parts, 1 << 20), parts + " pieces a file");
        }
    }

    @Test
    void readingGetsOnWithRoomForNothing() throws IOException {
        assertEquals(ROWS, rows(task(false, ReadTask.NO_LIMIT), 1, 4));
        assertEquals(GOOD, rows(task(true, ReadTask.NO_LIMIT), 2, 4));
        assertEquals(GOOD, rows(task(true, ReadTask.NO_LIMIT), 1, 3000));
    }

    /** The rows before it are Spark's, whatever of them is still under way. */
    @Test
    void whatIsDamagedLaterIsSaidAsItIs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("damaged.h5");
        byte[] content = Files.readAllBytes(Path.of("src/test/resources/granules/ATL03_000.h5"));
        Files.write(file, content);
        try (H5Coro open = H5Coro.open(file)) {
            List<StoredChunk> chunks = open.dataset(GROUP + "quality_ph").storedChunks(Hyperslab.all());
            StoredChunk last = chunks.get(chunks.size() - 1);
            Arrays.fill(content, (int) last.address(), (int) (last.address() + last.storedBytes()), (byte) 0xff);
        }
        Files.write(file, content);
        int rows = 0;
        try (PieceReader reader = new PieceReader(
                task(true, ReadTask.NO_LIMIT), List.of(new Piece(ListedFile.named(file.toString()), 0, 1)), 3000)) {
            while (reader.next()) {
                rows += reader.get().numRows();
            }
        } catch (H5Exception failure) {
            assertTrue(failure.getMessage().contains("quality_ph"), failure.getMessage());
            assertTrue(rows > 0, rows + " rows before");
            return;
        }
        throw new AssertionError("a damaged chunk is no failure");
    }

    @Test
    void aLimitCutsTheLastBatch() throws IOException {
        assertEquals(700, rows(task(false, 700), 1, 1 << 20));
        assertEquals(1, rows(task(false, 1), 3, 1 << 20));
    }

    @Test
    void aReaderIsClosedEarly() throws IOException {
        try (PieceReader reader = new PieceReader(task(true, ReadTask.NO_LIMIT), pieces(2), 2000)) {
            assertTrue(reader.next());
        }
        assertEquals(GOOD, rows(task(true, ReadTask.NO_LIMIT), 1, 1 << 20));
    }

    @Test
    void bordersAreThoseOfChunksAndMeet() {
        for (int parts = 1; parts < 9; parts++) {
            assertEquals(0, Piece.border(558, 128, 0, parts));
            assertEquals(558, Piece.border(558, 128, parts, parts));
            for (int part = 1; part < parts; part++) {
                long border = Piece.border(558, 128, part, parts);
                assertEquals(0, border % 128);
                assertTrue(border >= Piece.border(558, 128, part - 1, parts));
            }
        }
    }
}
