// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs a program while the sample granule is served over HTTP and from S3, on loopback. */
public final class Served {
    private static final String BUCKET = "h5coro-served";
    private static final String KEY = "sample_granule.h5";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private Served() {}

    /**
     * Runs the program and ends with its exit status. The program finds the addresses of the granule in the variables
     * {@code GRANULE_HTTP} and {@code GRANULE_S3}, and keys and endpoint where the AWS SDK looks for them.
     *
     * @param command the program and its arguments
     * @throws IOException when a server or the program does not start
     * @throws InterruptedException never: nothing interrupts it
     */
    public static void main(String[] command) throws IOException, InterruptedException {
        byte[] granule = Fixtures.bytes("sample_granule");
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(threads);
        web.createContext("/" + KEY, exchange -> answer(exchange, granule));
        web.start();
        int status;
        try (S3TestServer store = S3ProxyServer.start()) {
            try (S3Client client = store.client()) {
                client.createBucket(request -> request.bucket(BUCKET));
                client.putObject(request -> request.bucket(BUCKET).key(KEY), RequestBody.fromBytes(granule));
            }
            ProcessBuilder program = new ProcessBuilder(command).inheritIO();
            program.environment()
                    .putAll(Map.of(
                            "GRANULE_HTTP",
                            "http://127.0.0.1:" + web.getAddress().getPort() + "/" + KEY,
                            "GRANULE_S3",
                            "s3://" + BUCKET + "/" + KEY));
            program.environment().putAll(store.environment());
            status = program.start().waitFor();
        } finally {
            web.stop(0);
            threads.shutdown();
        }
        System.exit(status);
    }

    /** Answers with one range of the granule, or with all of it. */
    private static void answer(HttpExchange exchange, byte[] granule) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestHeaders().getFirst("Range");
            Matcher range = RANGE.matcher(asked == null ? "" : asked);
            int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
            int last = range.matches()
                    ? Math.min(Integer.parseInt(range.group(2)), granule.length - 1)
                    : granule.length - 1;
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            if (range.matches()) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + last + "/" + granule.length);
            }
            exchange.sendResponseHeaders(range.matches() ? 206 : 200, last - from + 1);
            exchange.getResponseBody().write(granule, from, last - from + 1);
        }
    }
}
