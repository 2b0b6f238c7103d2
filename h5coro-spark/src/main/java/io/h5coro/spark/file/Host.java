// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.storage.machine.Machine;

/** What tasks run on: a machine, and the files that are open there. Thread-safe. */
public interface Host {
    /** Returns where threads run and wait. */
    Machine machine();

    /** Returns the files that are opened in one way. */
    OpenFiles files(Opening opening);

    /** Returns this process. */
    static Host ofThisProcess() {
        return new Host() {
            @Override
            public Machine machine() {
                return Machine.ofThisProcess();
            }

            @Override
            public OpenFiles files(Opening opening) {
                return OpenFiles.of(opening);
            }
        };
    }
}
