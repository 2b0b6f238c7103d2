// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.watch;

import io.h5coro.event.ReadEvent;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Writes events of the JDK's flight recorder. Loaded only where module {@code jdk.jfr} is. Thread-safe. */
final class FlightRecording implements Recording {
    static final Recording ONLY = new FlightRecording();

    private FlightRecording() {}

    @Override
    public boolean isOn() {
        return FlightRecorder.isInitialized();
    }

    @Override
    public Timed begin() {
        if (!isOn()) {
            return Timed.NONE;
        }
        FlightEvents.Request event = new FlightEvents.Request();
        event.begin();
        return ended -> {
            event.end();
            if (event.shouldCommit()) {
                fill(event, ended);
                event.commit();
            }
        };
    }

    private static void fill(FlightEvents.Request event, ReadEvent ended) {
        if (ended instanceof ReadEvent.Answered answer) {
            event.file = answer.file();
            event.offset = answer.offset();
            event.length = answer.length();
            event.wave = answer.wave();
            event.bytes = answer.bytes();
            event.attempts = answer.attempts();
            event.hedged = answer.hedged();
        } else if (ended instanceof ReadEvent.Failed failed) {
            event.file = failed.file();
            event.offset = failed.offset();
            event.length = failed.length();
            event.wave = failed.wave();
            event.attempts = failed.attempts();
            event.failure = text(failed.cause());
        }
    }

    @Override
    public Timed beginDecoding() {
        if (!isOn()) {
            return Timed.NONE;
        }
        FlightEvents.Decode event = new FlightEvents.Decode();
        event.begin();
        return ended -> {
            event.end();
            if (event.shouldCommit() && ended instanceof ReadEvent.Decoded decoded) {
                event.file = decoded.file();
                event.object = decoded.object();
                event.offset = decoded.offset();
                event.length = decoded.length();
                event.chunks = decoded.chunks();
                event.bytes = decoded.bytes();
                event.commit();
            }
        };
    }

    @Override
    public void planned(ReadEvent.Planned planned) {
        FlightEvents.Plan event = new FlightEvents.Plan();
        if (isOn() && event.shouldCommit()) {
            event.file = planned.file();
            event.pieces = planned.pieces();
            event.requests = planned.requests();
            event.bytes = planned.bytes();
            event.commit();
        }
    }

    @Override
    public void retried(ReadEvent.Retried retried) {
        FlightEvents.Retry event = new FlightEvents.Retry();
        if (isOn() && event.shouldCommit()) {
            event.file = retried.file();
            event.offset = retried.offset();
            event.length = retried.length();
            event.attempt = retried.attempt();
            event.failure = text(retried.cause());
            event.commit();
        }
    }

    @Override
    public void hedged(ReadEvent.Hedged hedged) {
        FlightEvents.Hedge event = new FlightEvents.Hedge();
        if (isOn() && event.shouldCommit()) {
            event.file = hedged.file();
            event.offset = hedged.offset();
            event.length = hedged.length();
            event.after = hedged.nanos();
            event.commit();
        }
    }

    @Override
    public void delivered(ReadEvent.Delivered delivered) {
        FlightEvents.Delivery event = new FlightEvents.Delivery();
        if (isOn() && event.shouldCommit()) {
            event.file = delivered.file();
            event.name = delivered.name();
            event.bytes = delivered.bytes();
            event.took = delivered.nanos();
            event.failure = text(delivered.failure());
            event.commit();
        }
    }

    private static @Nullable String text(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
