// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command on files that are not what they should be: it ends with the status of the cause and says one line for
 * each problem, never a stack trace.
 */
final class HostileFilesTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");
    private static final String LINKS = CommandEdgesTest.resource("options/links.h5");
    private static final int LENGTHS = 20;

    @TempDir
    Path folder;

    /** The commands, to which the file is added. */
    static Stream<String> commands() {
        return Stream.of(
                "ls -rl",
                "attrs",
                "tree",
                "info --json",
                "find --attr a=1",
                "head -d /made/compound -d /int/i1",
                "cat -d /text/variable",
                "stat -r",
                "plan -d /int/i1",
                "doctor -a",
                "dump",
                "dump -p -H -B",
                "dump -n 1");
    }

    private static Run run(String command, String file) {
        return Run.of((command + " " + file).split(" "));
    }

    private static void endsWell(Run run, Integer... statuses) {
        assertAll(
                () -> assertTrue(List.of(statuses).contains(run.status()), run.status() + " " + run.err()),
                () -> assertFalse((run.out() + run.err()).contains("\tat "), run.err()),
                () -> assertFalse(run.err().matches("(?s).*\\b[A-Z]\\w+(Exception|Error)\\b.*"), run.err()),
                () -> assertTrue(run.err().lines().allMatch(line -> line.startsWith("h5coro: ")), run.err()),
                () -> assertEquals(run.status() != 0, run.errorLines() > 0, run.status() + " " + run.err()));
    }

    private Path cut(int k) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(KINDS));
        int length = (int) ((long) whole.length * k / LENGTHS);
        return Files.write(folder.resolve("cut" + k + ".h5"), Arrays.copyOf(whole, length));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void refusesAFileThatIsCutAnywhere(String command) throws IOException {
        for (int k = 0; k < LENGTHS; k++) {
            Run run = run(command, cut(k).toString());
            endsWell(run, ExitCode.CORRUPT);
            assertEquals(command.contains("--json") ? 1 : 0, run.out().lines().count(), run.out());
            assertEquals(1, run.errorLines(), run.err());
        }
    }

    /** A comparison has an error or a difference to say, or the byte is not one of what is compared. */
    @Test
    void aComparisonWithAFileThatIsNotWhatItShouldBeFailsWithTwo() throws IOException {
        for (int k = 0; k < LENGTHS; k += 4) {
            Run run = run("diff " + KINDS, cut(k).toString());
            assertEquals(2, run.status(), run.err());
            assertEquals("", run.out());
            assertEquals(1, run.errorLines(), run.err());
        }
        byte[] whole = Files.readAllBytes(Path.of(KINDS));
        for (int at : IntStream.range(0, LENGTHS).map(k -> 7 + k * 1911).toArray()) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0x55;
            Path file = Files.write(folder.resolve("damaged.h5"), damaged);
            Run run = run("diff " + KINDS, file.toString());
            assertTrue(run.status() <= 2 && !run.err().contains("\tat "), run.err());
            assertEquals(run.status() == 2, run.errorLines() > 0, run.err());
            assertTrue(run.status() != 1 || !run.out().isEmpty(), "what differs is said");
        }
    }

    /** What is left of it is shown, and what is missing is an error for each object. */
    @ParameterizedTest
    @ValueSource(strings = {"ls -r", "tree", "doctor -a", "dump -H", "dump -p -H", "dump -n 1"})
    void showsWhatIsLeftOfACutFileWhenAllowed(String command) throws IOException {
        String whole = Fixtures.path("odd_chunks").toString();
        byte[] bytes = Files.readAllBytes(Path.of(whole));
        Path half = Files.write(folder.resolve("half.h5"), Arrays.copyOf(bytes, bytes.length / 2));
        Run run = run(command + " --allow-truncated", half.toString());
        endsWell(run, ExitCode.CORRUPT);
        long lines = run.out().lines().count();
        long all = run(command, whole).out().lines().count();
        assertTrue(lines > all / 8 && lines < all, lines + " of " + all);
        assertTrue(run.err().contains("half.h5 @ 0x"), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void endsWellWhateverByteIsWrong(String command) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(KINDS));
        for (int at : IntStream.range(0, LENGTHS).map(k -> 7 + k * 1911).toArray()) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0x55;
            Path file = Files.write(folder.resolve("damaged.h5"), damaged);
            endsWell(run(command, file.toString()), 0, 1, 3, 4, 6, 7);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anEmptyFileIsNoHdf5(String command) throws IOException {
        Run run = run(command, Files.createFile(folder.resolve("empty.h5")).toString());
        endsWell(run, ExitCode.CORRUPT);
        assertTrue(run.err().contains("it is empty"), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFolderIsNoFile(String command) {
        Run run = run(command, folder.toString());
        if (command.startsWith("ls")) {
            assertEquals(ExitCode.OK, run.status(), run.err());
            return;
        }
        endsWell(run, ExitCode.USAGE);
        assertTrue(run.err().contains("is a directory"), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFileThatIsNotThereIsNamed(String command) {
        Run run = run(command, folder.resolve("none.h5").toString());
        endsWell(run, ExitCode.NOT_FOUND);
        assertTrue(run.err().contains("none.h5: no such file"), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPartOfAPathThatIsAFileHoldsNoOther(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("plain.txt"), "x");
        // These take no path besides: doctor none at all, the others none beside -d.
        boolean takesNone =
                command.startsWith("doctor") || command.startsWith("head -d") || command.startsWith("cat -d");
        int status = takesNone ? ExitCode.USAGE : ExitCode.CORRUPT;
        endsWell(run(command, file + "/x/y.h5"), status);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aDeviceIsNoFile(String command) {
        Run run = run(command, "/dev/null");
        endsWell(run, ExitCode.USAGE);
        assertTrue(run.err().contains("is not a regular file"), run.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aClosedPortIsNoConnection(String command) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Run run = run(command + " --retries=0", "http://127.0.0.1:" + port + "/x.h5");
        endsWell(run, ExitCode.STORAGE);
        assertTrue(run.err().contains("takes no connection"), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x.h5", "http:///x.h5", "s3://bucket", "s3://bucket/", "http:/host/x.h5"})
    void anAddressThatIsNoneIsWrongUsage(String address) {
        // ls lists buckets.
        Stream<String> others = commands().filter(command -> !command.startsWith("ls") || !address.startsWith("s3:"));
        others.forEach(command -> {
            Run run = run(command, address);
            endsWell(run, ExitCode.USAGE, ExitCode.NOT_FOUND);
            assertEquals(1, run.errorLines(), run.err());
        });
    }

    private interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    private static void served(Answer answer, java.util.function.Consumer<String> test) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.send(exchange);
            }
        });
        server.start();
        try {
            test.accept("http://127.0.0.1:" + server.getAddress().getPort() + "/x.h5");
        } finally {
            server.stop(0);
        }
    }

    /** Answers a range request as a server does that has all of these bytes. */
    private static void range(HttpExchange exchange, byte[] all, String version) throws IOException {
        String[] asked = exchange.getRequestHeaders().getFirst("Range").split("[=-]");
        int from = Integer.parseInt(asked[1]);
        int to = asked.length > 2 ? Math.min(Integer.parseInt(asked[2]), all.length - 1) : all.length - 1;
        exchange.getResponseHeaders().add("ETag", "\"" + version + "\"");
        if (from >= all.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + all.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + to + "/" + all.length);
        exchange.sendResponseHeaders(206, to + 1 - from);
        exchange.getResponseBody().write(all, from, to + 1 - from);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451})
    void saysWhatAServerRefuses(int code) throws IOException {
        int status = code == 404 || code == 410 ? ExitCode.NOT_FOUND : ExitCode.STORAGE;
        served(
                exchange -> exchange.sendResponseHeaders(code, -1),
                address -> commands().forEach(command -> {
                    Run run = run(command + " --retries=0", address);
                    endsWell(run, status);
                    assertEquals(1, run.errorLines(), run.err());
                }));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsWhatAServerHas(String command) throws IOException {
        byte[] all = Files.readAllBytes(Path.of(KINDS));
        served(exchange -> range(exchange, all, "1"), address -> {
            Run remote = run(command, address);
            Run local = run(command, KINDS);
            assertEquals(local.status(), remote.status(), remote.err());
            if (!command.startsWith("plan") && !command.startsWith("doctor")) {
                assertEquals(local.out().replace(KINDS, address), remote.out());
            }
        });
    }

    /** Each answer is another version of the file, so that no two fit together. */
    @ParameterizedTest
    @ValueSource(strings = {"ls -rl", "tree", "info", "stat", "dump", "plan -d /a/b", "doctor"})
    void aFileThatChangesIsNoFileThatIsRead(String command) throws IOException {
        byte[] all = new byte[3 << 20];
        byte[] whole = Files.readAllBytes(Path.of(LINKS));
        // The tail of a larger file is read later than its head.
        System.arraycopy(whole, 0, all, 2 << 20, whole.length);
        AtomicInteger version = new AtomicInteger();
        served(exchange -> range(exchange, all, "v" + version.incrementAndGet()), address -> {
            Run run = run(command + " --retries=0", address);
            endsWell(run, ExitCode.STORAGE);
            assertTrue(run.err().contains("was replaced while it was read"), run.err());
            Run allowed = run(command + " --allow-changing --retries=0", address);
            assertFalse(allowed.err().contains("replaced"), allowed.err());
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageInPlaceOfAFileIsNoHdf5(String command) throws IOException {
        byte[] page = "<!DOCTYPE html><html>Please log in</html>".repeat(30).getBytes(StandardCharsets.UTF_8);
        served(exchange -> range(exchange, page, "1"), address -> {
            Run run = run(command, address);
            endsWell(run, ExitCode.CORRUPT);
            assertEquals(1, run.errorLines(), run.err());
        });
    }
}
