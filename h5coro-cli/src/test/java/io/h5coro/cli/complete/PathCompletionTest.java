// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.h5coro.cli.Run;
import io.h5coro.cli.config.Settings;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathCompletionTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final byte[] sample = Fixtures.bytes("sample_granule.h5");
    private HttpServer server;
    private String url;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/sample_granule.h5";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String[] range = exchange.getRequestHeaders().getFirst("Range").substring(6).split("-");
        int from = Integer.parseInt(range[0]);
        int end = Math.min(sample.length, Integer.parseInt(range[1]) + 1);
        exchange.getResponseHeaders().set("ETag", "\"one\"");
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + sample.length);
        exchange.sendResponseHeaders(206, end - from);
        try (exchange) {
            exchange.getResponseBody().write(Arrays.copyOfRange(sample, from, end));
        }
    }

    private Settings settings() throws IOException {
        String text = "index-cache = " + folder.resolve("index") + "\nhere: = " + url.replace("/sample_granule.h5", "");
        Path config = Files.writeString(folder.resolve("config"), text);
        return Settings.of(Map.of("H5CORO_CONFIG", config.toString()));
    }

    @Test
    void aRemoteFileIsCompletedFromTheIndexCacheWithoutARequest() throws IOException {
        Settings settings = settings();
        assertEquals(List.of(), PathCompletion.of(settings, List.of("ls", url, "/g")), "nothing is known yet");
        assertEquals(0, requests.get());

        assertEquals(0, Run.of("ls", "-r", "--index-cache", folder.resolve("index").toString(), url).status());
        int before = requests.get();
        assertTrue(before > 0);
        assertEquals(List.of("/gt1l/", "/gt2r/"), PathCompletion.of(settings, List.of("ls", url, "/g")));
        assertEquals(
                List.of(url + "::/gt1l/geolocation/"),
                PathCompletion.of(settings, List.of("ls", url + "::/gt1l/g")));
        assertEquals(
                List.of("here:sample_granule.h5::/gt1l/heights/h_ph"),
                PathCompletion.of(settings, List.of("ls", "here:sample_granule.h5::/gt1l/heights/h_")));
        assertEquals(
                List.of("/orbit_info/"),
                PathCompletion.of(settings, List.of("cat", "--retries", "1", "here:sample_granule.h5", "-d", "/o")));
        server.stop(0);
        assertEquals(List.of("/gt1l/", "/gt2r/"), PathCompletion.of(settings, List.of("ls", url, "/g")));
        assertEquals(before, requests.get());
    }

    @Test
    void aLocalFileIsLookedInto() throws IOException {
        String file = Fixtures.path("sample_granule.h5").toString();
        assertEquals(
                List.of(file + "::/gt1l/", file + "::/gt2r/"),
                PathCompletion.of(Settings.NONE, List.of("ls", file + "::/g")));
        assertEquals(
                List.of("/gt2r/heights/"), PathCompletion.of(Settings.NONE, List.of("stat", file, "/gt2r/h")));
    }

    @Test
    void whereThereIsNoFileNothingIsCompleted() throws IOException {
        assertEquals(List.of(), PathCompletion.of(Settings.NONE, List.of("ls", "/g")));
        assertEquals(List.of(), PathCompletion.of(Settings.NONE, List.of("ls", "no.h5", "/g")));
        assertEquals(List.of(), PathCompletion.of(Settings.NONE, List.of("ls", "")));
        assertEquals(List.of(), PathCompletion.of(settings(), List.of("ls", "here:")));
        assertEquals(List.of(), PathCompletion.of(Settings.NONE, List.of("ls")));
    }
}
