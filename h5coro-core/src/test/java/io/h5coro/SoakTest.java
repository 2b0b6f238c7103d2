// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Three seconds of the soak run; {@code -Dh5coro.soak.seconds=600} runs it for 10 minutes. */
final class SoakTest {
    @Test
    void manyThreadsOverAFaultyNetworkReadRightAndLeaveNothing() throws Exception {
        long seconds = Long.getLong("h5coro.soak.seconds", 3);
        assertEquals(List.of(), new Soak(seconds, seconds > 3 ? System.out::println : line -> {}).run());
    }
}
