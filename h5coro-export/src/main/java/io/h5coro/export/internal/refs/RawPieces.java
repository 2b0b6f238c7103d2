// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values in files of raw bytes, as chunks of whole rows of which each is in one file.
 *
 * <pre>
 * 6 rows of 8 bytes; 32 bytes in a.raw, the others in b.raw: chunks of 2 rows, two in a.raw and one in b.raw
 * </pre>
 *
 * @param pieces the files, in the order of the values
 * @param chunks shape of a chunk
 * @param chunkBytes bytes of a chunk
 * @param totalBytes bytes of all values
 */
record RawPieces(List<DatasetStorage.Piece> pieces, Shape chunks, long chunkBytes, long totalBytes) {
    /**
     * Looks for the largest chunks.
     *
     * @throws RefusedException when a row is in two files, or values are in none
     */
    static RawPieces of(List<DatasetStorage.Piece> pieces, Shape shape, int elementBytes) {
        long total = Math.multiplyExact(shape.elementCount(), elementBytes);
        long rows = shape.rank() == 0 ? 1 : shape.dimension(0);
        long rowBytes = rows == 0 ? total : total / rows;
        long end = 0;
        BigInteger step = BigInteger.valueOf(total);
        for (DatasetStorage.Piece piece : pieces) {
            end = piece.size() < 0 ? total : Math.min(total, Math.addExact(end, piece.size()));
            step = step.gcd(BigInteger.valueOf(end));
        }
        if (end < total) {
            throw new RefusedException("its files have less bytes than its values");
        }
        long bytes = step.longValueExact();
        if (rowBytes > 0 && bytes % rowBytes != 0) {
            throw new RefusedException("a row of its values is in two files");
        }
        long[] chunk = ZarrArray.atLeastOne(shape).dimensions();
        if (chunk.length > 0 && rowBytes > 0) {
            chunk[0] = bytes / rowBytes;
        }
        return new RawPieces(pieces, Shape.of(chunk), bytes, total);
    }

    List<ChunkReference> references(FileAddress address) {
        List<ChunkReference> references = new ArrayList<>();
        long start = 0;
        for (DatasetStorage.Piece piece : pieces) {
            long end = piece.size() < 0 ? totalBytes : Math.min(totalBytes, start + piece.size());
            String file = address.beside(piece.file()).whole();
            for (long at = start; at < end; at += chunkBytes) {
                references.add(ChunkReference.at(at / chunkBytes, file, piece.offset() + at - start, chunkBytes));
            }
            start = end;
        }
        return references;
    }

    /**
     * Checks that the files are as long as they have to be: HDF5 reads zeros behind the end of one, and Zarr a chunk
     * that is too short.
     *
     * @param sizes bytes of the files by their names
     * @throws RefusedException when one is shorter
     */
    void check(Map<String, Long> sizes) {
        long start = 0;
        for (DatasetStorage.Piece piece : pieces) {
            long end = piece.size() < 0 ? totalBytes : Math.min(totalBytes, start + piece.size());
            if (end > start && Math.addExact(piece.offset(), end - start) > sizes.getOrDefault(piece.file(), 0L)) {
                throw new RefusedException("the file of raw data " + piece.file() + " is shorter than its values");
            }
            start = end;
        }
    }
}
