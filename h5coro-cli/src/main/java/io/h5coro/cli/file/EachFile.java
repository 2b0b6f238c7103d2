// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a command for each file that its arguments mean.
 *
 * @param out where headings go
 * @param report what cannot be found
 * @param open how storages are reached
 * @param typed the arguments
 */
public record EachFile(Sink out, Report report, OpenMixin open, List<String> typed) {
    /** Runs a command for each file that was found, under its heading where there are several. */
    public void withHeadings(List<Location> all, Consumer<Location> command) {
        for (int i = 0; i < all.size(); i++) {
            if (all.size() > 1) {
                out.write((i > 0 ? "\n" : "") + VisibleText.of(all.get(i).heading()) + ":\n");
            }
            command.accept(all.get(i));
        }
    }

    /** The files that are there. */
    public List<Location> found(List<Location> named) {
        List<Location> all = new ArrayList<>();
        for (Location location : named) {
            try {
                FoundFiles.of(location.file(), open.storage())
                        .forEach(file -> all.add(new Location(file, location.path())));
            } catch (H5Exception | UsageException e) {
                report.error("", e, open.hint(location, typed, e));
            }
        }
        return all;
    }
}
