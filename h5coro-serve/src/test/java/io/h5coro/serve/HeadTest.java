// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HEAD has the status and the headers of GET, and makes no more of the body than these need. */
final class HeadTest {
    private static final int FILES = 1_500;

    /** So long that the answer is larger than what is held back of one. */
    private static final String NAME = "a".repeat(200);

    private static HttpResponse<byte[]> head(H5Server server, String path) {
        return new Client(server.uri())
                .send(HttpRequest.newBuilder(server.uri().resolve(path))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    private static long sent(H5Server server) {
        String text = new String(new Client(server.uri()).get("metrics").body(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith("h5coro_sent_bytes_total "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aLargeAnswerEndsWithItsHeaders(@TempDir Path folder) throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.createFile(folder.resolve(NAME + i));
        }
        try (H5Server server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()))) {
            HttpResponse<byte[]> get = new Client(server.uri()).get("msgpack/data");
            assertTrue(get.body().length > FILES * NAME.length());
            long before = sent(server);
            HttpResponse<byte[]> head = head(server, "msgpack/data");
            assertEquals(200, head.statusCode());
            assertEquals(
                    get.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"));
            assertEquals(OptionalLong.empty(), head.headers().firstValueAsLong("Content-Length"));
            long between = sent(server) - before;
            assertTrue(between < NAME.length() * 100, () -> "bytes that were counted: " + between);
        }
    }

    @Test
    void aSmallAnswerHasTheLengthOfItsBody(@TempDir Path folder) throws Exception {
        try (H5Server server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()))) {
            HttpResponse<byte[]> head = head(server, "health");
            assertEquals(OptionalLong.of(3), head.headers().firstValueAsLong("Content-Length"));
            assertEquals(0, head.body().length);
            assertEquals(404, head(server, "msgpack/data/none").statusCode());
        }
    }
}
