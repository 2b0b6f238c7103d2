// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.DatasetStorage;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How long the files of raw data of a dataset are; blocks on one byte of each. Confined to one task. */
public final class RawFileSizes {
    private final SourceFile file;
    private final Where where;

    private RawFileSizes(SourceFile file, Where where) {
        this.file = file;
        this.where = where;
    }

    /**
     * Asks for one byte of each file, all together, which tells its size.
     *
     * @return bytes of the files by their names
     * @throws UnsupportedFeatureException when the dataset has no such files
     * @throws NotFoundException when one does not exist
     */
    public static Map<String, Long> of(SourceFile file, DatasetDescriptor dataset) {
        Where where = Where.object(file.source(), dataset.path());
        if (!(dataset.layout() instanceof Layout.External external)) {
            throw new UnsupportedFeatureException(where, "files of raw data of a dataset that has none");
        }
        return new RawFileSizes(file, where).of(file.descriptors().externalPieces(external.files()));
    }

    private record Asked(String name, RangeReader reader, CompletableFuture<byte[]> answer) {}

    private Map<String, Long> of(List<DatasetStorage.Piece> pieces) {
        List<Asked> asked = new ArrayList<>();
        for (String name :
                pieces.stream().map(DatasetStorage.Piece::file).distinct().toList()) {
            RangeReader reader = file.named().raw(name).orElseThrow(() -> missing(name));
            asked.add(new Asked(name, reader, reader.read(new ByteRange(0, 1))));
        }
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Asked one : asked) {
            await(one);
            sizes.put(one.name(), one.reader().size().orElse(Long.MAX_VALUE));
        }
        return sizes;
    }

    private void await(Asked one) {
        try {
            byte[] unused = Deadline.currentOr(file.options().deadline()).await(one.answer(), where);
        } catch (ExecutionException | CancellationException e) {
            throw StorageFailures.says(e, StorageException.Kind.NOT_FOUND)
                    ? missing(one.name())
                    : StorageFailures.translate(where.source(), Where.NO_ADDRESS, e);
        }
    }

    private NotFoundException missing(String name) {
        return new NotFoundException(where, "the file of raw data " + name + " does not exist");
    }
}
