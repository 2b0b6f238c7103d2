// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Does something with objects of files, and says what goes wrong, with what may help. Confined to one thread. */
public final class OnFile implements AutoCloseable {
    private final OpenMixin open;
    private final CacheMixin cache;
    private final List<String> typed;
    private final Report report;
    private FilesAhead files;
    private boolean takesSlices;

    /**
     * Files that are opened when it is their turn.
     *
     * @param open how files are opened
     * @param cache where caches are
     * @param typed the arguments, which hints repeat
     * @param report what goes wrong
     */
    public OnFile(OpenMixin open, CacheMixin cache, List<String> typed, Report report) {
        this.open = open;
        this.cache = cache;
        this.typed = typed;
        this.report = report;
        this.files = ahead(List.of(), (file, path) -> {});
    }

    private FilesAhead ahead(List<Location> all, BiConsumer<H5Coro, String> rehearsal) {
        return new FilesAhead(location -> open.opener(cache).openUntold(location), all, rehearsal);
    }

    /**
     * Says which files come, in their order, and what will be asked of each; called before the first one.
     *
     * @param rehearsal as in {@link FilesAhead}
     */
    public OnFile expecting(List<Location> all, BiConsumer<H5Coro, String> rehearsal) {
        files = ahead(all, rehearsal);
        return this;
    }

    /** Says that the command has an option -d that takes slices, for what may help. */
    public OnFile takingSlices() {
        takesSlices = true;
        return this;
    }

    /** Returns where what goes wrong is said. */
    public Report report() {
        return report;
    }

    /**
     * Opens a file, and does something with it and the path that is meant.
     *
     * @return what went wrong, which was reported
     */
    @SuppressWarnings("try") // progress is watched while the file is open
    public Optional<Throwable> at(Location location, BiConsumer<H5Coro, String> work) {
        try (H5Coro file = files.open(location.file());
                Progress.Watch unused = report.progress().watch(file::statistics)) {
            String path = EscapedPath.in(file, location.path());
            try {
                work.accept(file, path);
                return Optional.empty();
            } catch (NotFoundException e) {
                report.error("", e, RequestText.suggestion(file, path, takesSlices));
                return Optional.of(e);
            }
        } catch (H5Exception | UsageException e) {
            report.error("", e, open.hint(location, typed, e));
            return Optional.of(e);
        }
    }

    /** Gives up the files that are left. */
    @Override
    public void close() {
        files.close();
    }
}
