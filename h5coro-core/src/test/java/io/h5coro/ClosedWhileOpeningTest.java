// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file that is closed while one that it names is being opened: that one is closed, too, whenever that happens. */
@Timeout(60)
final class ClosedWhileOpeningTest {
    private static final Path FOLDER = Fixtures.path("virtual_v110").getParent();

    /** Questions that each of the files is asked at the least. */
    private static final int MOMENTS = 8;

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The moment at which another file has been asked so many questions: the main file is closed before the answer. */
    private static final class Moment {
        private final int questions;
        private final List<Source> sources = new CopyOnWriteArrayList<>();
        private final AtomicBoolean closing = new AtomicBoolean();
        private final H5Coro main;

        Moment(int questions) {
            this.questions = questions;
            this.main = H5Coro.open(
                    MemoryRangeReader.of("main", bytes("virtual_v110.h5")), ReadOptions.defaults(), this::source);
        }

        private Optional<RangeReader> source(String name) {
            if (!Files.exists(FOLDER.resolve(name))) {
                return Optional.empty();
            }
            Source source = new Source(MemoryRangeReader.of(name, bytes(name)), this);
            sources.add(source);
            return Optional.of(source);
        }

        /** Closes it on another thread: this one may have the turn to open a file. */
        void close() {
            if (closing.compareAndSet(false, true)) {
                Thread closer = new Thread(main::close);
                closer.start();
                try {
                    closer.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Reads, and closes what is open still. */
        void pass() throws InterruptedException {
            main.readDatasets(List.of(DatasetRequest.of("/stacked"))).await();
            assertTrue(closing.get(), "the sources were asked fewer than " + questions + " questions");
            assertTrue(!sources.isEmpty(), "no source");
            for (Source source : sources) {
                // The read has ended; whoever opens the file may not have.
                Eventually.holds(() -> source.closings.get() > 0);
            }
        }
    }

    /** A file that the main one names. */
    private static final class Source extends ForwardingRangeReader {
        private final Moment moment;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger closings = new AtomicInteger();

        Source(RangeReader reader, Moment moment) {
            super(reader);
            this.moment = moment;
        }

        private void asked() {
            if (asked.incrementAndGet() == moment.questions) {
                moment.close();
            }
        }

        @Override
        public Optional<String> identity() {
            asked();
            return super.identity();
        }

        @Override
        public Optional<String> strongVersion() {
            asked();
            return super.strongVersion();
        }

        @Override
        public OptionalLong size() {
            asked();
            return super.size();
        }

        @Override
        public void close() {
            closings.incrementAndGet();
            super.close();
        }
    }

    @Test
    void whatItNamesIsClosedWhateverItIsAskedAtThatMoment() throws InterruptedException {
        for (int questions = 1; questions <= MOMENTS; questions++) {
            new Moment(questions).pass();
        }
    }
}
