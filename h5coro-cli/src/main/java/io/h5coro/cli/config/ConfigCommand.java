// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

import io.h5coro.cli.file.Location;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code h5coro config}: what is set, and whence. */
@Command(
        name = "config",
        description = {
            "Prints what is in force of the settings, and whence it is: a line of the file ~/.config/h5coro/config (in"
                    + " XDG_CONFIG_HOME when that is set, or H5CORO_CONFIG), or a variable. The command line goes"
                    + " before variables, those before the file.",
            "",
            "A line of the file is KEY = VALUE: index-cache, data-cache, endpoint, region, profile, color, pager; or"
                    + " an alias as in nsidc: = s3://bucket, with which nsidc:a.h5 is s3://bucket/a.h5. A variable is"
                    + " H5CORO_ and the key, as in H5CORO_INDEX_CACHE. AWS's variables for endpoint, region and"
                    + " profile go before the file. Secrets do not belong here: see --profile."
        },
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
    private static final String NOT_SET = "not set";

    private final Sink out;
    private final PrintStream err;
    private final Map<String, String> environment;

    /**
     * Makes one.
     *
     * @param environment the variables
     */
    public ConfigCommand(OutputStream out, PrintStream err, Map<String, String> environment) {
        this.out = Sink.to(out);
        this.err = err;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Report report = new Report(err, false);
        try {
            print(Settings.of(environment));
        } catch (UsageException e) {
            report.error(e);
        }
        out.flush();
        return report.status();
    }

    private void print(Settings settings) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"file", settings.file() == null ? NOT_SET : settings.file().toString(), ""});
        for (Key key : Key.values()) {
            Setting setting = settings.values().get(key);
            rows.add(new String[] {
                key.text(), setting == null ? NOT_SET : setting.value(), setting == null ? "" : setting.source()
            });
        }
        settings.aliases()
                .forEach((name, setting) -> rows.add(
                        new String[] {name + ":", Location.shown(setting.value()), setting.source()}));
        int name = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        int value = rows.stream().mapToInt(row -> row[1].length()).max().orElse(0);
        for (String[] row : rows) {
            String line = row[0] + " ".repeat(name - row[0].length() + 2) + row[1]
                    + (row[2].isEmpty() ? "" : " ".repeat(value - row[1].length() + 2) + row[2]);
            out.write(VisibleText.of(line) + "\n");
        }
    }
}
