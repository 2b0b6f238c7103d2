// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Destination;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java examples of the README, the first one with what it prints, are this test's code. */
final class ReadmeTest {
    @Test
    void printsWhatTheReadmeShows() throws IOException {
        Path granule = Fixtures.path("sample_granule");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (H5Coro file = H5Coro.open(granule)) {
            ReadPromise promise = file.readDatasets(List.of(
                    DatasetRequest.of("/gt1l/heights/h_ph"),
                    DatasetRequest.parse("/gt1l/heights/lat_ph[1000:3000]"),
                    DatasetRequest.of("/gt1l/heights/signal_conf_ph", Hyperslab.of(Range.of(0, 7000, 10), Range.at(2))),
                    DatasetRequest.attribute("/gt1l", "atlas_beam_type")));
            H5Array heights = promise.get("/gt1l/heights/h_ph");
            float[] all = ((FloatArray) heights).values();
            System.out.println(heights);
            System.out.println(all.length + " heights, the first is " + all[0]);
            System.out.println(promise.get("/gt1l/heights/lat_ph[1000:3000]").shape());
            System.out.println(promise.get("/gt1l/heights/signal_conf_ph").shape());
            System.out.println(promise.get("/gt1l@atlas_beam_type").getString(0));
        } finally {
            System.setOut(before);
        }
        String output = printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        assertEquals(5, output.lines().count());
        assertTrue(readme().contains("```text\n" + output + "```"), output);
    }

    @Test
    void opensAgainAsTheExampleSays(@TempDir Path folder) {
        Path granule = Fixtures.path("sample_granule");
        for (int i = 0; i < 2; i++) {
            IndexCache photons = IndexCache.at(folder).withFamily("ATL03");
            assertEquals("ATL03", photons.family().orElseThrow());
            IndexCache cache = IndexCache.at(folder);
            ReadOptions remembering = ReadOptions.builder().indexCache(cache).build();
            try (H5Coro file = H5Coro.open(granule, remembering)) {
                H5Array slice = file.read("/gt1l/heights/h_ph[0:10]");
                assertEquals(10, slice.length());
            }
        }
    }

    @Test
    void walksAsTheExampleSays() {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule"))) {
            WalkOptions options = WalkOptions.all().with(Detail.DESCRIPTORS);
            List<Dataset> datasets = file.root()
                    .walk(options)
                    .flatMap(member -> member.object().stream())
                    .filter(Dataset.class::isInstance)
                    .map(Dataset.class::cast)
                    .toList();
            assertEquals(51, datasets.size());
        }
    }

    @Test
    void readsFromDiskAsTheExampleSays(@TempDir Path temp) throws IOException {
        IndexCache cache = IndexCache.at(temp.resolve("index"));
        Path dataFolder = temp.resolve("data");
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put("/granule.h5", Fixtures.bytes("sample_granule"));
            String location = server.uri("/granule.h5").toString();
            for (int i = 0; i < 2; i++) {
                server.clearLog();
                DataCache data = DataCache.at(dataFolder, 20L << 30);
                ReadOptions.Builder caches = ReadOptions.builder().indexCache(cache);
                ReadOptions keeping = caches.dataCache(data).build();
                try (H5Coro file = H5Coro.open(location, keeping)) {
                    H5Array heights = file.read("/gt1l/heights/h_ph");
                    assertEquals(7000, heights.length());
                    assertEquals(i > 0, file.statistics().dataCacheHits() > 0);
                }
            }
            assertEquals(1, server.requests());
        }
    }

    private static URI sign(String location) {
        return URI.create(location.replace("s3://bucket", "http://127.0.0.1:1"));
    }

    @Test
    void signsAsTheExampleSays() throws IOException {
        SignedUrls signed = SignedUrls.by(at -> sign(at));
        StorageOptions renewed = StorageOptions.none().with(SignedUrls.class, signed);
        FileSeries.Options renewing = FileSeries.Options.defaults().withStorage(renewed);
        List<String> granules = List.of("s3://bucket/granule.h5");
        List<DatasetRequest> requests = List.of(DatasetRequest.of("/x"));
        FileSeries series = H5Coro.series(granules, requests, renewing);
        series.close();
        try (RangeReader reader = renewing.opener().open(granules.get(0))) {
            assertEquals("s3://bucket/granule.h5", reader.source());
        }
    }

    @Test
    void readsManyFilesAsTheExampleSays() {
        Path granule = Fixtures.path("sample_granule");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> granules = List.of(granule.toString(), granule.toString());
        List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
        try (FileSeries series = H5Coro.series(granules, requests, FileSeries.Options.defaults())) {
            for (FileSeries.Entry file : series) {
                System.out.println(file.location() + " " + file.get("/gt1l/heights/h_ph"));
            }
            H5Array border = series.concat("/gt1l/heights/h_ph").read(Hyperslab.parse("[6990:7010]"));
            assertEquals(20, border.length());
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).endsWith("float32 (7000,) [1811.2, 1800.25, 1825.98, 1800.22, 1800.59, 1808.78, …]"));
    }

    @Test
    void holdsArraysAsTheExampleSays() {
        Path granule = Fixtures.path("sample_granule");
        float[] memory = new float[14_000];
        try (H5Coro file = H5Coro.open(granule)) {
            DatasetRequest request = DatasetRequest.of("/gt1l/heights/signal_conf_ph");
            H5Array confidence = file.read(request);
            int[] all = confidence.toInts();
            int[] land = confidence.view().pick(1, 0).toInts();
            float[][] columns = confidence.slice("[:100]").transpose().toNested(float[][].class);
            DatasetRequest heights = DatasetRequest.of("/gt1l/heights/h_ph");
            CompletableFuture<Destination.Filled> filled = file.readInto(heights, Destination.of(memory, 7000));
            long count = filled.join().length();
            assertEquals(7000, count);
            assertEquals(35_000, all.length);
            assertEquals(7000, land.length);
            assertEquals(5, columns.length);
            assertEquals(all[5 * 99 + 4], columns[4][99]);
            assertEquals(1811.2f, memory[7000]);
        }
    }

    @Test
    void holdsTheExamplesOfTheReadme() throws IOException {
        String readme = readme();
        String here = Files.readString(Path.of("src/test/java/io/h5coro/ReadmeTest.java"));
        for (String first : List.of(
                "import io.h5coro.H5Coro;",
                "IndexCache cache = ",
                "DataCache data = ",
                "SignedUrls signed = ",
                "WalkOptions options = ",
                "float[] memory = ",
                "List<String> granules = ")) {
            String example = readme.substring(readme.indexOf("```java\n" + first) + "```java".length());
            List<String> lines = example.substring(0, example.indexOf("```"))
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() > 1)
                    .toList();
            assertTrue(lines.size() > 3);
            for (String line : lines) {
                assertTrue(here.contains(line) || isOfThisPackage(line) || namesTheGranule(line), line);
            }
        }
    }

    /** An import that this test, which is in the package, does without. */
    private static boolean isOfThisPackage(String line) {
        Matcher name = Pattern.compile("import io\\.h5coro\\.([A-Z]\\w+);").matcher(line);
        return name.matches() && Files.exists(Path.of("src/main/java/io/h5coro/" + name.group(1) + ".java"));
    }

    private static boolean namesTheGranule(String line) {
        Matcher path =
                Pattern.compile("Path granule = Path\\.of\\(\"(.*)\"\\);").matcher(line);
        return path.matches() && Files.exists(Path.of("..").resolve(path.group(1)));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../README.md"));
    }
}
