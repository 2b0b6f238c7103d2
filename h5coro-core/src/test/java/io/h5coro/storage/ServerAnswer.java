// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a {@link FaultyHttpServer} is about to give, for a {@link ServerFault} to spoil. Confined to one
 * thread.
 */
public final class ServerAnswer {
    /** What happens once {@link #stopAfter} bytes of the body were sent. */
    enum Stop {
        CLOSE,
        RESET,
        STALL
    }

    final byte[] object;
    public int status;
    public final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body;
    int from;
    int length;
    /** What is sent in place of head and body. */
    byte @Nullable [] raw;

    /** Whether zeros follow for as long as the client reads. */
    boolean endless;

    Duration firstByteDelay = Duration.ZERO;
    int stopAfter = Integer.MAX_VALUE;

    @Nullable
    Stop stop;

    /** Is run before a body's last bytes are sent. */
    Runnable beforeLastBytes = () -> {};

    ServerAnswer(int status, byte[] object, int from, int length) {
        this.status = status;
        this.object = object;
        this.body = object;
        this.from = from;
        this.length = length;
    }

    /** Another status with an empty body. */
    public void refuse(int newStatus) {
        status = newStatus;
        headers.clear();
        body = new byte[0];
        from = 0;
        length = 0;
    }

    /** Another body, whose letters are bytes. */
    public void body(String text) {
        body = text.getBytes(StandardCharsets.ISO_8859_1);
        from = 0;
        length = body.length;
    }

    /** Sets a header; an empty value removes it. */
    public void header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }
}
