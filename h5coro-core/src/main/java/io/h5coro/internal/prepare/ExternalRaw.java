// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.ExternalFileList;
import io.h5coro.internal.walk.ExternalFiles;
import io.h5coro.model.DatasetStorage;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.object.FailureCause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The values of a dataset that stand in files of raw data, one piece behind the other. What lies behind the end of such
 * a file is zeros; a file that does not exist is an error, as in libhdf5 (H5Defl.c). Confined to one task; reading
 * blocks.
 */
final class ExternalRaw {
    private final SourceFile file;
    private final Where where;
    private final PaddedRuns runs;

    private ExternalRaw(SourceFile file, Where where, PaddedRuns runs) {
        this.file = file;
        this.where = where;
        this.runs = runs;
    }

    /** Opens the files of a list. */
    static ExternalRaw open(SourceFile file, Where where, ExternalFileList files) {
        List<PaddedRuns.Run> runs = new ArrayList<>();
        long total = 0;
        for (DatasetStorage.Piece piece : ExternalFiles.pieces(file.space(), files)) {
            long room = Long.MAX_VALUE - Math.max(total, piece.offset());
            long size = piece.size() < 0 ? room : piece.size();
            if (piece.offset() < 0 || size > room) {
                throw new MalformedFileException(
                        where, "external file " + piece.file() + " with " + size + " bytes at " + piece.offset());
            }
            RangeReader reader = file.named()
                    .raw(piece.file())
                    .orElseThrow(() ->
                            new NotFoundException(where, "the file of raw data " + piece.file() + " does not exist"));
            runs.add(new PaddedRuns.Run(reader, piece.offset(), size));
            total += size;
        }
        return new ExternalRaw(file, where, new PaddedRuns(runs));
    }

    /**
     * Checks that the files are to hold the first {@code end} bytes.
     *
     * @param end exclusive, in bytes of the dataset; negative when it overflowed
     * @throws MalformedFileException when they hold less
     */
    void check(long end) {
        if (end < 0 || end > runs.size()) {
            throw new MalformedFileException(
                    where, end + " bytes are wanted of external files that hold " + runs.size());
        }
    }

    /**
     * Reads what pieces want, all together.
     *
     * @return pieces of bytes that are here; none at all when nothing is read
     */
    List<Piece> read(List<PlainPiece> pieces, SourceReads sources) {
        List<ByteRange> ranges = pieces.stream().map(PlainPiece::range).toList();
        List<CompletableFuture<byte[]>> answers = sources.raw(file, runs, ranges);
        List<Piece> here = new ArrayList<>(pieces.size());
        for (int i = 0; i < answers.size(); i++) {
            byte[] bytes = await(answers.get(i));
            for (PlainPiece.Part part : pieces.get(i).parts()) {
                here.add(new DatasetPreparation.StoredValues(bytes, part.offset(), part.copy()));
            }
        }
        return here;
    }

    private byte[] await(CompletableFuture<byte[]> answer) {
        try {
            return Deadline.currentOr(file.options().deadline()).await(answer, where);
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(Exception e) {
        if (StorageFailures.says(e, StorageException.Kind.NOT_FOUND)) {
            String text = FailureCause.of(e).getMessage();
            return new NotFoundException(where, "a file of raw data does not exist: " + text, e);
        }
        return StorageFailures.translate(where.source(), Where.NO_ADDRESS, e);
    }
}
