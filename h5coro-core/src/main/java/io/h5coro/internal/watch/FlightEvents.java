// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.watch;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** Events as the flight recorder keeps them. None is recorded unless a recording enables it. */
final class FlightEvents {
    private FlightEvents() {}

    /** A request, from being handed to the storage to its end. */
    @Name("io.h5coro.Request")
    @Label("Request")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Request extends Event {
        @Nullable
        String file;

        long offset;

        @DataAmount
        long length;

        long wave;

        @DataAmount
        long bytes;

        int attempts;
        boolean hedged;

        @Nullable
        String failure;
    }

    /** Chunks being decoded. */
    @Name("io.h5coro.Decode")
    @Label("Decode")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Decode extends Event {
        @Nullable
        String file;

        @Nullable
        String object;

        long offset;

        @DataAmount
        long length;

        int chunks;

        @DataAmount
        long bytes;
    }

    /** The plan of a read. */
    @Name("io.h5coro.Plan")
    @Label("Plan")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Plan extends Event {
        @Nullable
        String file;

        int pieces;
        int requests;

        @DataAmount
        long bytes;
    }

    /** Another attempt of the storage. */
    @Name("io.h5coro.Retry")
    @Label("Retry")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Retry extends Event {
        @Nullable
        String file;

        long offset;

        @DataAmount
        long length;

        int attempt;

        @Nullable
        String failure;
    }

    /** A second request for what is late. */
    @Name("io.h5coro.Hedge")
    @Label("Hedge")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Hedge extends Event {
        @Nullable
        String file;

        long offset;

        @DataAmount
        long length;

        @Timespan(Timespan.NANOSECONDS)
        long after;
    }

    /** A result, or the failure of one. */
    @Name("io.h5coro.Delivery")
    @Label("Delivery")
    @Category("h5coro")
    @Enabled(false)
    @StackTrace(false)
    static final class Delivery extends Event {
        @Nullable
        String file;

        @Nullable
        String name;

        @DataAmount
        long bytes;

        @Timespan(Timespan.NANOSECONDS)
        long took;

        @Nullable
        String failure;
    }
}
