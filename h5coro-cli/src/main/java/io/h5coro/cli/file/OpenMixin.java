// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.cli.report.OptionNames;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageOptions;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How files are opened, for all commands that picocli parses. */
public final class OpenMixin {
    @Mixin
    private StorageMixin storage = new StorageMixin();

    @Option(
            names = "--" + OptionNames.ALLOW_TRUNCATED,
            description = "Open a file that is shorter than it says; what is missing is an error when it is read.")
    private boolean truncated;

    @Option(
            names = "--" + OptionNames.ALLOW_UNCLOSED,
            description =
                    "Open a file that its writer did not close; what it holds may be incomplete without an error.")
    private boolean unclosed;

    @Option(
            names = "--" + StorageArguments.ALLOW_CHANGING,
            description = "Read an object that the server calls another at each request; its size alone is compared.")
    private boolean changing;

    @Option(
            names = {"-v", "--verbose"},
            description = "A line for each request on standard error: when, file, range, bytes, time.")
    private boolean verbose;

    /** Says each request; one for all files, so that times are those since the start. */
    private @Nullable RequestLines lines;

    /** The same at each call, so that what is learnt of a location, such as its signed URL, is learnt once. */
    private @Nullable StorageOptions made;

    /** Takes the options of a line that was parsed without picocli. */
    public void take(PlainLine line) {
        storage.take(line);
        truncated = line.has("--" + OptionNames.ALLOW_TRUNCATED);
        unclosed = line.has("--" + OptionNames.ALLOW_UNCLOSED);
        changing = line.has("--" + StorageArguments.ALLOW_CHANGING);
    }

    /** Where problems are said, and each request with {@code --verbose}; called before files are opened. */
    public Report report(PrintStream err, boolean debug) {
        Report report = new Report(err, debug);
        lines = verbose ? new RequestLines(report) : null;
        return report;
    }

    public StorageOptions storage() {
        StorageOptions options = made;
        if (options == null) {
            StorageArguments all = storage.arguments();
            if (changing) {
                all.take(StorageArguments.ALLOW_CHANGING, null);
            }
            options = all.options();
            made = options;
        }
        return options;
    }

    /** Options without a cache. */
    public ReadOptions options() {
        return options(ReadOptions.builder());
    }

    public ReadOptions options(CacheMixin cache) {
        return options(cache.builder());
    }

    private ReadOptions options(ReadOptions.Builder builder) {
        if (lines != null) {
            builder.listener(lines);
        }
        return new Tolerance(truncated, unclosed).in(builder).build();
    }

    /** Opens files that name others in their folder only. */
    public FileOpener opener(CacheMixin cache) {
        return new FileOpener(storage(), options(cache), false);
    }

    public H5Coro file(Location location, CacheMixin cache) {
        return opener(cache).open(location.file());
    }

    /**
     * What may help when a file could not be opened.
     *
     * @param typed arguments, of which one names it
     */
    public String hint(Location location, List<String> typed, Exception problem) {
        if (problem instanceof UsageException) {
            return "";
        }
        String argument = typed.stream()
                .filter(text -> text.startsWith(location.file()))
                .findFirst()
                .orElse(location.file());
        return Missing.hint(location, argument, storage(), problem);
    }
}
