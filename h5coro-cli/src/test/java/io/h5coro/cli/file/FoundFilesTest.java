// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a command finds: patterns that no shell has replaced, and folders. */
final class FoundFilesTest {
    private static final Instant OLD = Instant.parse("2020-01-02T03:04:05.678Z");

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        for (String name : List.of("x_1.h5", "x_2.h5", "sub/x_3.h5")) {
            Path file = Files.copy(Fixtures.path("numbers_earliest"), folder.resolve(name));
            Files.setLastModifiedTime(file, FileTime.from(OLD));
        }
        Files.writeString(folder.resolve("notes.txt"), "no HDF5 here");
        Files.setLastModifiedTime(folder.resolve("notes.txt"), FileTime.from(OLD));
    }

    private static String out(String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    private static Run refused(int status, String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(status, run.status(), run.err());
        assertEquals(1, run.errorLines(), run.err());
        return run;
    }

    @Test
    void aPatternIsItsFilesInOrder() {
        String pattern = folder + "/x_?.h5";
        String one = folder + "/x_1.h5";
        String other = folder + "/x_2.h5";
        assertEquals(out("ls", one, other), out("ls", pattern));
        assertEquals(out("ls", "-r", one, other), out("ls", "-r", pattern));
        assertEquals(out("dump", one, other), out("dump", pattern));
        assertEquals(out("dump", one, other), out("dump", one, pattern), "none twice");
        assertEquals(out("ls", one), out("ls", folder + "/x_[1].h5"), "one file needs no heading");
        assertEquals(out("dump", one), out("dump", folder + "/{x_1,y}.h5"));
        assertEquals(
                3,
                out("ls", folder + "/**/x_*.h5")
                        .lines()
                        .filter(line -> line.endsWith(".h5:"))
                        .count());
    }

    @Test
    void commandsOfOneFileRunForEachUnderItsHeading() {
        String pattern = folder + "/x_*.h5";
        String one = folder + "/x_1.h5";
        String other = folder + "/x_2.h5";
        for (String command : List.of("attrs", "doctor")) {
            String expected = one + ":\n" + out((command + " " + one).split(" ")) + "\n" + other + ":\n"
                    + out((command + " " + other).split(" "));
            assertEquals(expected, out((command + " " + pattern).split(" ")), command);
        }
    }

    @Test
    void aPathBehindAPatternIsInEachFile() {
        String expected = out("ls", folder + "/x_1.h5", "/chunked", folder + "/x_2.h5", "/chunked");
        assertTrue(expected.startsWith(folder + "/x_1.h5 /chunked:\n"), expected);
        assertEquals(expected, out("ls", folder + "/x_*.h5", "/chunked"));
        assertEquals(expected, out("ls", folder + "/x_*.h5/chunked"));
        assertEquals(expected, out("ls", folder + "/x_*.h5::/chunked"));
        assertEquals(expected, out("ls", folder + "/x_?.h5/chunked"));
        assertEquals(
                out("dump", "-d", "/chunked/i1", folder + "/x_1.h5", folder + "/x_2.h5"),
                out("dump", "-d", "/chunked/i1", folder + "/x_*.h5"));
        assertTrue(out("dump", folder + "/x_*.h5", "/chunked/i1").contains("x_2.h5"));
        assertEquals(
                out("ls", folder + "/x_1.h5", folder + "/x_2.h5"), out("ls", folder + "/x_1.h5", folder + "/x_[2].h5"));
    }

    @Test
    void aPatternWithoutAMatchSaysWhatWasLookedFor() {
        String pattern = folder + "/y_*.h5";
        for (String command : List.of("ls", "attrs", "doctor", "plan -d /x", "dump")) {
            Run run = refused(ExitCode.NOT_FOUND, (command + " " + pattern).split(" "));
            assertTrue(run.err().contains(pattern) && run.err().contains("no file is found by this name"), run.err());
        }
        Run both = Run.of("ls", pattern, folder + "/x_1.h5");
        assertEquals(ExitCode.NOT_FOUND, both.status());
        assertEquals(out("ls", folder + "/x_1.h5"), both.out(), "the others are listed");
        Run dumps = Run.of("dump", "-H", pattern, folder + "/x_1.h5");
        assertEquals(ExitCode.NOT_FOUND, dumps.status());
        assertTrue(dumps.out().contains("x_1.h5"));
    }

    @Test
    void aNameThatExistsIsTakenLiterally() throws IOException {
        Path odd = Files.copy(folder.resolve("x_1.h5"), folder.resolve("x_[2].h5"));
        assertEquals(out("ls", folder + "/x_1.h5"), out("ls", odd.toString()));
        assertTrue(out("dump", "-H", odd.toString()).startsWith("HDF5 \"" + odd));
        assertTrue(out("dump", "-H", folder + "/x_\\[2].h5").startsWith("HDF5 \"" + odd));
    }

    @Test
    void aFolderIsListedWithSizesAndTimes() throws IOException {
        long size = Files.size(folder.resolve("x_1.h5"));
        String expected = "file     notes.txt  12 bytes  2020-01-02T03:04:05Z\nfolder   sub/\n"
                + "hdf5     x_1.h5  " + kilobytes(size) + "  2020-01-02T03:04:05Z\n"
                + "hdf5     x_2.h5  " + kilobytes(size) + "  2020-01-02T03:04:05Z\n";
        assertEquals(expected, out("ls", folder.toString()));
        assertEquals(expected, out("ls", folder + "/"));
        assertEquals(expected, out("ls", folder.toUri().toString()));
        String tree = out("ls", "-r", folder.toString());
        assertTrue(tree.contains("hdf5     sub/x_3.h5  ") && !tree.contains("folder"), tree);
        String details = out("ls", "-l", folder.toString());
        assertTrue(details.startsWith("file     notes.txt  12 bytes  2020-01-02T03:04:05.678Z\n"), details);
        String both = out("ls", folder + "/sub", folder.toString());
        assertTrue(both.startsWith(folder + "/sub:\nhdf5     x_3.h5"), both);
        assertTrue(both.endsWith("\n\n" + folder + ":\n" + expected), both);
        assertEquals(
                "", out("ls", Files.createDirectory(folder.resolve("empty")).toString()));
    }

    /** A size as {@code ls} shows it. */
    private static String kilobytes(long size) {
        return size < 10_000 ? size + " bytes" : String.format(Locale.ROOT, "%.1f kB", size / 1000.0);
    }

    @Test
    void namesOfFilesReachNoTerminalRaw() throws IOException {
        Files.writeString(folder.resolve("a\u001b[31m\nb"), "");
        assertTrue(out("ls", folder.toString()).contains("file     a\\x1b[31m\\nb  0 bytes"));
    }

    @Test
    void onTheWebFoldersAreListedWithTheOptionOnly() throws IOException {
        byte[] content = Files.readAllBytes(folder.resolve("x_1.h5"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String page = "<title>Index of /data/</title><a href=\"x_1.h5\">x_1.h5</a>  29-Nov-2026 18:38  "
                    + content.length + "\n<a href=\"sub/\">sub/</a>\n";
            boolean isFolder = exchange.getRequestURI().getPath().endsWith("/");
            byte[] body = isFolder ? page.getBytes(StandardCharsets.UTF_8) : content;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            Run refused = refused(ExitCode.UNSUPPORTED, "ls", host + "/data/*.h5");
            assertTrue(
                    refused.err().contains("HTTP has no listing; --storage index_pages=true reads the index pages"),
                    refused.err());
            Run folderRefused = refused(ExitCode.CORRUPT, "ls", host + "/data/");
            assertTrue(
                    folderRefused.err().contains("; --storage index_pages=true lists a folder"), folderRefused.err());
            String[] option = {"--storage", "index_pages=true"};
            assertEquals(
                    "folder   sub/\nhdf5     x_1.h5  " + kilobytes(content.length) + "\n",
                    out("ls", option[0], option[1], host + "/data/"));
            assertEquals(out("ls", folder + "/x_1.h5"), out("ls", option[0], option[1], host + "/data/*.h5"));
            assertFalse(out("dump", "-H", option[0], option[1], host + "/data/[a-z]_1.h5")
                    .isEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theHelpSaysIt() {
        for (String command : List.of("ls", "attrs", "plan", "doctor", "dump")) {
            String help = out(command, "--help");
            assertTrue(help.contains("[abc]") && help.contains("**"), help);
        }
    }

    @Test
    void whatIsNoFolderIsNotTakenForOne() {
        assertTrue(refused(ExitCode.NOT_FOUND, "ls", folder + "/no/").err().contains("no such folder"));
        Run attributes = Run.of("attrs", folder.toString());
        assertTrue(attributes.status() != 0 && attributes.err().contains("is a directory"), attributes.err());
    }
}
