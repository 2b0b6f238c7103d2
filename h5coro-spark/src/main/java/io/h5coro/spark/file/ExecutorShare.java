// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.H5Coro;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** How much of an executor the reads of all its tasks may take together. */
public final class ExecutorShare {
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)\\b.*");

    /** Of the memory that Spark leaves to user code: the other half is for results that were handed over. */
    private static final double PART = 0.5;

    /** Budgets by their bytes: reads with other credentials share the same memory. */
    private static final Map<Long, MemoryBudget> BUDGETS = new ConcurrentHashMap<>();

    private static final long LEAST_AHEAD_BYTES = 8L << 20;

    /** What some dozens of requests of an object store bring in a round trip. */
    private static final long MOST_AHEAD_BYTES = 64L << 20;

    private ExecutorShare() {}

    /**
     * Returns the options of every file.
     *
     * @param memoryBytes 0 for a part of what Spark leaves of the heap
     */
    public static ReadOptions options(long memoryBytes) {
        SparkConf conf = conf();
        long bytes = memoryBytes > 0 ? memoryBytes : memory(conf);
        MemoryBudget budget =
                BUDGETS.computeIfAbsent(bytes, size -> H5Coro.memoryBudget(size, MemoryBudget.WhenFull.WAIT));
        // The threads that decode are the process's, not a file's: one for each task that runs at once.
        return ReadOptions.builder()
                .memoryBudget(budget)
                .decodeThreads(tasks(conf))
                .build();
    }

    /** Returns how many decoded bytes a task may have read ahead of what it has handed to Spark. */
    public static long aheadBytes() {
        SparkConf conf = conf();
        return Math.max(LEAST_AHEAD_BYTES, Math.min(MOST_AHEAD_BYTES, memory(conf) / tasks(conf)));
    }

    private static SparkConf conf() {
        SparkEnv env = SparkEnv.get();
        return env == null ? new SparkConf(false) : env.conf();
    }

    private static long memory(SparkConf conf) {
        double spark = conf.getDouble("spark.memory.fraction", 0.6);
        return (long) (Runtime.getRuntime().maxMemory() * (1 - spark) * PART);
    }

    private static int tasks(SparkConf conf) {
        int processors = Runtime.getRuntime().availableProcessors();
        Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
        int cores =
                local.matches() ? Integer.parseInt(local.group(1)) : conf.getInt("spark.executor.cores", processors);
        return Math.max(1, cores);
    }
}
