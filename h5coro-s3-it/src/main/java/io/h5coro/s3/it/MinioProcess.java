// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A minio server of our own: a process on a free port of loopback, over a temporary folder. */
public final class MinioProcess implements S3TestServer {
    private static final int BUILD_MINUTES = 20;
    private static final int START_POLLS = 600;
    private static final int POLL_MILLIS = 50;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int MOST_PORTS = 100;

    /** Ends minio when its standard input does, so that it does not outlive a JVM that was killed. */
    private static final String GUARDED =
            "\"$0\" \"$@\" </dev/null & server=$!; cat >/dev/null; kill $server; wait $server";

    private final Process process;
    private final Path folder;
    private final URI endpoint;
    private final String secretKey;

    private MinioProcess(Process process, Path folder, URI endpoint, String secretKey) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
        this.secretKey = secretKey;
    }

    /**
     * The {@code minio} of the PATH, or the one that {@code testdata/minio/build.sh} has built or builds now.
     *
     * @param repository top folder of the checkout; null when there is none
     */
    static Optional<Path> binary(@Nullable Path repository) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Optional<Path> installed = Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "minio"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() || repository == null ? installed : built(repository);
    }

    private static Optional<Path> built(Path repository) {
        Path script = repository.resolve("testdata/minio/build.sh");
        if (!Files.exists(script) || !Files.isExecutable(Path.of("/bin/sh"))) {
            return Optional.empty();
        }
        try {
            Path answer = Files.createTempFile("h5coro-minio", ".path");
            try {
                Process build = new ProcessBuilder("/bin/sh", script.toString())
                        .redirectOutput(answer.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                build.getOutputStream().close();
                if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
                    build.descendants().forEach(ProcessHandle::destroy);
                    build.destroy();
                    return Optional.empty();
                }
                String binary = Files.readString(answer).trim();
                return build.exitValue() == 0 && !binary.isEmpty() ? Optional.of(Path.of(binary)) : Optional.empty();
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Starts a server.
     *
     * @throws IOException when it does not answer within half a minute
     */
    static MinioProcess start(Path binary) throws IOException {
        Path folder = Files.createTempDirectory("h5coro-minio");
        String secret = UUID.randomUUID().toString();
        String address = "127.0.0.1:" + freePort();
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                GUARDED,
                binary.toString(),
                "server",
                "--quiet",
                "--address",
                address,
                folder.resolve("data").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIO_"));
        builder.environment().put("MINIO_ROOT_USER", "h5coro-owner");
        builder.environment().put("MINIO_ROOT_PASSWORD", secret);
        builder.environment().put("MINIO_BROWSER", "off");
        builder.environment().put("MINIO_UPDATE", "off");
        MinioProcess server = new MinioProcess(builder.start(), folder, URI.create("http://" + address), secret);
        try {
            server.awaitReady();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /**
     * A free port below those that a system gives to whoever asks for any: the servers of other tests do not take it
     * before minio does.
     */
    private static int freePort() throws IOException {
        IOException taken = new IOException("no free port");
        for (int tries = 0; tries < MOST_PORTS; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private void awaitReady() throws IOException {
        for (int poll = 0; poll < START_POLLS && process.isAlive(); poll++) {
            if (isReady()) {
                return;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw new IOException("minio does not start: " + Files.readString(folder.resolve("log")));
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    endpoint.resolve("/minio/health/cluster").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "MinIO, a process of its own";
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public String accessKey() {
        return "h5coro-owner";
    }

    @Override
    public String secretKey() {
        return secretKey;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
