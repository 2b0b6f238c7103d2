// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer that a {@link FaultyHttpServer} is about to give, for a {@link ServerFault} to spoil. Confined to one thread. */
public final class ServerAnswer {
    /** What happens once {@link #stopAfter} bytes of the body were sent. */
    enum Stop {
        CLOSE,
        RESET,
        STALL
    }

    final byte[] object;
    int status;
    final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body;
    int from;
    int length;
    Duration firstByteDelay = Duration.ZERO;
    int stopAfter = Integer.MAX_VALUE;

    @Nullable
    Stop stop;

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

    /** Sets a header; an empty value removes it. */
    public void header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }
}
