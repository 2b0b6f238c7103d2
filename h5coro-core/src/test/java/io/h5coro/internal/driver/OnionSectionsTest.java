// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.Fletcher32;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections of an onion whose checksums are right and whose numbers are not, and texts of subfiling. */
final class OnionSectionsTest {
    private static final int HEADER = 40;
    private static final byte[] ORIGINAL = new byte[100];

    private final Map<String, byte[]> objects = new HashMap<>();

    /** The numbers of an onion of one revision; each test changes one. */
    private static final class Form {
        long pageSize = 16;
        long originalSize = ORIGINAL.length;
        long historyLength = -1;
        long count = 1;
        long recordLength = -1;
        long size = 120;
        long recordPageSize = 16;
        long pages = 2;
        long comment = 3;
        long[] places = {16, 1000, 96, 1016};
        int version = 1;
    }

    private static MessageBytes summed(MessageBytes section) {
        byte[] bytes = section.toArray();
        return section.u32(Fletcher32.checksum(bytes, 0, bytes.length));
    }

    private void onion(Form form) {
        MessageBytes record = new MessageBytes()
                .text("ORRS")
                .u8(form.version, 0, 0, 0)
                .u64(1, 0)
                .zeros(16);
        record.u64(form.size).u32(form.recordPageSize).u64(form.pages).u32(form.comment);
        for (int i = 0; i < form.places.length; i += 2) {
            record.u64(form.places[i], form.places[i + 1]).u32(0);
        }
        summed(record.text("abc"));
        MessageBytes history = new MessageBytes().text("OWHS").u8(1, 0, 0, 0).u64(form.count);
        long recordLength = form.recordLength < 0 ? record.size() : form.recordLength;
        summed(history.u64(HEADER, recordLength).u32(0));
        MessageBytes file = new MessageBytes().text("OHDH").u8(1, 0, 0, 0).u32(form.pageSize);
        file.u64(form.originalSize).u64(HEADER + record.size());
        summed(file.u64(form.historyLength < 0 ? history.size() : form.historyLength));
        file.add(record).add(history);
        byte[] all = Arrays.copyOf(file.toArray(), 1032);
        for (int i = 1000; i < 1032; i++) {
            all[i] = (byte) i;
        }
        objects.put("o.h5", ORIGINAL);
        objects.put("o.h5.onion", all);
    }

    private MountedFile open(ReadOptions.Builder options, FileDriver driver) {
        return FileDrivers.open("o.h5", "shown", options.fileDriver(driver).build(), location -> {
            byte[] content = objects.get(location);
            if (content == null) {
                throw new StorageException(StorageException.Kind.NOT_FOUND, location + ": does not exist");
            }
            return MemoryRangeReader.of(location, content);
        });
    }

    private MountedFile open(UnaryOperator<Form> change) {
        onion(change.apply(new Form()));
        return open(ReadOptions.builder(), new FileDriver.Onion(1));
    }

    private <E extends H5Exception> void refuses(Class<E> type, String problem, UnaryOperator<Form> change) {
        E failure = assertThrows(type, () -> open(change));
        assertEquals(problem, failure.problem());
        assertEquals("o.h5.onion", failure.where().source());
    }

