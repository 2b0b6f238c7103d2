// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeOptions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
final class PageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    private Path folder;

    @Test
    void showsTheTreeTheAttributesTheValuesAndAPicture() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no chromium at " + CHROMIUM);
        try (InputStream in = PageTest.class.getResourceAsStream("/served.h5")) {
            Files.copy(in, folder.resolve("served.h5"));
        }
        try (H5Server server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()))) {
            String page = shown(server.uri() + "#/data/served.h5::/rows");
            for (String part : new String[] {
                "data-object=\"/chunked\"",
                ">units<",
                "not shown: references",
                "<td class=\"number\">17</td>",
                "<canvas",
                "an empty dataset, without a shape",
            }) {
                assertTrue(page.contains(part), () -> part + " is not in " + page);
            }
        }
    }

    private String shown(String address) throws Exception {
        Path errors = folder.resolve("errors");
        Process browser = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        address)
                .redirectError(errors.toFile())
                .start();
        try {
            return new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            browser.destroy();
            browser.waitFor();
        }
    }
}
