// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Pictures of values. PNG needs java.desktop; SVG and text do not. */
@NullMarked
@SuppressWarnings("module") // the command is compiled later
module io.h5coro.plot {
    requires static java.desktop;
    requires static org.jspecify;

    exports io.h5coro.plot to
            io.h5coro.cli;
}