    @Test
    void aRevisionHasItsPagesTheOriginalAndZeros() throws Exception {
        for (int i = 0; i < ORIGINAL.length; i++) {
            ORIGINAL[i] = (byte) (i + 1);
        }
        MountedFile file = open(form -> form);
        assertEquals(OptionalLong.of(120), file.reader().size());
        byte[] expected = Arrays.copyOf(ORIGINAL, 120);
        for (int i = 0; i < 16; i++) {
            expected[16 + i] = (byte) (1000 + i);
            expected[96 + i] = (byte) (1016 + i);
        }
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(120);
            int to = from + random.nextInt(140 - from);
            assertArrayEquals(
                    Arrays.copyOfRange(expected, from, Math.min(to, 120)),
                    file.reader().read(new ByteRange(from, to - from)).get());
        }
    }

    @Test
    void numbersThatCannotBeAreMalformed() {
        Class<MalformedFileException> malformed = MalformedFileException.class;
        refuses(malformed, "history of -1 revisions", form -> {
            form.count = -1;
            return form;
        });
        refuses(malformed, "history of 2 revisions", form -> {
            form.count = 2;
            return form;
        });
        refuses(malformed, "pages of 32 bytes, revision 1 has 16", form -> {
            form.pageSize = 32;
            return form;
        });
        refuses(malformed, "pages of 16 bytes, revision 1 has 16", form -> {
            form.originalSize = -1;
            return form;
        });
        refuses(malformed, "record of revision 1 of -1 bytes in pages of 16", form -> {
            form.size = -1;
            return form;
        });
        for (long pageSize : new long[] {0, 3, 24, 0xffff_ffffL}) {
            refuses(malformed, "record of revision 1 of 120 bytes in pages of " + pageSize, form -> {
                form.recordPageSize = pageSize;
                return form;
            });
        }
        for (long pages : new long[] {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE}) {
            refuses(malformed, "record of " + pages + " pages and a comment of 3 bytes", form -> {
                form.pages = pages;
                return form;
            });
        }
        refuses(malformed, "record of 2 pages and a comment of 4294967295 bytes", form -> {
            form.comment = 0xffff_ffffL;
            return form;
        });
    }

    @ParameterizedTest
    @CsvSource({"-16, 1000", "8, 1000", "16, -1", "16, 9223372036854775807", "16, 9223372036854775792"})
    void pagesThatLieNowhereAreMalformed(long address, long place) {
        refuses(MalformedFileException.class, "page " + address + " at " + place, form -> {
            form.places[0] = address;
            form.places[1] = place;
            return form;
        });
    }

    @Test
    void sectionsThatCannotBeReadAreLimits() {
        refuses(LimitExceededException.class, "OWHS of 19 bytes at 151", form -> {
            form.historyLength = 19;
            return form;
        });
        refuses(LimitExceededException.class, "ORRS of 0 bytes at 40", form -> {
            form.recordLength = 0;
            return form;
        });
        refuses(LimitExceededException.class, "ORRS of 9223372036854775807 bytes at 40", form -> {
            form.recordLength = Long.MAX_VALUE;
            return form;
        });
        onion(new Form());
        LimitExceededException budget = assertThrows(
                LimitExceededException.class,
                () -> open(ReadOptions.builder().metadataBudgetBytes(100), new FileDriver.Onion(1)));
        assertEquals("ORRS of 111 bytes at 40", budget.problem());
    }

    @Test
    void anotherVersionIsNotSupported() {
        refuses(UnsupportedFeatureException.class, "onion section ORRS version 2 (known: 1) is not supported", form -> {
            form.version = 2;
            return form;
        });
    }

    @Test
    void anOnionWithoutRevisionsIsTheOriginal() throws Exception {
        onion(new Form());
        Form none = new Form();
        none.count = 0;
        onion(none);
        MountedFile latest = open(ReadOptions.builder(), new FileDriver.Onion(FileDriver.Onion.LATEST));
        assertArrayEquals(ORIGINAL, latest.reader().read(new ByteRange(0, 999)).get());
        NotFoundException failure =
                assertThrows(NotFoundException.class, () -> open(ReadOptions.builder(), new FileDriver.Onion(1)));
        assertEquals("has no revision 1, the last one is 0", failure.problem());
    }

    @Test
    void checksumsAreNotComparedWhereTheyAreNotWanted() {
        onion(new Form());
        objects.get("o.h5.onion")[36] ^= 1;
        MalformedFileException failure =
                assertThrows(MalformedFileException.class, () -> open(ReadOptions.builder(), new FileDriver.Onion(1)));
        assertEquals("OHDH whose checksum is wrong", failure.problem());
        MountedFile file = open(ReadOptions.builder().verifyChecksums(false), new FileDriver.Onion(1));
        assertEquals(OptionalLong.of(120), file.reader().size());
    }

    private void subfiles(String config, int... sizes) {
        objects.put("o.h5.subfile.config", config.getBytes(StandardCharsets.US_ASCII));
        for (int k = 0; k < sizes.length; k++) {
            byte[] content = new byte[sizes[k]];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (100 * k + i / 64);
            }
            objects.put("o.h5.subfile_" + (k + 1) + "_of_" + sizes.length, content);
        }
    }

    private MountedFile subfiling() {
        return open(ReadOptions.builder(), new FileDriver.Subfiling(OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stripe_size=63\nsubfile_count=2",
                "stripe_size=0\nsubfile_count=2",
                "stripe_size=64\nsubfile_count=0",
                "stripe_size=64\nsubfile_count=65537",
                "stripe_size=64\nsubfile_count=999999999999999999",
            })
    void stripesHaveALengthAndSubfilesANumber(String config) {
        subfiles(config, 64, 64);
        MalformedFileException failure = assertThrows(MalformedFileException.class, this::subfiling);
        assertTrue(failure.problem().contains(" subfiles with stripes of "), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stripe_size=64",
                "subfile_count=2",
                "stripe_size=\nsubfile_count=2",
                "stripe_size=-64",
                // Numbers of more than 18 digits are not their first ones.
                "stripe_size=64\nsubfile_count=2000000000000000000",
                "stripe_size=6400000000000000000\nsubfile_count=2"
            })
    void aConfigurationHasBothNumbers(String config) {
        subfiles(config, 64, 64);
        MalformedFileException failure = assertThrows(MalformedFileException.class, this::subfiling);
        assertTrue(failure.problem().startsWith("subfiling configuration without a number for "), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1", "64, 0, 64", "64, 1, 65", "64, 64, 128", "128, 64, 192", "100, 64, 164"})
    void theFileEndsBehindTheLastByteOfAnySubfile(int first, int second, int size) throws Exception {
        subfiles("stripe_size=64\nsubfile_count=2\n", first, second);
        MountedFile file = subfiling();
        assertEquals(OptionalLong.of(size), file.reader().size());
        byte[] whole = file.reader().read(new ByteRange(0, 999)).get();
        assertEquals(size, whole.length);
        for (int i = 0; i < size; i++) {
            int stripe = i / 64;
            int subfile = stripe % 2;
            int length = subfile == 0 ? first : second;
            assertTrue(stripe / 2 * 64 + i % 64 < length);
            assertEquals((byte) (100 * subfile + stripe / 2), whole[i], "byte " + i);
        }
    }

    /** Which may be a hole or a loss; the last byte of another subfile says that there is something. */
    @ParameterizedTest
    @CsvSource({"64, 65, 193", "0, 64, 128", "128, 256, 512"})
    void aSubfileThatEndsBeforeTheOthersIsTruncated(int first, int second, int size) throws Exception {
        subfiles("stripe_size=64\nsubfile_count=2\n", first, second);
        MountedFile file = subfiling();
        assertEquals(OptionalLong.of(size), file.reader().size());
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> file.reader().read(new ByteRange(0, size)).get());
        assertTrue(failure.getCause().getMessage().startsWith("o.h5.subfile_1_of_2: is truncated: "));
    }
}
