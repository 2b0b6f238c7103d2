// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code h5coro help}: what {@code --help} says. */
@Command(name = "help", description = "Explains a command, or lists all.", mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {
    private final ToIntFunction<String[]> run;

    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    private @Nullable String command;

    /**
     * Makes one.
     *
     * @param run runs a command line
     */
    HelpCommand(ToIntFunction<String[]> run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        return run.applyAsInt(command == null ? new String[] {"--help"} : new String[] {command, "--help"});
    }
}
