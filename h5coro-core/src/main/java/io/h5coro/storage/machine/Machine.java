// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * The machine that the reader runs on: its clocks, its threads, and how they wait for one another. Whoever waits, makes
 * threads, sets a timer or looks at a clock does it here. {@link #ofThisProcess()} is the JVM's own; another one can
 * run everything on a virtual clock, one thread at a time. Thread-safe.
 */
public interface Machine {
    /** How long a thread waits for its next task: long enough for the next read of a program that reads in a loop. */
    Duration IDLE = Duration.ofSeconds(5);

    /** Returns the machine of this process: the system's clocks, daemon threads, and the JDK's timer. */
    static Machine ofThisProcess() {
        return JavaMachine.OF_THIS_PROCESS;
    }

    /** Returns the time in nanoseconds, as {@link System#nanoTime()}: only differences mean something. */
    long nanoTime();

    /** Returns the time of the wall clock. */
    Instant now();

    /** Returns chance for the thread that asks, not to be handed to another one. */
    RandomGenerator chance();

    /**
     * Runs a task once after a time, unless it is cancelled before.
     *
     * @param nanos 0 or less is at once
     * @param on runs the task. One that runs it on the thread that calls has it run on the timer, which serves all
     * @return cancels it; of no effect once it was handed over
     */
    Runnable after(long nanos, Executor on, Runnable task);

    /**
     * Makes a pool of daemon threads, which end when they are idle for some time.
     *
     * @param name of the threads; a number follows where it ends in a hyphen
     * @param most threads at once, positive; further tasks wait in the order in which they came.
     *     {@link Integer#MAX_VALUE}: a thread for each task
     */
    ExecutorService threads(String name, int most, Duration idle);

    /** Returns where stages of callers run that name no executor, as those of {@link CompletableFuture} do. */
    default Executor common() {
        return new CompletableFuture<>().defaultExecutor();
    }

    /**
     * Makes threads for tasks that wait nearly all the time: virtual ones where the machine has them, one for each
     * task.
     *
     * @param most threads at once where it has none
     */
    default ExecutorService waiters(String name, int most) {
        return threads(name, most, IDLE);
    }

    /** Returns whether {@link #waiters} makes a thread for each task, whatever their number. */
    default boolean hasVirtualThreads() {
        return false;
    }

    /**
     * Waits for a future.
     *
     * @param nanos longest time; 0 or less looks only
     * @throws ExecutionException what it failed with
     * @throws TimeoutException when it is not done in time
     * @throws InterruptedException when the thread is interrupted
     */
    <T> T get(Future<T> future, long nanos) throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * Waits on a lock, which the thread holds, as {@link Object#wait(long)} does: in a loop that looks whether what it
     * waits for has come.
     *
     * @param nanos longest time, positive; {@link Long#MAX_VALUE} for ever
     * @throws InterruptedException when the thread is interrupted
     */
    void waitOn(Object lock, long nanos) throws InterruptedException;

    /** Wakes all who wait on a lock, which the thread holds. */
    void wakeAll(Object lock);

    /**
     * Lets the thread do nothing for a time.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;
}
