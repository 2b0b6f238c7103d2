// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code h5coro plan}; that a plan is what a read does is {@code ExplainTest}'s. */
final class PlanCommandTest {
    private static final String GRANULE = Fixtures.path("sample_granule").toString();

    @Test
    void saysWhatAReadWouldFetch() {
        Run run = Run.of("plan", GRANULE, "-d", "/gt1l/heights/h_ph", "-d", "/gt1l/heights/lat_ph[0:10]");
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("/gt1l/heights/h_ph  (7000,)  "), run.out());
        assertTrue(run.out().contains("/gt1l/heights/lat_ph[0:10]  (10,)  "), run.out());
        assertTrue(run.out().matches("(?s).*\ndata      [1-9][0-9]* requests?, .*"), run.out());
    }

    @Test
    void takesThePathBehindTheFile() {
        Run run = Run.of("plan", GRANULE + "/gt1l/heights/h_ph");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().startsWith("/gt1l/heights/h_ph  (7000,)  "), run.out());
    }

    @Test
    void estimatesWithTheConditionsGiven() {
        Run slow = Run.of(
                "plan",
                "--latency-ms=1000",
                "--bandwidth-mbs=1000000",
                "--connections=64",
                "-d",
                "/gt1l/heights/h_ph",
                GRANULE);
        assertEquals(0, slow.status(), slow.err());
        // A second each for the open and the data at least, and whole seconds but for the transfer of some kB.
        assertTrue(
                slow.out()
                        .matches("(?s).*\ntime      [1-9][0-9]*\\.00[0-9] s = [1-9][0-9]*\\.00[0-9] open .*"
                                + "at 1000 ms, 1000000 MB/s a connection, 64 connections\n"),
                slow.out());
    }

    @Test
    void takesAFamilyWithTheConditionsGiven() {
        String family = Fixtures.path("family_00000").toString().replace("00000", "%05d");
        Run run = Run.of("plan", family, "-d", "/contiguous", "--latency-ms=60");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("at 60 ms, "), run.out());
    }

    @Test
    void printsOneJsonObject() {
        Run run = Run.of("plan", "--json", GRANULE, "-d", "/gt1l/heights/h_ph[0:10]", "-d", "/no\"ne");
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertTrue(
                run.out().startsWith("{\"datasets\":[{\"name\":\"/gt1l/heights/h_ph[0:10]\",\"shape\":[10],"),
                run.out());
        assertTrue(
                run.out().contains("\"failures\":[{\"name\":\"/no\\\"ne\",\"error\":\"NotFoundException\","),
                run.out());
        assertEquals(1, run.out().lines().count());
        assertEquals(1, run.errorLines(), run.err());
    }

    /** Whatever a request is said to cost, here with gaps that pay, it says the requests to each file. */
    @ParameterizedTest
    @ValueSource(strings = {"plan", "plan --latency-ms=60"})
    void saysWhatIsAskedOfOtherFiles(String command) {
        String arguments = command + " " + Fixtures.path("external_raw_v110") + " -d /whole";
        Run run = Run.of(arguments.split(" "));
        assertEquals(0, run.status(), run.err());
        assertTrue(
                run.out()
                        .matches("(?s).*\ndata      1 request, 120 bytes for 120 bytes wanted \\(1.00 times\\)\n"
                                + "  1 request, 120 bytes of [^\n]*external_raw_1.bin\n.*"),
                run.out());
        Run json = Run.of((arguments + " --json").split(" "));
        assertTrue(
                json.out()
                        .matches(".*\"requests\":\\[\\],\"sources\":\\[\\{\"source\":\"[^\"]*external_raw_1.bin\","
                                + "\"requests\":\\[\\[0,120\\]\\]\\}\\],.*\n"),
                json.out());
    }

    @Test
    void takesSeveralPathsBehindTheFile() {
        Run run = Run.of("plan", GRANULE, "/gt1l/heights/h_ph[0:10]", "/gt1l/heights/lat_ph", "-d", "/ancillary_data");
        assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
        assertTrue(run.out().startsWith("/gt1l/heights/h_ph[0:10]  (10,)  "), run.out());
        assertTrue(run.out().contains("\n/gt1l/heights/lat_ph  (7000,)  "), run.out());
        assertFalse(run.out().contains("sum "), run.out());
    }

    private static String[] lines(String text, String beginning) {
        return text.lines().filter(line -> line.startsWith(beginning)).toArray(String[]::new);
    }

    @Test
    void endsWithTheSumOfSeveralFiles() {
        String other = Fixtures.path("numbers_earliest").toString();
        String both = "plan " + GRANULE + " " + other + " -d /gt1l/heights/h_ph -d /chunked/i1";
        Run run = Run.of(both.split(" "));
        // Each file lacks one of the datasets, which concerns that file.
        assertEquals(ExitCode.NOT_FOUND, run.status());
        assertEquals(2, run.errorLines(), run.err());
        assertTrue(run.err().startsWith("h5coro: /chunked/i1: " + GRANULE + ": /chunked/i1: "), run.err());
        Run one = Run.of("plan", GRANULE, "-d", "/gt1l/heights/h_ph", "-d", "/chunked/i1");
        Run two = Run.of("plan", other, "-d", "/gt1l/heights/h_ph", "-d", "/chunked/i1");
        String expected = GRANULE + ":\n" + one.out() + "\n" + other + ":\n" + two.out() + "\n";
        assertTrue(run.out().startsWith(expected), run.out());
        String sum = run.out().substring(expected.length());
        assertEquals(2, lines(sum, "file      ").length, sum);
        assertTrue(sum.startsWith("file      " + GRANULE + ": 2 requests, "), sum);
        assertTrue(
                sum.matches("(?s).*\nsum       3 requests, [0-9.]+ kB for [0-9.]+ kB wanted, [^\n]* here already\n"
                        + "          2 files, one after the other: at most 3 waves, 0\\.[0-9]{3} s\n"),
                sum);
    }

    @Test
    void aFileThatCannotBeOpenedIsSaidAndCountsNothing(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.h5"), "no HDF5");
        Run run = Run.of("plan", GRANULE, broken.toString(), "-d", "/gt1l/heights/h_ph[0:10]");
        assertEquals(ExitCode.CORRUPT, run.status());
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.out().contains("\nfile      " + broken + ": failed\nsum       2 requests, "), run.out());
        assertTrue(
                run.out().contains("\n          2 files (1 failed), one after the other: at most 2 waves, "),
                run.out());
    }

    @Test
    void printsAJsonObjectForEachFileAndOneWithTheSum(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.h5"), "no HDF5");
        String copy = Files.copy(Path.of(GRANULE), folder.resolve("copy.h5")).toString();
        String[] command = {"plan", "--json", GRANULE, broken.toString(), copy, "-d", "/gt1l/heights/h_ph"};
        Run run = Run.of(command);
        assertEquals(ExitCode.CORRUPT, run.status());
        List<JsonNode> all = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            all.add(new ObjectMapper().readTree(line));
        }
        assertEquals(4, all.size());
        assertEquals(GRANULE, all.get(0).get("file").asText());
        assertEquals("MalformedFileException", all.get(1).get("error").asText());
        assertEquals(broken.toString(), all.get(1).get("file").asText());
        assertEquals(copy, all.get(2).get("file").asText());
        JsonNode sum = all.get(3).get("sum");
        assertEquals(3, sum.get("files").asInt());
        assertEquals(1, sum.get("failed").asInt());
        long requests = 0;
        long bytes = 0;
        for (JsonNode file : List.of(all.get(0), all.get(2))) {
            requests += file.get("requests").size()
                    + file.get("open").get("requests").asLong()
                    + file.get("metadata").get("requests").asLong();
            bytes += file.get("bytesFetched").asLong()
                    + file.get("open").get("bytes").asLong()
                    + file.get("metadata").get("bytes").asLong();
        }
        assertTrue(requests >= 2, requests + " requests");
        assertEquals(requests, sum.get("requests").asLong());
        assertEquals(bytes, sum.get("bytesFetched").asLong());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-d /a[1:x]", "-d /a --latency-ms=-1", "-d /a --bandwidth-mbs=0", "-d /a --connections=no"})
    void explainsWrongUsage(String arguments) {
        Run run = Run.of(("plan " + GRANULE + " " + arguments).strip().split(" "));
        assertEquals(ExitCode.USAGE, run.status(), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }
}
