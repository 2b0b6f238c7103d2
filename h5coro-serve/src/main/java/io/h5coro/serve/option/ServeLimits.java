// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.option;

import java.time.Duration;

/**
 * What clients may use of a server. Immutable.
 *
 * @param bodyBytes longest body of a request; default 64 MiB
 * @param slices most slices of one request; default 1,000,000
 * @param connections most connections at a time; more wait until one ends; default 256
 * @param readers most requests that read values at a time; more wait, and are answered 429 after {@code time};
 *     default 16. Twice as many hold values: the others wait until their clients have taken them
 * @param windowBytes about how many bytes of values one request holds at a time; default 4 MiB
 * @param time how long a client may take to send a request, and may be silent between two requests; and four times as
 *     long as an answer waits for a client that takes less than 16 KiB of it a second; default 30 s
 */
public record ServeLimits(int bodyBytes, int slices, int connections, int readers, int windowBytes, Duration time) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public ServeLimits {
        boolean positive = bodyBytes > 0 && slices > 0 && connections > 0 && readers > 0 && windowBytes > 0;
        if (!positive || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** Returns the default of each. */
    public static ServeLimits defaults() {
        return new ServeLimits(64 << 20, 1_000_000, 256, 16, 4 << 20, Duration.ofSeconds(30));
    }
}
