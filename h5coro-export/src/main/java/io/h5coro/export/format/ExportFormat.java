// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A format of files that datasets are exported to. Implementations are found by {@link java.util.ServiceLoader}, have
 * no state, and load what they are built on when they write.
 */
public interface ExportFormat {
    /** Returns the name that users give, in lower case, such as "npy". It is the usual end of a file's name, too. */
    String name();

    /** Returns whether the bytes are a text for people. */
    boolean isText();

    /** Returns whether the columns must have the same number of rows. */
    boolean isTable();

    /**
     * Checks that the format holds columns of these types.
     *
     * @throws ExportRefusedException when it does not; names each such column
     */
    void check(List<ExportColumn> columns);

    /**
     * Writes a table that passed {@link #check}.
     *
     * @param out takes the bytes; is neither closed nor flushed
     * @throws IOException when the output takes no more
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    void write(ExportTable table, OutputStream out) throws IOException;
}
