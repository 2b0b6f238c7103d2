// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Local files that change between two requests of one read: each dataset is the old one or an error, never a mixture.
 */
final class ChangingFileTest {
    private static final String GRANULE = "sample_granule";
    private static final List<String> DATASETS =
            List.of("/gt1l/heights/h_ph", "/gt1l/heights/lat_ph", "/gt1l/heights/lon_ph");
    private static final ReadOptions PIECEWISE = ReadOptions.builder()
            .firstReadBytes(4_096)
            .blockBytes(4_096)
            .gapBytes(0)
            .maxRequestBytes(8_192)
            .build();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.write(folder.resolve("x.h5"), Fixtures.bytes(GRANULE));
        // Of long ago, so that the resolution of time stamps plays no part.
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private static byte[] spoilt() {
        byte[] other = Fixtures.bytes(GRANULE);
        for (int i = 4_096; i < other.length; i++) {
            other[i] ^= 0x55;
        }
        return other;
    }

    /** What others do to the file. */
    enum Change {
        GROWS {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[50_000], StandardOpenOption.APPEND);
            }
        },
        /** As a writer of a dataset that grows does: metadata change in place, and data come at the end. */
        GROWS_AND_CHANGES {
            @Override
            void make(Path file) throws IOException {
                try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
                    writer.write(spoilt());
                    writer.write(new byte[50_000]);
                }
            }
        },
        IS_REWRITTEN {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, spoilt());
            }
        },
        IS_REPLACED {
            @Override
            void make(Path file) throws IOException {
                Path other = Files.write(file.resolveSibling("other"), spoilt());
                Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        IS_TRUNCATED {
            @Override
            void make(Path file) throws IOException {
                try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
                    writer.setLength(20_000);
                }
            }
        },
        IS_REMOVED {
            @Override
            void make(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void make(Path file) throws IOException;
    }

    /** Lets the file change before the second range of data is read. */
    private static final class ChangedMeanwhile extends ForwardingRangeReader {
        private final Path file;
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        private final Change change;

        ChangedMeanwhile(Path file, Change change) throws IOException {
            super(Storages.open(file, StorageOptions.none()));
            this.file = file;
            this.change = change;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return ranges.stream().map(this::one).toList();
        }

        private CompletableFuture<byte[]> one(ByteRange range) {
            if (left.decrementAndGet() == 0) {
                try {
                    change.make(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return delegate().read(range);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesDuringAReadIsTheOldOneOrAnError(Change change) throws Exception {
        try (ChangedMeanwhile reader = new ChangedMeanwhile(file, change);
                H5Coro open = H5Coro.open(reader, PIECEWISE)) {
            List<DatasetRequest> requests =
                    DATASETS.stream().map(DatasetRequest::of).toList();
            assertTrue(open.explain(requests).requests().size() > 3);
            reader.left.set(2);
            ReadPromise promise = open.readDatasets(requests);
            int changed = 0;
            for (String path : DATASETS) {
                try {
                    assertEquals(
                            Fixtures.expected(GRANULE).object(path).sha256(),
                            CanonicalBytes.sha256(promise.get(path), reference -> "", reference -> 0));
                } catch (ObjectChangedException e) {
                    changed++;
                }
            }
            assertTrue(changed > 0);
            assertThrows(ObjectChangedException.class, () -> open.read("/gt1l/heights/delta_time"));
        }
    }
}
