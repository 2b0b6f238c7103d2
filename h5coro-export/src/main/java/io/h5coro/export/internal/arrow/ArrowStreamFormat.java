// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.arrow;

import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;

/** A stream of Arrow IPC, which can be read while it is written. */
public final class ArrowStreamFormat extends ArrowFormat {
    /** Makes the format, for {@link java.util.ServiceLoader}. */
    public ArrowStreamFormat() {}

    @Override
    public String name() {
        return "arrows";
    }

    @Override
    public void write(ExportTable table, OutputStream out) throws IOException {
        new ArrowMessages(table, out).writeStream();
    }
}
