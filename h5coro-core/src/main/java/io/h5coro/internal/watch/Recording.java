// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.watch;

import io.h5coro.event.ReadEvent;

/** Writes events where a flight recorder keeps them. Thread-safe; throws nothing. */
interface Recording {
    /** Where there is no flight recorder. */
    Recording NONE = new Recording() {};

    /** The flight recorder's, where this Java has one; the only place that loads what needs module {@code jdk.jfr}. */
    static Recording ofThisProcess() {
        boolean isHere = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        return isHere ? FlightRecording.ONLY : NONE;
    }

    /** Whether a recording may be running. */
    default boolean isOn() {
        return false;
    }

    /** A request begins. */
    default Timed begin() {
        return Timed.NONE;
    }

    /** Decoding begins. */
    default Timed beginDecoding() {
        return Timed.NONE;
    }

    /** Writes that a read was planned. */
    default void planned(ReadEvent.Planned event) {}

    /** Writes that a request is sent again. */
    default void retried(ReadEvent.Retried event) {}

    /** Writes that a request is sent a second time. */
    default void hedged(ReadEvent.Hedged event) {}

    /** Writes that a result is there. */
    default void delivered(ReadEvent.Delivered event) {}

    /** Something that takes time. */
    interface Timed {
        /** Nothing that anybody records. */
        Timed NONE = event -> {};

        /** Writes it with its end, once. */
        void end(ReadEvent event);
    }
}
