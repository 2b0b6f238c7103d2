// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of a channel keeps the contract; a channel of a reader does what the JDK's do. */
final class RangeReadersTest extends RangeReaderContract {
    private static final int BLOCK = 256 << 10;

    @Override
    protected RangeReader open(byte[] content) {
        return RangeReaders.of("channel", new SeekableInMemoryByteChannel(content.clone()));
    }

    private static CountingRangeReader counting(byte[] content) {
        return new CountingRangeReader(MemoryRangeReader.of("memory", content));
    }

    @Test
    void anHdf5FileIsReadFromAChannelAndFromAStream() throws IOException {
        Path granule = Fixtures.path("sample_granule");
        try (InputStream stream = Files.newInputStream(granule)) {
            for (RangeReader reader : List.of(
                    RangeReaders.of("nio", Files.newByteChannel(granule)),
                    RangeReaders.of("ours", RangeReaders.channel(counting(Files.readAllBytes(granule)))),
                    RangeReaders.of("stream", stream, 10 << 20))) {
                try (reader;
                        H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
                    assertEquals(7000, file.read("/gt1l/heights/h_ph").length());
                    assertEquals(1811.2f, file.read("/gt1l/heights/h_ph").get(0));
                }
            }
        }
    }

    @Test
    void behindEveryEndIsTheEnd() throws IOException {
        CountingRangeReader reader = counting(new byte[] {1, 2});
        try (SeekableByteChannel channel = RangeReaders.channel(reader)) {
            channel.position(Long.MAX_VALUE);
            assertEquals(2, channel.size());
            assertEquals(-1, channel.read(ByteBuffer.allocate(4)));
            assertEquals(Long.MAX_VALUE, channel.position());
        }
    }

