// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.text.VisibleText;
import io.h5coro.model.ReadPlan;
import java.time.Duration;
import java.util.Locale;

/**
 * A plan in words.
 *
 * @param plan what reading would do
 * @param opened what the open has cost
 * @param conditions what requests cost
 */
record PlanText(ReadPlan plan, ReadPlan.Metadata opened, ReadPlan.Conditions conditions) {
    /** From here on one digit behind the point makes 1000.0 of it, which is 1.0 of the next unit. */
    private static final double ROUNDED_UP = 999.95;

    String forPeople() {
        StringBuilder text = new StringBuilder(datasets());
        text.append(format("open      %s%n", metadata(opened)));
        text.append(format("metadata  %s%n", metadata(plan.metadata())));
        text.append(format(
                "data      %s, %s for %s wanted (%.2f times)%s%n",
                count(plan.requestCount(), "request"),
                bytes(plan.bytesFetched()),
                bytes(plan.bytesWanted()),
                plan.overRead(),
                plan.bytesCached() > 0 ? ", " + bytes(plan.bytesCached()) + " here already" : ""));
        for (ReadPlan.Source source : plan.sources()) {
            text.append(format(
                    "  %s, %s of %s%n",
                    count(source.requests().size(), "request"),
                    bytes(source.bytesFetched()),
                    VisibleText.of(source.source())));
        }
        text.append(format(
                "time      %.3f s = %.3f open + %.3f metadata + %.3f data, at %s ms, %d MB/s a connection, %s%n",
                seconds(total()),
                seconds(opened.time(conditions)),
                seconds(plan.metadata().time(conditions)),
                seconds(plan.dataTime(conditions)),
                milliseconds(conditions.latency()),
                conditions.bytesPerSecond() / 1_000_000,
                count(conditions.connections(), "connection")));
        if (plan.unpinned()) {
            text.append(format("version   unpinned: a file that is replaced by one of its size is not noticed%n"));
        }
        return text.toString();
    }

    private String datasets() {
        StringBuilder text = new StringBuilder();
        for (ReadPlan.Planned dataset : plan.datasets()) {
            text.append(format(
                    "%s  %s  %s stored, %s as values, %s%n",
                    VisibleText.of(dataset.name()),
                    dataset.shape(),
                    bytes(dataset.bytesWanted()),
                    bytes(dataset.bytesDecoded()),
                    dataset.chunks() > 0
                            ? count(dataset.chunks(), "chunk")
                            : count(dataset.ranges(), "uncompressed range")));
        }
        return text.toString();
    }

    /** Returns the time of all of it. */
    Duration total() {
        return opened.time(conditions).plus(plan.time(conditions));
    }

    private static String metadata(ReadPlan.Metadata cost) {
        return count(cost.requests(), "request") + ", " + bytes(cost.bytes()) + ", " + waves(cost.waves());
    }

    /** Returns a number of waves: requests of one wave are sent together, and the next wave needs their answers. */
    static String waves(long number) {
        return number <= 1 ? count(number, "wave") : "at most " + number + " waves";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Bytes without a unit that rounds. */
    static String exact(long number) {
        return count(number, "byte");
    }

    /** Bytes with a unit of powers of 1000, as bandwidths have. */
    static String bytes(long number) {
        if (number < 10_000) {
            return count(number, "byte");
        }
        double scaled = number;
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        int unit = -1;
        while (scaled >= ROUNDED_UP && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return format("%.1f %s", scaled, units[unit]);
    }

    /** Returns a time in seconds, with its fraction. */
    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Returns a time in milliseconds, to hundredths only when there are any. */
    private static String milliseconds(Duration time) {
        String text = format("%.2f", time.toNanos() / 1e6);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}
