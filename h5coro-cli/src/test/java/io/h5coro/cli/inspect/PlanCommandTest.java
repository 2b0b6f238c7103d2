// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.testdata.Fixtures;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-d /a[1:x]", "-d /a --latency-ms=-1", "-d /a --bandwidth-mbs=0", "-d /a --connections=no"})
    void explainsWrongUsage(String arguments) {
        Run run = Run.of(("plan " + GRANULE + " " + arguments).strip().split(" "));
        assertEquals(ExitCode.USAGE, run.status(), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }
}
