// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.ArrayList;
import java.util.List;

/** What happened in a run: a number that stands for all of it and, when it is to be shown, its lines. */
final class Trace {
    private final boolean isKept;
    private final List<String> lines = new ArrayList<>();
    private long hash;

    Trace(boolean isKept) {
        this.isKept = isKept;
    }

    void step(long now, Strand strand) {
        hash = (hash * 31 + now) * 31 + strand.id;
        if (isKept) {
            line(now, "-> " + strand);
        }
    }

    void add(long now, String what) {
        hash = (hash * 31 + now) * 31 + what.hashCode();
        if (isKept) {
            line(now, what);
        }
    }

    private void line(long now, String what) {
        lines.add(String.format("%,17d %s", now, what));
    }

    /** The same for runs in which the same happened. */
    long hash() {
        return hash;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
