// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.serve;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.error.H5Exception;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.Storages;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro serve}: files for clients of hdfstream, and for browsers. */
@Command(
        name = "serve",
        description =
                "Serves directories, prefixes and files over HTTP, until it is interrupted: to the Python package "
                        + "hdfstream, and as a page to browsers.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "NAME=LOCATION",
            description = "A local directory or file, or a location as FILE of other commands; a prefix ends with a "
                    + "slash. Clients see it as /NAME.")
    private List<String> roots = new ArrayList<>();

    @Option(names = "--port", paramLabel = "N", description = "Where it listens, 8080 unless set; 0 for a free one.")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address that it listens at, 127.0.0.1 unless set. With another one, other machines can "
                    + "read what is served.")
    private String host = "127.0.0.1";

    @Option(
            names = "--passwords",
            paramLabel = "FILE",
            description = "Ask for names and passwords: a line for each user, as --hash prints it.")
    private @Nullable Path passwords;

    @Option(
            names = "--hash",
            paramLabel = "USER",
            description = "Read a password from standard input, print the user's line for --passwords, and end.")
    private @Nullable String user;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "Speak TLS with the key of this PKCS12 file, whose password is in the environment variable "
                    + "H5CORO_KEYSTORE_PASSWORD.")
    private @Nullable Path keyStore;

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final OutputStream out;
    private final PrintStream err;

    public ServeCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        try {
            if (user != null) {
                print(ServedFiles.line(user, password()));
                return report.status();
            }
            serve(report);
        } catch (NoClassDefFoundError missing) {
            report.error(ExitCode.UNSUPPORTED, "the module h5coro-serve is not there: start the command by bin/h5coro");
        } catch (UsageException e) {
            report.error("", e);
        } catch (IllegalArgumentException | IOException e) {
            report.error(ExitCode.USAGE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return report.status();
    }

    private void serve(Report report) throws IOException, InterruptedException {
        ServedFiles files =
                new ServedFiles(named(), host, port, passwords, keyStore, System.getenv("H5CORO_KEYSTORE_PASSWORD"));
        if (!files.isLoopback()) {
            report.warn(host + " can be reached from other machines"
                    + (passwords == null ? ", and no password is asked for" : ""));
        }
        files.run(open.storage(), open.options(cache), uri -> {
            print(uri + "\n");
            files.roots().forEach((name, location) -> look(name, location, report));
        });
    }

    /** Says what is wrong with a location now: who asks for it later on is told less. */
    private void look(String name, String location, Report report) {
        try {
            Optional<String> folder = FoundFiles.listable(location, open.storage());
            if (folder.isPresent() && Location.isRemote(location)) {
                try (StorageListing listing =
                        Storages.list(folder.get(), StorageListing.Depth.FOLDER, open.storage())) {
                    if (listing.next().isEmpty()) {
                        report.warn(name + ": nothing is there yet");
                    }
                }
            } else if (folder.isEmpty() && !location.endsWith("/")) {
                try (H5Coro file = open.file(new Location(location, "/"), cache)) {
                    Group unused = file.root();
                }
            }
        } catch (H5Exception | StorageException | UsageException e) {
            report.warn(name + ": " + e.getMessage());
        }
    }

    private Map<String, String> named() {
        if (roots.isEmpty()) {
            throw new UsageException("what is to be served? Say NAME=LOCATION");
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (String root : roots) {
            int equals = root.indexOf('=');
            if (equals <= 0 || equals == root.length() - 1) {
                throw new UsageException("what is served is NAME=LOCATION, and '" + Location.shown(root) + "' is not");
            }
            if (named.put(root.substring(0, equals), root.substring(equals + 1)) != null) {
                throw new UsageException("two locations have the name " + root.substring(0, equals));
            }
        }
        return named;
    }

    @SuppressWarnings("SystemConsoleNull") // a console that is no terminal reads the line all the same
    private static char[] password() throws IOException {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password: ");
        if (typed != null) {
            return typed;
        }
        String line = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        return line.lines().findFirst().orElse("").toCharArray();
    }

    private void print(String text) {
        try {
            out.write((text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UsageException("unable to write to standard output");
        }
    }
}
