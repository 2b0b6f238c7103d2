// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import com.sun.management.OperatingSystemMXBean;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what we answer of damaged files with what libhdf5 answers, one after the other in one JVM.
 * {@code testdata/make/mutants.py} starts it in the files' folder.
 *
 * <p>A line: the file's name and libhdf5's answers ({@link MutantAnswers}), each a key, a blank and a value, with tabs
 * between. An answer line: the file's name, the items that both answer alike, those that only libhdf5 answers, those
 * that only we answer, and then what is noted: {@code differs}, {@code refused} (by us), {@code read} (by us only) or
 * {@code defect}, the key, libhdf5's answer and ours, with {@code \u001f} between; with tabs between.
 */
public final class Mutants {
    /** More than any of these files, with the limits below, can need. */
    private static final long MOST_ALLOCATED = 1L << 30;

    /** Of processor time: a run in the background is stopped and starved. */
    private static final long SLOW_NANOS = 20_000_000_000L;

    private static final Duration HANGS = Duration.ofMinutes(30);

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static volatile String current = "";
    private static volatile long since = System.nanoTime();
    private static volatile long processorSince;

    private Mutants() {}

    /** Answers until standard input ends. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Thread main = Thread.currentThread();
        Thread watch = new Thread(() -> watch(main, out), "watch");
        watch.setDaemon(true);
        watch.start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t", -1);
            current = words[0];
            since = System.nanoTime();
            processorSince = PROCESS.getProcessCpuTime();
            String answer = answer(Path.of(""), words);
            current = "";
            out.println(answer);
        }
    }

    private static void watch(Thread main, PrintStream out) {
        try {
            while (true) {
                Thread.sleep(1000);
                String file = current;
                boolean late = System.nanoTime() - since > HANGS.toNanos()
                        || PROCESS.getProcessCpuTime() - processorSince > 3 * SLOW_NANOS;
                if (!file.isEmpty() && late && file.equals(current)) {
                    out.println(file + "\t0\t0\t0\tdefect\u001ffile\u001f\u001fhangs: "
                            + List.of(main.getStackTrace()).toString());
                    Runtime.getRuntime().halt(1);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers for a file of a folder. */
    static String answer(Path folder, String... words) {
        Map<String, String> theirs = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int blank = words[i].indexOf(' ');
            theirs.put(words[i].substring(0, blank), words[i].substring(blank + 1));
        }
        List<String> notes = new ArrayList<>();
        Map<String, String> ours = ours(folder.resolve(words[0]), notes);
        int[] counts = new int[3];
        ours.forEach((key, our) -> {
            String their = theirs.get(key);
            if (their == null || their.equals("~") || our.equals("~")) {
                return; // the owner is noted, or the values are too many to be read
            }
            boolean refused = our.startsWith("?");
            if (their.startsWith("?")) {
                counts[2] += refused ? 0 : 1;
                note(notes, refused ? "" : "read", key, their, our);
            } else if (refused) {
                counts[1]++;
                note(notes, "refused", key, their, our);
            } else if (their.equals(our)) {
                counts[0]++;
            } else {
                note(notes, "differs", key, their, our);
            }
        });
        String noted = String.join("\t", notes).replaceAll("[\\n\\r]+", " ");
        return words[0] + "\t" + counts[0] + "\t" + counts[1] + "\t" + counts[2]
                + (noted.isEmpty() ? "" : "\t" + noted);
    }

    private static void note(List<String> notes, String kind, String key, String their, String our) {
        if (!kind.isEmpty()) {
            notes.add(String.join("\u001f", kind, key, their, our.replace('\t', ' ')));
        }
    }

    private static Map<String, String> ours(Path path, List<String> notes) {
        ReadOptions options = ReadOptions.builder()
                .decodeThreads(1)
                .resultBytes(16 << 20)
                .metadataBudgetBytes(16 << 20)
                .deadline(HANGS)
                .build();
        Map<String, String> ours = new HashMap<>();
        AllocatedBytes allocated = new AllocatedBytes();
        long began = PROCESS.getProcessCpuTime();
        try (H5Coro file = H5Coro.open(path, options)) {
            new MutantAnswers(file, ours).all();
        } catch (H5Exception refused) {
            ours.putIfAbsent("file", MutantAnswers.refusal(refused));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError defect) {
            note(
                    notes,
                    "defect",
                    "file",
                    "",
                    defect + " "
                            + List.of(defect.getStackTrace()).subList(0, Math.min(8, defect.getStackTrace().length)));
        }
        long bytes = allocated.count();
        if (bytes > MOST_ALLOCATED) {
            note(notes, "defect", "file", "", bytes + " bytes allocated");
        }
        long took = PROCESS.getProcessCpuTime() - began;
        if (took > SLOW_NANOS) {
            note(notes, "defect", "file", "", "slow: " + took / 1_000_000 + " ms");
        }
        return ours;
    }
}
