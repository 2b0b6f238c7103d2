// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.internal.engine.MemoryFile;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One member of compound elements. */
final class FieldsTest {
    private static final int ROWS = 100_000;
    private static final int RECORD = 28;

    /** Records of a double at 0, four bytes of text at 8 and whole numbers at 12 and, big-endian, at 20. */
    private static MemoryFile.Open table() {
        ByteBuffer bytes = ByteBuffer.allocate(ROWS * RECORD).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            bytes.putDouble(i * RECORD, i / 2.0);
            bytes.put(i * RECORD + 8, new byte[] {'r', (byte) ('0' + i % 10), 'x', 'y'});
            bytes.putInt(i * RECORD + 12, -i);
            bytes.putInt(i * RECORD + 20, Integer.reverseBytes(3 * i));
        }
        CompoundType type = new CompoundType(
                RECORD,
                List.of(
                        new CompoundType.Member("time", 0, FloatType.ieee(8, Order.LITTLE_ENDIAN)),
                        new CompoundType.Member(
                                "name",
                                8,
                                new StringType(
                                        4, false, StringType.Padding.NULL_PADDED, StringType.CharacterSet.ASCII)),
                        new CompoundType.Member("down", 12, IntegerType.of(4, Order.LITTLE_ENDIAN, true)),
                        new CompoundType.Member("triple", 20, IntegerType.of(4, Order.BIG_ENDIAN, true))));
        MemoryFile file = new MemoryFile();
        file.contiguous("/table", type, Shape.of(ROWS), file.append(bytes.array()));
        return file.open(ReadOptions.defaults());
    }

    private static H5Array read(MemoryFile.Open open, DatasetRequest request) throws Exception {
        return Objects.requireNonNull(open.start(List.of(request)).future(request.name()))
                .get();
    }

    @Test
    void areReadWithoutTheOtherMembers() throws Exception {
        try (MemoryFile.Open open = table()) {
            DatasetRequest table = DatasetRequest.of("/table");
            double[] time = assertInstanceOf(DoubleArray.class, read(open, table.ofField("time")))
                    .values();
            int[] triple = assertInstanceOf(IntArray.class, read(open, table.ofField("triple")))
                    .values();
            StringArray names = assertInstanceOf(StringArray.class, read(open, table.ofField("name")));
            assertEquals(ROWS, time.length);
            for (int i = 0; i < ROWS; i++) {
                assertEquals(i / 2.0, time[i]);
                assertEquals(3 * i, triple[i]);
            }
            assertEquals("r7xy", names.getString(57));
            int[] part = assertInstanceOf(
                            IntArray.class,
                            read(
                                    open,
                                    DatasetRequest.of("/table", Hyperslab.parse("[90:100:3]"), Hyperslab.parse("[7:9]"))
                                            .ofField("down")))
                    .values();
            assertArrayEquals(new int[] {-90, -93, -96, -99, -7, -8}, part);
        }
    }

    /** A number at byte 5,000 of each of 300 records of 10,000 bytes, which are further apart than a gap is long. */
    @Test
    void ofLongRecordsOnlyTheBytesOfTheMemberAreFetched() throws Exception {
        int rows = 300;
        int record = 10_000;
        ByteBuffer bytes = ByteBuffer.allocate(rows * record).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++) {
            bytes.putInt(i * record + 5_000, 7 * i);
        }
        CompoundType type = new CompoundType(
                record, List.of(new CompoundType.Member("n", 5_000, IntegerType.of(4, Order.LITTLE_ENDIAN, true))));
        MemoryFile file = new MemoryFile();
        file.contiguous("/table", type, Shape.of(rows), file.append(bytes.array()));
        file.chunked("/chunks", type, Shape.of(rows), new long[] {100});
        int chunk = 100 * record;
        for (int i = 0; i < 3; i++) {
            file.chunk("/chunks", Arrays.copyOfRange(bytes.array(), i * chunk, (i + 1) * chunk), 0, i);
        }
        for (String path : List.of("/table", "/chunks")) {
            for (int step : List.of(1, 7)) {
                try (MemoryFile.Open open = file.open(ReadOptions.defaults())) {
                    DatasetRequest request = DatasetRequest.of(path, Hyperslab.parse("[0:300:" + step + "]"));
                    int[] n = assertInstanceOf(IntArray.class, read(open, request.ofField("n")))
                            .values();
                    assertEquals((rows + step - 1) / step, n.length);
                    for (int i = 0; i < n.length; i++) {
                        assertEquals(7 * step * i, n[i]);
                    }
                    assertEquals(4L * n.length, open.counting().bytes(), path + " by " + step);
                }
            }
        }
    }

    @Test
    void thatThereAreNotAreRefused() {
        try (MemoryFile.Open open = table()) {
            assertThrows(
                    NotFoundException.class,
                    () -> unwrapped(open, DatasetRequest.of("/table").ofField("tim")));
        }
        MemoryFile file = new MemoryFile();
        file.contiguous("/x", IntegerType.of(1, Order.LITTLE_ENDIAN, true), Shape.of(3), file.append(new byte[3]));
        try (MemoryFile.Open open = file.open(ReadOptions.defaults())) {
            SelectionException e = assertThrows(
                    SelectionException.class,
                    () -> unwrapped(open, DatasetRequest.of("/x").ofField("time")));
            assertTrue(e.getMessage().contains("'time'"), e.getMessage());
        }
    }

    private static void unwrapped(MemoryFile.Open open, DatasetRequest request) throws Throwable {
        try {
            H5Array unused = read(open, request);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }

    /** Of all fixtures: the members of what libhdf5 has confirmed as a whole. */
    @Test
    void ofAllFixturesAreTheMembersOfTheirRecords() {
        List<String> compared = new ArrayList<>();
        for (String name : Fixtures.all()) {
            try (H5Coro file = H5Coro.open(MemoryRangeReader.of(name, Fixtures.bytes(name)), ReadOptions.defaults())) {
                file.walk("/", Integer.MAX_VALUE).forEach(member -> {
                    if (member.object().orElse(null) instanceof Dataset dataset
                            && type(dataset) instanceof CompoundType type) {
                        compare(file, dataset, type, name + ":" + member.path(), compared);
                    }
                });
            } catch (H5Exception notForNow) {
                // Files that are refused, or need others.
            }
        }
        assertTrue(compared.size() > 50, compared.toString());
    }

    private static ElementType type(Dataset dataset) {
        try {
            return dataset.type();
        } catch (H5Exception refused) {
            return IntegerType.of(1, Order.LITTLE_ENDIAN, true);
        }
    }

    private static void compare(H5Coro file, Dataset dataset, CompoundType type, String what, List<String> compared) {
        H5Array whole;
        try {
            whole = dataset.read();
        } catch (H5Exception refused) {
            return;
        }
        for (CompoundType.Member member : type.members()) {
            H5Array field = file.read(dataset.request().ofField(member.name()));
            H5Array expected = whole.field(member.name());
            assertEquals(expected.shape(), field.shape(), what);
            assertEquals(PublicCalls.text(expected), PublicCalls.text(field), what + "." + member.name());
            compared.add(what + "." + member.name());
        }
    }
}
