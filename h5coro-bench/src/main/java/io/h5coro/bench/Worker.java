// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A reader in a process of its own, which speaks the lines of {@link WorkerLoop}. Confined to one thread. */
final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private volatile boolean ended;

    private Worker(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What a read took, or why there is none. */
    record Answer(
            double seconds,
            double cpuSeconds,
            double sum,
            String remarks,
            @Nullable String failure) {}

    static Worker start(List<String> command) throws IOException {
        return new Worker(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /**
     * Sends a line and waits for its answer; a process that takes longer than so many seconds is ended, and has failed.
     */
    Answer ask(String line, int seconds) {
        if (ended) {
            return failed("over " + seconds + " s");
        }
        Thread watch = new Thread(() -> endAfter(seconds), "bench-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
                if (answer.startsWith("= ")) {
                    String[] words = answer.split(" ", 5);
                    return new Answer(
                            Double.parseDouble(words[1]),
                            Double.parseDouble(words[2]),
                            Double.parseDouble(words[3]),
                            words.length > 4 ? words[4] : "",
                            null);
                }
                if (answer.startsWith("! ")) {
                    return failed(answer.substring(2));
                }
            }
            return failed(ended ? "over " + seconds + " s" : "the process ended");
        } catch (IOException e) {
            return failed(ended ? "over " + seconds + " s" : e.toString());
        } finally {
            watch.interrupt();
        }
    }

    private void endAfter(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
            ended = true;
            process.destroyForcibly();
        } catch (InterruptedException answered) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer failed(String why) {
        return new Answer(Double.NaN, Double.NaN, Double.NaN, "", why);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
