// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Datasets as files that other programs open. */
@NullMarked
@SuppressWarnings("module") // the command is compiled later
module io.h5coro.export {
    requires transitive io.h5coro.core;
    requires io.h5coro.labels;
    requires com.fasterxml.jackson.core;
    requires org.apache.arrow.format;
    requires org.apache.commons.csv;
    requires static transitive org.jspecify;

    exports io.h5coro.export;
    exports io.h5coro.export.format;
    exports io.h5coro.export.refs;
    exports io.h5coro.export.internal.source to
            io.h5coro.cli;

    uses io.h5coro.export.format.ExportFormat;

    provides io.h5coro.export.format.ExportFormat with
            io.h5coro.export.internal.arrow.ArrowFormat,
            io.h5coro.export.internal.arrow.ArrowStreamFormat,
            io.h5coro.export.internal.npy.NpyFormat,
            io.h5coro.export.internal.npy.NpzFormat,
            io.h5coro.export.internal.text.CsvFormat,
            io.h5coro.export.internal.text.NdjsonFormat;
}
