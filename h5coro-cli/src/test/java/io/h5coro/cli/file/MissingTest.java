// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said beyond "not found". */
final class MissingTest {
    private static final String ZARR = "; it is a Zarr store, not an HDF5 file";

    private static String hint(String file, String typed) {
        // An address of a scheme that no storage has: nothing is asked for.
        return Missing.hint(
                new Location(file, "/"),
                typed,
                StorageOptions.none(),
                new NotFoundException(Where.source(file), "no such object"));
    }

    @ParameterizedTest
    @CsvSource({
        "none://host/a/x.nwb/group/data, .nwb",
        "none://host/x.h5/data, .h5",
        "none://host/v1.0/x.mat::/a, .mat",
        "none://host/a.b/x.h5ad/g, .h5ad",
        "none://host/x.h5, ''",
        "none://host/folder/x, ''",
        "none://host/x.12/y, ''",
        "none://host/x.verylongending/y, ''",
        "none://host.org/data, ''"
    })
    void anAddressMayEndWhereAFileEnds(String typed, String end) {
        assertEquals(
                end.isEmpty()
                        ? ""
                        : "; if the file ends at '" + end
                                + "' or elsewhere, write FILE::PATH, or FILE PATH as two arguments",
                hint("none://host/x", typed));
    }

    @Test
    void anObjectThatIsMissingOrADamagedFileIsNoMissingFile() {
        Location location = new Location("none://host/x.h5", "/");
        String typed = "none://host/x.h5/data";
        assertEquals(
                "",
                Missing.hint(
                        location,
                        typed,
                        StorageOptions.none(),
                        new NotFoundException(Where.object("none://host/x.h5", "/data"), "does not exist")));
        assertEquals(
                "",
                Missing.hint(
                        location,
                        typed,
                        StorageOptions.none(),
                        new MalformedFileException(Where.source("none://host/x.h5"), "not an HDF5 file")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr.json", ".zgroup", ".zarray", ".zmetadata"})
    void aFolderOfZarrIsNamed(String name, @TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve(name));
        for (String file : List.of(folder.toString(), "file:" + folder)) {
            assertEquals(ZARR, hint(file, file));
        }
        assertEquals("", hint(folder.resolve("other").toString(), "other"));
        assertEquals("", hint("a\0b", "a\0b"));
    }

    @Test
    void aRemoteStoreOfZarrIsNamedAndASecretIsNotSentAround() throws IOException {
        Set<String> asked = new ConcurrentSkipListSet<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            if (exchange.getRequestURI().getPath().equals("/store/.zgroup")) {
                exchange.getResponseHeaders().add("Content-Range", "bytes 0-0/2");
                exchange.sendResponseHeaders(206, 1);
                exchange.getResponseBody().write('{');
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String address : List.of(host + "/store", host + "/store/")) {
                Run run = Run.of("ls", address);
                assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
                assertTrue(run.err().endsWith(ZARR + "\n"), run.err());
            }
            assertEquals(Set.of("/store", "/store/", "/store/.zgroup", "/store/zarr.json"), asked);
            asked.clear();
            Run run = Run.of("ls", host + "/store?signature=SECRET");
            assertEquals(Set.of("/store?signature=SECRET"), asked);
            assertTrue(!run.err().contains("SECRET") && !run.err().contains("Zarr"), run.err());
        } finally {
            server.stop(0);
        }
    }
}
