// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Datasets as Parquet files. */
@NullMarked
module io.h5coro.parquet {
    requires io.h5coro.export;
    requires static org.jspecify;

    provides io.h5coro.export.format.ExportFormat with
            io.h5coro.parquet.ParquetFormat;
}
