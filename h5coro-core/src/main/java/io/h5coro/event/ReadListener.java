// SPDX-License-Identifier: Apache-2.0
package io.h5coro.event;

/**
 * Is told what reads do: {@code ReadOptions.listener}. One listener may serve many files.
 *
 * <ul>
 *   <li>It is called on the threads that do the work, from several at once: it must be thread-safe.
 *   <li>It must return quickly and must not wait for another thread: a request, a chunk or a result waits for it,
 *       perhaps with a lock held. Hand long work to another thread.
 *   <li>What it throws is logged once for each open file (logger {@code io.h5coro.event}) and otherwise ignored: it
 *       never breaks a read.
 *   <li>Events of one request come in their order, and those that belong to a result before that is there. Between
 *       different requests there is no order.
 * </ul>
 *
 * <pre>{@code
 * LongAdder bytes = new LongAdder();
 * ReadOptions options = ReadOptions.builder()
 *         .listener(event -> {
 *             if (event instanceof ReadEvent.Answered answer) {
 *                 bytes.add(answer.bytes());
 *             }
 *         })
 *         .build();
 * }</pre>
 */
@FunctionalInterface
public interface ReadListener {
    /** Takes an event. */
    void on(ReadEvent event);
}
