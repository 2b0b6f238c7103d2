// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Does something with an object of a file, and says what goes wrong, with what may help.
 *
 * @param open how files are opened
 * @param cache where caches are
 * @param typed the arguments, which hints repeat
 * @param report what goes wrong
 */
public record OnFile(OpenMixin open, CacheMixin cache, List<String> typed, Report report) {
    /**
     * Opens a file, and does something with it and the path that is meant.
     *
     * @return what went wrong, which was reported
     */
    @SuppressWarnings("try") // progress is watched while the file is open
    public Optional<Throwable> at(Location location, BiConsumer<H5Coro, String> work) {
        try (H5Coro file = open.file(location, cache);
                Progress.Watch unused = report.progress().watch(file::statistics)) {
            String path = EscapedPath.in(file, location.path());
            try {
                work.accept(file, path);
                return Optional.empty();
            } catch (NotFoundException e) {
                report.error("", e, Suggestion.ofPath(file, path));
                return Optional.of(e);
            }
        } catch (H5Exception | UsageException e) {
            report.error("", e, open.hint(location, typed, e));
            return Optional.of(e);
        }
    }
}
