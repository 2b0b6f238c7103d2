// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.Directory;
import io.h5coro.serve.internal.root.Place;
import io.h5coro.serve.internal.root.ServedFile;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with files as they are, or one range of them. Thread-safe. */
final class FileAnswers {
    private static final int PART_BYTES = 1 << 20;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Service service;

    FileAnswers(Service service) {
        this.service = service;
    }

    @SuppressWarnings("try") // a place to read is held while the answer is made
    void answer(Place place, @Nullable String range, Answer answer) throws IOException, StorageException {
        Object found = service.roots().find(place);
        if (found instanceof Directory) {
            throw new WireException(501, "directories are not sent as archives");
        }
        ServedFile file = (ServedFile) found;
        answer.type(file.mediaType());
        answer.header("Accept-Ranges", "bytes");
        answer.header("Content-Disposition", "attachment");
        ByteRange wanted = range(range, file.bytes(), answer);
        answer.header("Content-Length", Long.toString(wanted.length()));
        if (!answer.hasBody()) {
            return;
        }
        try (Turns.Turn turn = service.turn(answer);
                RangeReader reader = Storages.open(file.location(), service.storage())) {
            send(reader, wanted, file.bytes(), answer);
        }
    }

    /** Sends a range of a file whose size was stated before: it is refused when it has another one by now. */
    private static void send(RangeReader reader, ByteRange wanted, long size, Answer answer)
            throws IOException, StorageException {
        long end = wanted.end();
        for (long at = wanted.offset(); at < end; at += PART_BYTES) {
            int length = (int) Math.min(PART_BYTES, end - at);
            byte[] part = read(reader, at, length);
            if (part.length < length || reader.size().orElse(size) != size) {
                throw new StorageException(StorageException.Kind.CHANGED, "the file has another size than it had");
            }
            answer.write(part, 0, length);
        }
    }

    private static byte[] read(RangeReader reader, long offset, int length) throws StorageException {
        try {
            return reader.read(new ByteRange(offset, length)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The range that is asked for; a header that is no single range of bytes asks for the whole file. */
    private static ByteRange range(@Nullable String header, long size, Answer answer) {
        Matcher range = RANGE.matcher(header == null ? "" : header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new ByteRange(0, size);
        }
        long start;
        long stop = size;
        if (range.group(1).isEmpty()) {
            start = Math.max(0, size - Long.parseLong(range.group(2)));
        } else {
            start = Long.parseLong(range.group(1));
            if (!range.group(2).isEmpty()) {
                stop = Math.min(size, Long.parseLong(range.group(2)) + 1);
            }
        }
        if (start >= stop) {
            throw new WireException(416, "the file has " + size + " bytes");
        }
        answer.status(206);
        answer.header("Content-Range", "bytes " + start + "-" + (stop - 1) + "/" + size);
        return new ByteRange(start, stop - start);
    }
}
