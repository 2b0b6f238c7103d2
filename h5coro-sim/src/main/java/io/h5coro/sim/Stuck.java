// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nothing can happen any more, and somebody waits. */
final class Stuck extends AssertionError {
    private static final long serialVersionUID = 1L;

    Stuck(String message) {
        super(message);
    }

    /** Where the waiting are, and what they wait for. */
    static String waits(List<Strand> waiting) {
        StringBuilder text = new StringBuilder();
        for (Strand one : waiting) {
            text.append(one).append(" waits for ").append(one.wait == null ? "a turn" : one.wait.what());
            append(text, one.worker);
        }
        return text.toString();
    }

    /** Where the strand is that has the turn and does not go on, and who has the lock that it wants. */
    static String stacks(@Nullable Strand running) {
        StringBuilder text = new StringBuilder();
        if (running == null || running.worker == null) {
            return "nobody has the turn";
        }
        text.append(running).append(" has the turn");
        append(text, running.worker);
        ThreadInfo info =
                ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {running.worker.getId()}, true, true)[0];
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (info != null && lock != null) {
            text.append("it wants ").append(lock).append(", which is held over a wait\n");
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getId() == info.getLockOwnerId()) {
                    text.append("the holder");
                    append(text, thread);
                }
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Thread thread) {
        text.append('\n');
        if (thread != null) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (!frame.getClassName().startsWith("io.h5coro.sim.Scheduler")) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
        }
    }
}
