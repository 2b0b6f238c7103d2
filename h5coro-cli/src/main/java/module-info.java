// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** The h5coro command. */
@NullMarked
module io.h5coro.cli {
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.h5coro.core;
    requires io.h5coro.export;
    requires io.h5coro.labels;
    requires io.h5coro.plot;
    requires static io.h5coro.serve;
    requires static transitive org.jspecify;

    opens io.h5coro.cli to
            info.picocli;
    opens io.h5coro.cli.config to
            info.picocli;
    opens io.h5coro.cli.export to
            info.picocli;
    opens io.h5coro.cli.file to
            info.picocli;
    opens io.h5coro.cli.inspect to
            info.picocli;
    opens io.h5coro.cli.plot to
            info.picocli;
    opens io.h5coro.cli.serve to
            info.picocli;
    opens io.h5coro.cli.values to
            info.picocli;
}
