// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Option --url-command in all commands: how often the program is run, and what is read with what it prints. */
@Timeout(120)
final class UrlCommandRunsTest {
    private static final String LOCATION = "s3://bucket/dir/granule.h5";

    @TempDir
    Path folder;

    private FaultyHttpServer server;
    private Path runs;
    private String command = "";

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
        server.put("/store/granule.h5", Fixtures.bytes("sample_granule"));
        server.put("/store/other.h5", Fixtures.bytes("sample_granule"));
        runs = folder.resolve("runs");
        // Each run adds its location to a file, whose number of lines is the signature.
        Path script = folder.resolve("sign it");
        Files.writeString(
                script,
                "echo \"$2\" >> '" + runs + "'\necho '" + server.uri("/store/") + "'\"${2##*/}?sig=SECRET$(wc -l < '"
                        + runs + "' | tr -d ' ')\"\n");
        command = "sh '" + script + "' first";
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private List<String> signed() throws IOException {
        return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url-command", command, "--retries", "0"));
        Run run = Run.of(all.toArray(String[]::new));
        assertFalse((run.out() + run.err()).contains("SECRET"), run.out() + run.err());
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -r FILE",
                "ls FILE /gt1l",
                "ls FILE /gt1l /gt1l/heights",
                "attrs FILE::/gt1l",
                "plan FILE -d /gt1l/heights/h_ph",
                "plan FILE -d /gt1l/heights/h_ph --latency-ms 10",
                "doctor FILE",
                "dump FILE -d /gt1l/heights/h_ph[0:10]",
                "dump -H FILE FILE"
            })
    void eachCommandReadsALocationThatIsSignedOnce(String line) throws IOException {
        Run run = run(line.replace("FILE", LOCATION).split(" "));
        assertEquals("", run.err());
        assertEquals(ExitCode.OK, run.status());
        assertEquals(List.of(LOCATION), signed());
        assertTrue(server.log().stream().allMatch(request -> request.query().equals("sig=SECRET1")));
    }

    @Test
    void aRefusedUrlIsSignedOnceMore() throws IOException {
        server.always(request -> request.query().equals("sig=SECRET1") ? ServerFault.status(403) : ServerFault.none());
        Run run = run("dump", "-H", LOCATION);
        assertEquals("", run.err());
        assertEquals(List.of(LOCATION, LOCATION), signed());
        String plain = server.uri("/store/granule.h5").toString();
        assertEquals(Run.of("dump", "-H", plain).out(), run.out().replace(LOCATION, plain));
    }

    @Test
    void eachOfSeveralLocationsIsSigned() throws IOException {
        Run run = run("ls", LOCATION, "https://host/other.h5");
        assertEquals(ExitCode.OK, run.status(), run.err());
        assertEquals(List.of(LOCATION, "https://host/other.h5"), signed());
    }

    /** The storage of the location lists them; here the server's page, without a signature. */
    @Test
    void whatWildcardsFindIsSigned() throws IOException {
        server.always(request -> request.path().equals("/store/")
                ? ServerFault.none()
                : request.query().isEmpty() ? ServerFault.status(403) : ServerFault.none());
        server.put(
                "/store/",
                ("<html><head><title>Index of /store/</title></head>"
                                + "<body><h1>Index of /store/</h1><hr><pre>"
                                + "<a href=\"../\">../</a>\n"
                                + "<a href=\"granule.h5\">granule.h5</a>   01-Jan-2026 00:00  10\n"
                                + "<a href=\"other.h5\">other.h5</a>   01-Jan-2026 00:00  10\n</pre></body></html>")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Run run = run("ls", server.uri("/store/*.h5").toString(), "--storage", "index_pages=true");
        assertEquals(ExitCode.OK, run.status(), run.err());
        assertEquals(
                List.of(
                        server.uri("/store/granule.h5").toString(),
                        server.uri("/store/other.h5").toString()),
                signed());
    }

    @Test
    void aLocalFileIsReadFromDisk() throws IOException {
        assertEquals(
                ExitCode.OK,
                run("ls", Fixtures.path("sample_granule").toString()).status());
        assertEquals(List.of(), signed());
    }

    @Test
    void aFileThatIsMissingIsNotLookedForElsewhere() throws IOException {
        Run run = run("ls", "s3://bucket/none.h5");
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertEquals(List.of("s3://bucket/none.h5"), signed());
    }

    @Test
    void aProgramThatFailsIsNoAccess() {
        command = "sh -c 'echo http://host/SECRET; exit 7' SECRET";
        Run run = run("ls", LOCATION);
        assertEquals(ExitCode.STORAGE, run.status());
        assertEquals("h5coro: " + LOCATION + ": the command of --url-command ended with status 7\n", run.err());
        assertEquals(0, server.requests());
    }

    @Test
    void aCommandThatCannotBeReadIsAUsageError() {
        command = "'SECRET";
        for (String name : List.of("ls", "dump", "doctor", "attrs")) {
            Run run = run(name, LOCATION);
            assertEquals(ExitCode.USAGE, run.status());
            assertTrue(run.err().contains("--url-command: a quotation mark has no partner"), run.err());
        }
    }
}
