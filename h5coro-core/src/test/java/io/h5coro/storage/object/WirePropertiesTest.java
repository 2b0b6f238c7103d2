// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WirePropertiesTest {
    private static WireProperties of(String name, String value) {
        return WireProperties.of(Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30000",
        "30s, 30000",
        "500ms, 500",
        "1ms, 1",
        "2m, 120000",
        "1.5m, 90000",
        "1h, 3600000",
        "0.25h, 900000",
        "0.001, 1",
        "0.0005, 1",
        "007, 7000",
        "999999999h, 3599999996400000"
    })
    void aTimeIsANumberWithAUnit(String text, long millis) throws StorageException {
        assertEquals(
                Optional.of(Duration.ofMillis(millis)),
                of("total_timeout", text).time("total_timeout"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 30", "-1", "+1", "1.", ".5", "1e3", "30 s", "30S", "1d", "1000000000", "30secret"})
    void anotherTimeIsRefusedByItsNameAlone(String text) {
        StorageException failure = assertThrows(
                StorageException.class, () -> of("total_timeout", text).time("total_timeout"));
        assertEquals(StorageException.Kind.INVALID, failure.kind());
        assertEquals(
                "option total_timeout of the storage must be a time such as 30, 30s, 500ms or 2m",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0ms", "0.4ms", "0.0004", "0.0h"})
    void noTimeIsZero(String text) {
        StorageException failure = assertThrows(
                StorageException.class, () -> of("attempt_timeout", text).time("attempt_timeout"));
        assertEquals("option attempt_timeout of the storage must be a time of at least 1 ms", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "007, 7", "999999999, 999999999"})
    void aNumberHasUpToNineDigits(String text, int number) throws StorageException {
        assertEquals(OptionalInt.of(number), of("retries", text).number("retries"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1000000000", "1.0", "four", "1_0", "\u0661"})
    void anotherNumberIsRefusedByItsNameAlone(String text) {
        StorageException failure =
                assertThrows(StorageException.class, () -> of("retries", text).number("retries"));
        assertEquals("option retries of the storage must be a whole number", failure.getMessage());
    }

    @Test
    void picksItsPropertiesAndLeavesOthers() throws StorageException {
        WireProperties wire = WireProperties.of(Map.of(
                "region",
                "r",
                "header.X-A",
                "1",
                "header.B",
                "2",
                "user_agent",
                "me",
                "connections",
                "3",
                "Retries",
                "4"));
        assertEquals(Map.of("X-A", "1", "B", "2"), wire.headers());
        assertEquals(List.of("B", "X-A"), List.copyOf(wire.headers().keySet()));
        assertEquals(Optional.of("me"), wire.userAgent());
        assertEquals(OptionalInt.of(3), wire.number("connections"));
        assertEquals(OptionalInt.empty(), wire.number("retries"));
        assertEquals(Optional.empty(), wire.time("total_timeout"));
        assertEquals(Optional.of("connections"), wire.any());
    }

    @Test
    void nothingOfItsOwnIsNothing() {
        WireProperties none = WireProperties.of(Map.of("region", "r", "headers", "x"));
        assertEquals(Optional.empty(), none.any());
        assertEquals(Optional.empty(), none.userAgent());
        assertEquals(Map.of(), none.headers());
        assertFalse(none.toString().contains("r="));
    }
}
