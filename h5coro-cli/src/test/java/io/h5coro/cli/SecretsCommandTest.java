// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No command prints what may be a secret, with --debug or without. */
@Timeout(120)
final class SecretsCommandTest {
    private static final String MARK = "MaRkEr";

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains(MARK), text);
        assertNotEquals(0, status, text);
        return text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:MaRkEr@127.0.0.1:1/x.h5?sig=MaRkEr",
                "http://u:MaRkEr@a_b/x.h5",
                "http://h:port/x.h5?sig=MaRkEr",
                "http://u:Ma/MaRkEr@127.0.0.1:1/x.h5",
                "https:/u:MaRkEr@h/x.h5",
                "foo://u:MaRkEr@h/x.h5",
                "file://u:MaRkEr@h/x.h5",
                "s3://id:MaRkEr@bucket/x.h5"
            })
    void noCommandRepeatsWhatMayBeASecret(String address) {
        List<String> quick = List.of("--retries", "0", "--debug");
        for (String command : List.of("ls", "attrs", "doctor")) {
            run(command, address, quick.get(0), quick.get(1), quick.get(2));
        }
        run("plan", address, "-d", "/x", "--retries", "0", "--debug");
        run("dump", "--retries", "0", "--debug", address);
        run("ls", address, address, address, "--no-such-option");
    }

    @ParameterizedTest
    @CsvSource({
        "--storage, MaRkEr",
        "--storage, MaRkEr=x",
        "--storage, retires=MaRkEr",
        "--storage, retries=MaRkEr",
        "--header=MaRkEr, x",
        "--bearer-token-env, MaRkEr",
        "--timeout, MaRkEr",
        "--storge=MaRkEr, x",
    })
    void noMistypedOptionIsRepeated(String option, String value) {
        String address = "http://127.0.0.1:1/x.h5";
        run("ls", address, option, value);
        run("dump", option, value, address);
    }

    @ParameterizedTest
    @CsvSource({"conections=3, did you mean 'connections'", "header=X, did you mean 'header.NAME'"})
    void aMisspeltOptionIsAUsageErrorThatSaysWhatWasMeant(String property, String hint) {
        String text = run("dump", "--storage", property, "none.h5");
        assertTrue(text.contains(hint), text);
    }

    /** h5dump names the file of a reference as it was opened. */
    @Test
    void aReferenceNamesItsFileWithoutTheSecretsOfTheAddress(@TempDir Path folder) throws IOException {
        byte[] file = Files.readAllBytes(Path.of(DumpFiles.one(folder, "aliases.h5")));
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/aliases.h5", file)) {
            String address = server.uri("/aliases.h5").toString();
            Run run = Run.of("dump", "-d", "references", address + "?sig=" + MARK);
            assertEquals(0, run.status(), run.err());
            assertFalse((run.out() + run.err()).contains(MARK), run.out() + run.err());
            assertTrue(run.out().contains("DATASET \"" + address + "/"), run.out());
        }
    }
}
