// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedExchange;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References into files that the file names: those of raw data, and many sources of a virtual dataset. */
final class OtherFilesTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path folder;

    private static References references(String file, long inlined) {
        try (H5Coro opened = H5Coro.open(file)) {
            return References.of(opened, ReferenceOptions.at(file).withInlineBytes(inlined));
        }
    }

    private static Map<String, String> refused(References references) {
        return references.refused().stream().collect(Collectors.toMap(RefusedVariable::path, RefusedVariable::reason));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> refs(References references) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        references.writeJson(out);
        Map<String, Object> all = (Map<String, Object>) JsonTree.of(out.toString(StandardCharsets.UTF_8));
        return (Map<String, Object>) all.get("refs");
    }

    /**
     * Of 12 bytes where 32 are wanted h5py reads three numbers and five zeros; of a file that is not there, an error.
     */
    @Test
    void filesOfRawDataThatAreMissingOrTooShortAreNoticed() throws Exception {
        for (String name :
                List.of("external_raw_v110.h5", "external_raw_1.bin", "external_raw_2.bin", "external_raw_short.bin")) {
            Files.copy(Fixtures.path(name), folder.resolve(name));
        }
        String file = folder.resolve("external_raw_v110.h5").toString();
        Map<String, String> large = refused(references(file, 0));
        assertEquals(
                "the file of raw data external_raw_short.bin is shorter than its values, and its 32 bytes are more than"
                        + " the 0 that are inlined",
                large.get("/short_file"));
        assertTrue(large.get("/missing_file").contains("does not exist"), () -> large.get("/missing_file"));
        assertTrue(!large.containsKey("/whole") && !large.containsKey("/two_files"), large::toString);
        References small = references(file, 100);
        assertEquals(List.of("/missing_file"), List.copyOf(refused(small).keySet()));
        String inlined = refs(small).get("short_file/0").toString();
        assertEquals(32, java.util.Base64.getDecoder().decode(inlined.replaceFirst("^base64:", "")).length, inlined);
        Files.delete(folder.resolve("external_raw_1.bin"));
        Map<String, String> less = refused(references(file, 100));
        assertTrue(less.get("/whole").contains("does not exist"), () -> less.get("/whole"));
        assertTrue(less.get("/two_files").contains("does not exist"), () -> less.get("/two_files"));
    }

    /** The index of each source is 4 MB behind its front, and takes a wave of its own. */
    @Test
    void indexesOfManySourcesAreReadTogether() throws Exception {
        byte[] source;
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(RESOURCES.resolve("source.h5.gz"))))) {
            source = in.readAllBytes();
        }
        try (FaultyHttpServer web = FaultyHttpServer.start()) {
            for (int i = 0; i < 24; i++) {
                web.put("/data/source_" + i + ".h5", source);
            }
            web.put("/data/many_sources.h5", Files.readAllBytes(RESOURCES.resolve("many_sources.h5")));
            web.latency(Duration.ofMillis(200)); // what is asked for together overlaps
            References references = references(web.uri("/data/many_sources.h5").toString(), 0);
            assertEquals(2400, references.chunkCount());
            assertEquals(
                    List.of(web.uri("/data/source_23.h5").toString(), 4_200_156L, 12L),
                    refs(references).get("all/2399.0"));
            // The front of the file and of each source, and at least a block of the index of each.
            int requests = web.requests();
            assertTrue(requests >= 49 && requests <= 4 * 24 + 2, () -> "requests: " + requests);
            int waves = waves(web.exchanges());
            assertTrue(waves >= 3 && waves <= 6, () -> "waves: " + waves + " of " + requests);
        }
    }

    /** Requests that began after all before them had ended. */
    private static int waves(List<ServedExchange> exchanges) {
        int waves = 0;
        long end = Long.MIN_VALUE;
        for (ServedExchange one : exchanges.stream()
                .sorted(Comparator.comparingLong(ServedExchange::startNanos))
                .toList()) {
            if (waves == 0 || one.startNanos() > end) {
                waves++;
                end = one.endNanos();
            } else {
                end = Math.max(end, one.endNanos());
            }
        }
        return waves;
    }
}
