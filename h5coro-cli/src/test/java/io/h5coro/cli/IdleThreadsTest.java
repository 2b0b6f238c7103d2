// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the JVM has no idle thread to wait for when a command has read over HTTP. */
@Timeout(120)
final class IdleThreadsTest {
    private static Set<Thread> selectors() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().endsWith("SelectorManager"));
        return threads;
    }

    /** The name is the JDK's, so that this fails on a JDK that has another. */
    @Test
    void theThreadOfAnIdleClientEndsThoughTheClientIsInUse() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x", new byte[8])) {
            Set<Thread> before = selectors();
            HttpClient client = HttpClient.newHttpClient();
            client.send(HttpRequest.newBuilder(server.uri("/x")).build(), BodyHandlers.ofByteArray());
            Set<Thread> made = selectors();
            made.removeAll(before);
            assertEquals(1, made.size());
            IdleThreads.end(new ArrayList<>(made));
            made.iterator().next().join();
            assertTrue(client.version() != null);
        }
    }

    @Test
    void otherThreadsAreLeftAlone() throws Exception {
        Thread other = new Thread(() -> {}, "HttpClient-1-Worker-1");
        IdleThreads.end(List.of(other));
        other.start();
        other.join();
    }

    private static Process start(String... arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                WatchedMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aCommandLeavesNoneBehindAndHasWrittenEverything() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/a.h5", Fixtures.bytes("sample_granule"));
            String address = server.uri("/a.h5").toString();
            Process process = start("dump", "-d", "/gt1l/heights/h_ph", address);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("ended\n", errors(process));
            assertEquals(ExitCode.OK, process.waitFor());
            assertEquals(Run.of("dump", "-d", "/gt1l/heights/h_ph", address).out(), out);

            Process absent = start("ls", address + "x");
            assertTrue(errors(absent).endsWith("\nended\n"));
            assertEquals(ExitCode.NOT_FOUND, absent.waitFor());
        }
    }

    @Test
    void aPipeThatIsClosedIsSaidByTheStatusAlone() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/a.h5", Fixtures.bytes("sample_granule"));
            Process process = start("dump", server.uri("/a.h5").toString());
            assertEquals(100, process.getInputStream().readNBytes(100).length);
            process.getInputStream().close();
            assertEquals("ended\n", errors(process));
            assertEquals(ExitCode.CLOSED_PIPE, process.waitFor());
        }
    }
}
