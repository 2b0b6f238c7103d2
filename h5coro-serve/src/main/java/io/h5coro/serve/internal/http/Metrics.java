// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.OpenFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What a server counts, in the text form of Prometheus. Thread-safe. */
public final class Metrics {
    private final OpenFiles files;
    private final Turns turns;
    private final Map<Integer, LongAdder> answers = new java.util.concurrent.ConcurrentHashMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder aborted = new LongAdder();
    private final AtomicInteger active = new AtomicInteger();
    private volatile IntSupplier connections = () -> 0;

    Metrics(OpenFiles files, Turns turns) {
        this.files = files;
        this.turns = turns;
    }

    void countConnections(IntSupplier open) {
        connections = open;
    }

    void begin() {
        active.incrementAndGet();
    }

    void end(int status, long sentBytes, boolean complete) {
        active.decrementAndGet();
        answers.computeIfAbsent(status, any -> new LongAdder()).increment();
        bytes.add(sentBytes);
        if (!complete) {
            aborted.increment();
        }
    }

    int active() {
        return active.get();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        head(text, "h5coro_requests_total", "counter", "Answers by their HTTP status.");
        new TreeMap<>(answers)
                .forEach((status, count) -> text.append("h5coro_requests_total{status=\"")
                        .append(status)
                        .append("\"} ")
                        .append(count.sum())
                        .append('\n'));
        one(text, "h5coro_aborted_total", "counter", "Answers that ended before they were complete.", aborted.sum());
        one(text, "h5coro_sent_bytes_total", "counter", "Bytes of answers.", bytes.sum());
        one(text, "h5coro_active_requests", "gauge", "Requests that are being answered.", active.get());
        one(text, "h5coro_reading_requests", "gauge", "Requests that read values.", turns.reading());
        one(
                text,
                "h5coro_holding_requests",
                "gauge",
                "Requests that read values, or hold some that their clients have not taken.",
                turns.holding());
        one(text, "h5coro_connections", "gauge", "Open connections.", connections.getAsInt());
        one(text, "h5coro_open_files", "gauge", "Open files, in use or idle.", files.size());
        return text.toString();
    }

    private static void one(StringBuilder text, String name, String type, String help, long value) {
        head(text, name, type, help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
