// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the S3 server of the tests.
 *
 * <p>In this order: one named in the environment; MinIO in Docker; a minio binary, on the PATH or built with Go;
 * S3Proxy in this JVM. The system property {@value #PROPERTY} or the variable {@value #VARIABLE} asks for one:
 * {@code endpoint}, {@code minio} (either of the two), {@code s3proxy}; then it must be there, or the tests fail.
 */
public final class S3TestServers {
    /** Names the server to take. */
    public static final String PROPERTY = "h5coro.test.s3";

    /** Names the server to take, where no property does. */
    public static final String VARIABLE = "H5CORO_TEST_S3";

    private S3TestServers() {}

    /**
     * Starts the server to test against.
     *
     * @throws IOException when the one asked for cannot be had
     */
    public static S3TestServer start() throws IOException {
        String asked = Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        S3TestServer server = switch (asked) {
            case "" -> first();
            case "endpoint" -> required(S3TestServer.ofEnvironment(System.getenv()), "H5CORO_TEST_S3_ENDPOINT");
            case "minio" -> required(minio(), "Docker, a minio binary, or Go to build it");
            case "s3proxy" -> S3ProxyServer.start();
            default -> throw new IOException(PROPERTY + " is endpoint, minio or s3proxy, not " + asked);
        };
        System.out.println("S3 in these tests: " + server.name() + " at " + server.endpoint());
        return server;
    }

    private static S3TestServer first() throws IOException {
        @Nullable S3TestServer named = S3TestServer.ofEnvironment(System.getenv());
        if (named != null) {
            return named;
        }
        @Nullable S3TestServer minio = minio();
        return minio != null ? minio : S3ProxyServer.start();
    }

    private static @Nullable S3TestServer minio() {
        try {
            if (MinioContainer.isPossible()) {
                return MinioContainer.start();
            }
        } catch (RuntimeException e) {
            System.err.println("MinIO does not start in Docker: " + e);
        }
        try {
            Optional<Path> binary = MinioProcess.binary(repository());
            return binary.isPresent() ? MinioProcess.start(binary.get()) : null;
        } catch (IOException e) {
            System.err.println("minio does not start: " + e);
            return null;
        }
    }

    private static S3TestServer required(@Nullable S3TestServer server, String need) throws IOException {
        if (server == null) {
            throw new IOException("the S3 server asked for is not to be had; it needs " + need);
        }
        return server;
    }

    /** The checkout that the tests run in: the nearest folder above the working one that has the script. */
    private static @Nullable Path repository() {
        @Nullable Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("testdata/minio/build.sh"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
