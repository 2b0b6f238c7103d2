// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A module's {@code api.txt}, beside its {@code pom.xml}: the public interface that was reviewed. After a change that
 * is meant, {@code -Dh5coro.api.write=true} writes it.
 */
public final class ReviewedApi {
    private ReviewedApi() {}

    /**
     * Fails when the module of a type, whose folder is the working folder, has another interface than its file says.
     */
    public static void check(Class<?> ofModule) {
        Path file = Path.of("api.txt");
        try {
            Path classes = Path.of(
                    ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
            String now = PublicApi.of(classes);
            assertTrue(now.lines().count() > 10, "the interface is empty");
            if (Boolean.getBoolean("h5coro.api.write")) {
                Files.writeString(file, now);
            }
            assertEquals(Files.readString(file), now, "api.txt differs: -Dh5coro.api.write=true writes it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
