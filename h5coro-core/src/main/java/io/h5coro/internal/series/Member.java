// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import io.h5coro.internal.file.CurrentFile;
import io.h5coro.model.DatasetRequest;
import java.util.List;

/** A file of a series, or a part of it: how it is opened, and what is read of it. Thread-safe. */
public interface Member {
    /** What messages call it. */
    String source();

    /** Opens it; blocks. */
    Opened open();

    /** An open member. */
    interface Opened {
        /** The open file. */
        CurrentFile file();

        /** What is read of it; may block, on metadata for example. Asked once. */
        List<DatasetRequest> requests();

        /** Closes it. Idempotent. */
        void close();
    }
}
