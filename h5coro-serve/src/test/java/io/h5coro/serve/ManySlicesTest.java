// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 one-row slices of a contiguous dataset are one read. */
final class ManySlicesTest {
    private static final int ROWS = 200_000;
    private static final int SLICES = 100_000;

    @TempDir
    private Path folder;

    @Test
    void areReadTogether() throws Exception {
        write();
        long[] starts = new Random(15)
                .ints(0, ROWS)
                .distinct()
                .limit(SLICES)
                .sorted()
                .asLongStream()
                .toArray();
        try (H5Server server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()))) {
            HttpResponse<byte[]> response = new Client(server.uri())
                    .ask("data/many.h5", Checked.slice("/rows", List.of(List.of(starts, 1), List.of(0, 3))));
            int[] found = new int[3 * SLICES];
            Client.array(Client.value(response)).buffer().asIntBuffer().get(found);
            int[] expected = Arrays.stream(starts)
                    .flatMap(row -> Arrays.stream(new long[] {3 * row, 3 * row + 1, 3 * row + 2}))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            assertArrayEquals(expected, found);
            Map<String, Long> read = statistics(response);
            // One call, whose 1.2 MB lie within 2.4 MB: the gaps are read with them.
            long requests = read.get("requests");
            assertTrue(requests >= 1 && requests <= 8, () -> "requests: " + requests);
            long bytes = read.get("bytes");
            assertTrue(bytes >= 12L * SLICES && bytes <= 13L * ROWS, () -> "bytes: " + bytes);
        }
    }

    /** The header is there when one call read all windows. */
    private static Map<String, Long> statistics(HttpResponse<byte[]> response) {
        String header = response.headers().firstValue("H5coro-Read").orElse("");
        assertEquals(4, header.split(", ").length, header);
        return Arrays.stream(header.split(", "))
                .map(part -> part.split("="))
                .collect(Collectors.toMap(part -> part[0], part -> Long.parseLong(part[1])));
    }

    private void write() throws IOException {
        Checked.copy("many.h5", folder);
        ByteBuffer values = ByteBuffer.allocate(12 * ROWS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 3 * ROWS; i++) {
            values.putInt(i);
        }
        Files.write(folder.resolve("many.h5"), values.array(), StandardOpenOption.APPEND);
    }
}