    private static byte[] zip(byte[]... contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            for (int i = 0; i < contents.length; i++) {
                zip.putNextEntry(new ZipEntry("entry " + i));
                zip.write(contents[i]);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** An archive of 6 MB, of which one entry is read: its directory and that entry are fetched. */
    @Test
    void otherReadersReadOurStorages() throws IOException {
        byte[] large = noise(3 << 20, 1);
        byte[] small = noise(1000, 2);
        CountingRangeReader reader = counting(zip(large, small, large));
        try (SeekableByteChannel channel = RangeReaders.channel(reader);
                ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            ZipArchiveEntry entry = zip.getEntry("entry 1");
            try (InputStream stream = zip.getInputStream(entry)) {
                assertArrayEquals(small, stream.readAllBytes());
            }
        }
        assertTrue(reader.requests() >= 2 && reader.requests() <= 6, "requests: " + reader.requests());
        assertTrue(reader.bytes() <= 6L * BLOCK, "bytes: " + reader.bytes());
        assertTrue(reader.isClosed());
    }

    @Test
    void streamsAreReadAheadSeveralBlocksAtOnce() throws IOException {
        byte[] large = noise(5 << 20, 3);
        CountingRangeReader reader = counting(zip(large));
        CRC32 sum = new CRC32();
        try (ZipInputStream zip = new ZipInputStream(RangeReaders.stream(reader))) {
            zip.getNextEntry();
            sum.update(zip.readAllBytes());
        }
        CRC32 expected = new CRC32();
        expected.update(large);
        assertEquals(expected.getValue(), sum.getValue());
        assertTrue(reader.maxInFlight() > 4 && reader.maxInFlight() <= 8, "at once: " + reader.maxInFlight());
        assertTrue(reader.calls() < 10, "calls: " + reader.calls());
        assertTrue(reader.bytes() < large.length + BLOCK, "no byte twice");
    }

    @Test
    void randomReadsGiveTheBytesThatAreThere() throws IOException {
        byte[] content = noise(7 * BLOCK + 123, 4);
        Random random = new Random(5);
        CountingRangeReader reader = counting(content);
        try (SeekableByteChannel channel = RangeReaders.channel(reader)) {
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(content.length);
                ByteBuffer into = ByteBuffer.allocate(random.nextInt(2 * BLOCK));
                int count = channel.position(from).read(into);
                int expected = Math.min(into.capacity(), content.length - from);
                assertEquals(expected, count);
                assertArrayEquals(
                        Arrays.copyOfRange(content, from, from + expected), Arrays.copyOf(into.array(), expected));
                assertEquals(from + expected, channel.position());
            }
            assertEquals(content.length, channel.size());
        }
        assertEquals(8, reader.requests(), "all blocks are kept");
    }

    @Test
    void aChannelDoesWhatItsInterfaceSays() throws IOException {
        SeekableByteChannel channel = RangeReaders.channel(counting(noise(10, 6)));
        assertEquals(10, channel.size());
        assertEquals(-1, channel.position(10).read(ByteBuffer.allocate(1)));
        assertEquals(-1, channel.position(1L << 40).read(ByteBuffer.allocate(1)));
        assertEquals(0, channel.read(ByteBuffer.allocate(0)));
        assertThrows(IllegalArgumentException.class, () -> channel.position(-1));
        assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
        assertThrows(NonWritableChannelException.class, () -> channel.truncate(1));
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, channel::size);
        assertThrows(ClosedChannelException.class, channel::position);
        try (SeekableByteChannel empty = RangeReaders.channel(counting(new byte[0]))) {
            assertEquals(0, empty.size());
            assertEquals(-1, empty.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void aFailedBlockIsAskedForAgain() throws IOException {
        RangeReader failsOnce = new ForwardingRangeReader(MemoryRangeReader.of("memory", noise(10, 7))) {
            private boolean failed;

            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                if (!failed) {
                    failed = true;
                    return List.of(CompletableFuture.failedFuture(new StorageException(Kind.UNAVAILABLE, "later")));
                }
                return super.read(ranges);
            }
        };
        try (SeekableByteChannel channel = RangeReaders.channel(failsOnce)) {
            StorageException e = assertThrows(StorageException.class, () -> channel.read(ByteBuffer.allocate(10)));
            assertEquals(Kind.UNAVAILABLE, e.kind());
            assertEquals(10, channel.read(ByteBuffer.allocate(10)));
        }
    }

    @Test
    void aReadThatIsInterruptedEnds() throws IOException {
        RangeReader never = new ForwardingRangeReader(MemoryRangeReader.of("memory", noise(10, 8))) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                return List.of(new CompletableFuture<>());
            }
        };
        try (SeekableByteChannel channel = RangeReaders.channel(never)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> channel.read(ByteBuffer.allocate(10)));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aStreamThatIsTooLongIsRefused() throws IOException {
        byte[] content = noise(10, 9);
        assertEquals(
                10,
                RangeReaders.of("ten", new ByteArrayInputStream(content), 10)
                        .read(new ByteRange(0, 20))
                        .join()
                        .length);
        StorageException e = assertThrows(
                StorageException.class, () -> RangeReaders.of("ten", new ByteArrayInputStream(content), 9));
        assertEquals(Kind.UNSUPPORTED, e.kind());
    }

    @Test
    void anotherSizeIsAnotherVersion(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("file"), noise(10, 10));
        try (RangeReader reader = RangeReaders.of("file", Files.newByteChannel(path))) {
            assertEquals(10, get(reader.read(new ByteRange(0, 20))).length);
            Files.write(path, noise(12, 11));
            failure(Kind.CHANGED, reader.read(new ByteRange(0, 20)));
        }
    }

    @Test
    void closingTheReaderClosesTheChannel() throws Exception {
        SeekableByteChannel channel = new SeekableInMemoryByteChannel(noise(10, 12));
        RangeReader reader = RangeReaders.of("channel", channel);
        assertEquals(10, get(reader.read(new ByteRange(0, 10))).length);
        reader.close();
        assertFalse(channel.isOpen());
        assertInstanceOf(StorageException.class, failure(Kind.CLOSED, reader.read(new ByteRange(0, 1))));
    }
}
