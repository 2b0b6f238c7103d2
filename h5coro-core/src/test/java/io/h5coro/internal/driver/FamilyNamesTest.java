// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FamilyNamesTest {
    @ParameterizedTest
    @CsvSource({
        "https://h/a%2db.h5, false",
        "http://h/my%20data.h5, false",
        "https://h/%d0%b0.h5, false",
        "https://h/%d0.h5, false",
        "file:///tmp/a%2d.h5, false",
        "HTTPS://h/a%7d.h5, false",
        "https://h/a%d.h5, true",
        "https://h/my%20data%05d.h5, true",
        "file:///tmp/a%u.h5, true",
        "/tmp/a%2d.h5, true",
        "s3://b/a%2d.h5, true",
        "/tmp/a%d%d.h5, false",
        "/tmp/a.h5, false"
    })
    void anEscapeOfAUrlIsNoFamily(String location, boolean family) {
        assertEquals(family, FamilyFile.isPattern(location));
    }
}
