// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The throttled store on loopback, for HTTP and for S3 clients with path-style addresses. Confined to one thread. */
final class Store implements AutoCloseable {
    private static final String BUCKET = "/bench/";

    private final FaultyHttpServer server;
    private final Network network;
    private final Set<String> served = new HashSet<>();

    private Store(FaultyHttpServer server, Network network) {
        this.server = server;
        this.network = network;
    }

    /**
     * What stands between reader and store.
     *
     * @param bytesPerSecond bandwidth of a connection
     * @param totalBytesPerSecond bandwidth of all together
     */
    record Network(Duration firstByte, long bytesPerSecond, long totalBytesPerSecond) {
        /** 60 ms, 90 MB/s, 1 GB/s. */
        static final Network OBJECT_STORE = new Network(Duration.ofMillis(60), 90_000_000L, 1_000_000_000L);
    }

    /**
     * What the store was asked for.
     *
     * @param chain the longest row of requests each of which came after the one before was answered: the most
     *     round trips that can have waited for one another
     */
    record Traffic(int requests, long bytes, int chain) {
        static Traffic of(List<ServedExchange> exchanges) {
            // Ordered by their ends, so taking each that starts after the last taken one gives the longest row.
            int chain = 0;
            long end = Long.MIN_VALUE;
            long bytes = 0;
            for (ServedExchange exchange : exchanges) {
                bytes += exchange.bytes();
                if (exchange.startNanos() >= end) {
                    chain++;
                    end = exchange.endNanos();
                }
            }
            return new Traffic(exchanges.size(), bytes, chain);
        }
    }

    static Store start(Network network) throws IOException {
        FaultyHttpServer server = FaultyHttpServer.start()
                .latency(network.firstByte())
                .bandwidth(network.bytesPerSecond(), network.totalBytesPerSecond());
        return new Store(server, network);
    }

    Network network() {
        return network;
    }

    /** Serves a file from now on. */
    void serve(Path file) {
        try {
            if (served.add(file.getFileName().toString())) {
                server.put(BUCKET + file.getFileName(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves a file under many names from now on; gives their locations. */
    List<String> serveCopies(Path file, int copies) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            String name = i + "_" + file.getFileName();
            served.add(name);
            server.put(BUCKET + name, content);
            locations.add(httpLocation(name));
        }
        return locations;
    }

    /** No longer serves anything, which frees the memory. */
    void clear() {
        served.forEach(name -> server.put(BUCKET + name, new byte[0]));
        served.clear();
    }

    String httpLocation(String name) {
        return server.uri(BUCKET + name).toString();
    }

    static String s3Location(String name) {
        return "s3:/" + BUCKET + name;
    }

    String endpoint() {
        String location = server.uri("/").toString();
        return location.substring(0, location.length() - 1);
    }

    void startCounting() {
        server.clearLog();
    }

    Traffic counted() {
        return Traffic.of(server.exchanges());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
