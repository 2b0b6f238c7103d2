// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.PasswordFile;
import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitsTest {
    private static final ServeLimits HASTY = new ServeLimits(1 << 20, 1000, 64, 4, 1 << 16, Duration.ofMillis(300));

    @TempDir
    private Path folder;

    @TempDir
    private Path secrets;

    @Test
    void endsConnectionsThatSendNoWholeRequest() throws Exception {
        try (H5Server server = start(ServeOptions.defaults().withLimits(HASTY))) {
            for (String begin : List.of(
                    "",
                    "GET / HT",
                    "POST /msgpack/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Client.TYPE
                            + "\r\nContent-Length: 1000\r\n\r\nx")) {
                try (Socket socket = connect(server.uri())) {
                    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                    assertEnds(socket);
                }
            }
            await(() -> server.connections() == 0 && server.activeRequests() == 0);
        }
    }

    /** A part of a folder would look like all of it. */
    @Test
    void aFolderOfTooManyEntriesIsNotListedAndItsFilesAreServed() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        try (H5Server server = start(ServeOptions.defaults())) {
            Client client = new Client(server.uri());
            assertEquals(200, client.ask("data", Map.of()).statusCode());
            Files.createFile(folder.resolve("one more"));
            HttpResponse<byte[]> answer = client.ask("data", Map.of());
            assertEquals(501, answer.statusCode());
            assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("more than 100000 entries"));
            assertEquals(200, client.ask("data/one%20more", Map.of()).statusCode());
        }
    }

    @Test
    void endsConnectionsThatDripHeaders() throws Exception {
        try (H5Server server = start(ServeOptions.defaults().withLimits(HASTY));
                Socket socket = connect(server.uri())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            assertThrows(IOException.class, () -> {
                while (true) {
                    out.write('x');
                    out.flush();
                    if (socket.getInputStream().available() > 0 || ended(socket)) {
                        throw new IOException("ended");
                    }
                }
            });
        }
    }

    @Test
    void leavesNothingOfClientsThatAreGone() throws Exception {
        Path big = Files.createFile(folder.resolve("big.bin"));
        try (var channel = java.nio.channels.FileChannel.open(big, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(1), (64 << 20) - 1);
        }
        try (H5Server server = start(ServeOptions.defaults())) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket socket = connect(server.uri());
                socket.getOutputStream()
                        .write("GET /download/data/big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            await(() -> server.activeRequests() > 0);
            for (Socket socket : sockets) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            await(() -> server.connections() == 0 && server.activeRequests() == 0);
        }
    }

    @Test
    void asksForPasswords() throws Exception {
        Path passwords = secrets.resolve("passwords");
        Files.writeString(passwords, "# users\n" + PasswordFile.line("ada", "löve".toCharArray()) + "\n");
        try (H5Server server = start(ServeOptions.defaults().withPasswords(passwords))) {
            Client client = new Client(server.uri());
            assertEquals(401, client.get("msgpack/").statusCode());
            assertEquals(401, status(client, server, "ada:love"));
            assertEquals(401, status(client, server, "None:None"));
            assertEquals(200, status(client, server, "ada:löve"));
            assertEquals(200, client.get("health").statusCode());
        }
    }

    @Test
    void letsAllConnectionsOfAUserInAtOnce() throws Exception {
        Path passwords = secrets.resolve("passwords");
        Files.writeString(passwords, PasswordFile.line("ada", "secret".toCharArray()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (H5Server server = start(ServeOptions.defaults().withPasswords(passwords))) {
            Client client = new Client(server.uri());
            Callable<Integer> ask = () -> status(client, server, "ada:secret");
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(8, ask))) {
                assertEquals(200, status.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void servesNoFileOfPasswords() throws Exception {
        Path below = Files.createDirectory(folder.resolve("below"));
        Path passwords = Files.writeString(below.resolve("passwords"), PasswordFile.line("ada", "x".toCharArray()));
        Path link = Files.createSymbolicLink(secrets.resolve("link"), passwords);
        assertThrows(
                IllegalArgumentException.class,
                () -> start(ServeOptions.defaults().withPasswords(link)));
    }

    @Test
    void confinesARootThatIsWrittenAsAnAddress() throws Exception {
        Files.writeString(secrets.resolve("outside"), "secret");
        Files.writeString(folder.resolve("in side"), "plain");
        Files.createSymbolicLink(folder.resolve("link"), secrets.resolve("outside"));
        ServeOptions options =
                ServeOptions.defaults().withRoot("data", folder.toUri().toString());
        try (H5Server server = H5Server.start(options)) {
            Client client = new Client(server.uri());
            assertEquals(200, client.get("download/data/in%20side").statusCode());
            assertEquals(404, client.get("download/data/link").statusCode());
        }
    }

    @Test
    void takesEveryNameOfTheOwnMachineForOne() throws Exception {
        try (H5Server server = start(ServeOptions.defaults().withHost("LOCALHOST"));
                Socket socket = connect(server.uri())) {
            assertEquals(200, new Client(server.uri()).get("health").statusCode());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 400", new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void takesNobodyForAUserWhereThereAreNone() throws Exception {
        try (H5Server server = start(ServeOptions.defaults())) {
            Client client = new Client(server.uri());
            assertEquals(200, status(client, server, "None:None"));
            assertEquals(401, status(client, server, "ada:love"));
        }
    }

    @Test
    void answersNoOtherNameThanItsOwn() throws Exception {
        try (H5Server server = start(ServeOptions.defaults());
                Socket socket = connect(server.uri())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 400", new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void refusesALineThatIsNoHash() throws Exception {
        Path passwords = Files.writeString(folder.resolve("wrong"), "ada:secret\n");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PasswordFile.read(passwords));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("line 1 "), refused.getMessage());
    }

    private H5Server start(ServeOptions options) throws IOException {
        return H5Server.start(options.withRoot("data", folder.toString()));
    }

    private static Socket connect(URI server) throws IOException {
        return new Socket(server.getHost(), server.getPort());
    }

    private static int status(Client client, H5Server server, String user) {
        String header = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return client.send(HttpRequest.newBuilder(server.uri().resolve("msgpack/"))
                        .header("Authorization", header)
                        .GET())
                .statusCode();
    }

    private static boolean ended(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    /** The server may answer with an error before it ends the connection. */
    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        InputStream in = socket.getInputStream();
        try {
            in.readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection did not end", e);
        } catch (IOException reset) {
            // So does a reset.
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Eventually.holds(condition);
    }
}
