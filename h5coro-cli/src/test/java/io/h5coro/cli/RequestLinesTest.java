// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --verbose} says of the requests to a server that counts them. */
@Timeout(120)
final class RequestLinesTest {
    private static final String DATASET = "/gt1l/heights/h_ph";

    private static final Pattern ANSWER = Pattern.compile(" *\\d+\\.\\d{3} s  (http://127\\.0\\.0\\.1:\\d+/x\\.h5)  "
            + "\\[(\\d+), (\\d+)\\) wave (\\d+), (\\d+) bytes in \\d+\\.\\d ms(, 2 attempts)?");

    private static FaultyHttpServer granule() throws Exception {
        return FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"));
    }

    private static List<Matcher> answers(Run run) {
        List<Matcher> answers = new ArrayList<>();
        run.err().lines().forEach(line -> {
            Matcher answer = ANSWER.matcher(line);
            if (answer.matches()) {
                answers.add(answer);
            }
        });
        return answers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -v FILE",
                "ls --verbose -l FILE::/gt1l/heights",
                "tree -v FILE",
                "attrs -v FILE::/gt1l",
                "plan -v FILE -d " + DATASET,
                "doctor -v FILE",
                "head -v FILE::" + DATASET,
                "stat -v FILE::" + DATASET,
                "plot -v FILE -d " + DATASET,
                "refs -v --address https://elsewhere/x.h5 FILE",
                "dump --verbose -d " + DATASET + " FILE"
            })
    void eachRequestHasALineWithItsRangeAndBytesAndNothingElseIsSaid(String line) throws Exception {
        try (FaultyHttpServer server = granule()) {
            String place = server.uri("/x.h5") + "?token=hidden";
            String[] words = line.split(" ");
            boolean path = line.contains("::");
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].replace("FILE", path ? server.uri("/x.h5").toString() : place);
            }
            Run run = Run.of(words);
            assertEquals(0, run.status(), run.err());
            List<Matcher> answers = answers(run);
            assertTrue(answers.size() >= 1, run.err());
            assertEquals(server.requests(), answers.size(), run.err());
            assertEquals("0", answers.get(0).group(2));
            assertEquals("1", answers.get(0).group(4));
            for (Matcher answer : answers) {
                long bytes = Long.parseLong(answer.group(5));
                assertTrue(bytes > 0 && bytes <= Long.parseLong(answer.group(3)) - Long.parseLong(answer.group(2)));
            }
            long plans = run.err()
                    .lines()
                    .filter(text -> text.contains(" pieces of data in "))
                    .count();
            assertEquals(answers.size() + plans, run.errorLines(), run.err());
            assertFalse(run.err().contains("hidden"), run.err());
        }
    }

    @Test
    void whatIsSaidOnStandardOutputIsTheSame() throws Exception {
        try (FaultyHttpServer server = granule()) {
            String place = server.uri("/x.h5").toString();
            assertEquals(
                    Run.of("ls", "-r", place).out(),
                    Run.of("ls", "-r", "-v", place).out());
            assertEquals("", Run.of("ls", "-r", place).err());
        }
    }

    @Test
    void attemptsAndFailuresAreSaid() throws Exception {
        try (FaultyHttpServer server = granule()) {
            server.next(ServerFault.status(503));
            Run run = Run.of("ls", "-v", server.uri("/x.h5").toString());
            assertEquals(0, run.status(), run.err());
            assertTrue(run.err().lines().anyMatch(line -> line.matches(".* attempt 2, since .*503.*")), run.err());
            assertEquals(", 2 attempts", answers(run).get(0).group(6));

            Run missing = Run.of("ls", "-v", server.uri("/none.h5").toString());
            assertEquals(3, missing.status());
            assertTrue(
                    missing.err()
                            .lines()
                            .findFirst()
                            .orElse("")
                            .toLowerCase(Locale.ROOT)
                            .contains("failed after"),
                    missing.err());
        }
    }
}
