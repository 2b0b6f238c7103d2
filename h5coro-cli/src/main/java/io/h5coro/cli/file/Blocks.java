// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.Dataset;
import io.h5coro.RowBlocks;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.function.Consumer;

/** Reads a dataset in row-major blocks of bounded size, so that memory does not grow with the dataset. */
public final class Blocks {
    /*
     * A dataset of 1,000 x 200 x 50 elements of 8 bytes, in blocks of 1,000,000 bytes: the last dimension has 400
     * bytes, the last two 80,000, and the first does not fit: it is cut (cut = 0) at every 1,000,000 / 80,000 = 12
     * indices (step). In blocks of 10,000 bytes the second dimension is cut (cut = 1) at every 25 indices; blocks
     * are 1 x 25 x 50.
     */

    private final Dataset dataset;
    private final Shape shape;
    /** The dimension that is cut: blocks have length 1 in those before, and all of those behind. */
    private final int cut;

    /**
     * Length of a block in the dimension that is cut; at least 1, even where that exceeds the size that was asked
     * for.
     */
    private final long step;

    private Blocks(Dataset dataset, long blockBytes) {
        this.dataset = dataset;
        this.shape = dataset.shape();
        long inner = Math.max(1, dataset.type().size());
        int dimension = shape.rank() - 1;
        while (dimension > 0 && shape.dimension(dimension) <= blockBytes / inner) {
            inner *= shape.dimension(dimension);
            dimension--;
        }
        this.cut = dimension;
        this.step = Math.max(1, blockBytes / inner);
    }

    /** Gives the values of a dataset of at least one dimension to a consumer, block by block, in row-major order. */
    public static void forEach(Dataset dataset, long blockBytes, Consumer<H5Array> consumer) {
        if (dataset.shape().elementCount() > 0) {
            Blocks blocks = new Blocks(dataset, blockBytes);
            if (blocks.cut == 0) {
                blocks.readRows(blockBytes, consumer);
                return;
            }
            blocks.read(new Hyperslab.Range[blocks.cut + 1], 0, consumer);
        }
    }

    /** Reads whole rows while those before are consumed; a row that does not fit is read by itself all the same. */
    private void readRows(long blockBytes, Consumer<H5Array> consumer) {
        BlockOptions options =
                step > 1 ? new BlockOptions(0, 3 * blockBytes, 1) : new BlockOptions(1, Long.MAX_VALUE, 1);
        try (RowBlocks rows = dataset.blocks(options)) {
            rows.forEachRemaining(block -> consumer.accept(block.values()));
        }
    }

    private void read(Hyperslab.Range[] ranges, int dimension, Consumer<H5Array> consumer) {
        long length = shape.dimension(dimension);
        long each = dimension == cut ? step : 1;
        for (long from = 0; from < length; from += each) {
            ranges[dimension] = Hyperslab.Range.of(from, Math.min(length, from + each));
            if (dimension == cut) {
                consumer.accept(dataset.read(Hyperslab.of(ranges)));
            } else {
                read(ranges, dimension + 1, consumer);
            }
        }
    }
}
