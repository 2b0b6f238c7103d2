// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.CompoundArray;
import io.h5coro.model.EnumType;
import io.h5coro.model.H5Array;
import io.h5coro.model.NestedArray;
import io.h5coro.model.SequenceArray;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of unsigned enumerations above the signed range have their names wherever they stand. */
final class UnsignedEnumsTest {
    private static final Map<String, String> HIGHEST =
            Map.of("u1", "200", "u2", "60000", "u4", "4000000000", "u8", "18000000000000000000");

    @ParameterizedTest
    @ValueSource(strings = {"u1le", "u1be", "u2le", "u2be", "u4le", "u4be", "u8le", "u8be"})
    void namesTheMembersOfAnUnsignedEnumeration(String name) {
        BigInteger highest = new BigInteger(HIGHEST.get(name.substring(0, 2)));
        try (H5Coro file = NamesFiles.open("enums")) {
            check(file.read("/" + name), highest);
            check(file.dataset(name).attribute("attribute").orElseThrow().read(), highest);
            check(((CompoundArray) file.read(name + "_compound")).field("e"), highest);
            check(((NestedArray) file.read(name + "_array")).get(0), highest);
            check(((SequenceArray) file.read(name + "_vlen")).get(0), highest);
            H5Array fill = file.dataset(name).fill().value().orElseThrow();
            assertEquals("Z", fill.getString(0));
        }
    }

    private static void check(H5Array values, BigInteger highest) {
        assertEquals("A", values.getString(0));
        assertEquals("Z", values.getString(1));
        assertEquals("5", values.getString(2));
        assertEquals(highest.add(BigInteger.ONE).toString(), values.getString(3));
        assertEquals(highest, values.getBigInteger(1));
        assertEquals(highest.longValue(), values.getBits(1));
        assertEquals("Z", ((EnumType) values.type()).nameOf(values.getBits(1)).orElseThrow());
        assertTrue(values.toString().endsWith("[A, Z, 5, " + highest.add(BigInteger.ONE) + "]"), values.toString());
    }

    @Test
    void namesTheMembersOfASignedEnumeration() {
        try (H5Coro file = NamesFiles.open("enums")) {
            H5Array values = file.read("/i1");
            assertEquals("A", values.getString(0));
            assertEquals("N", values.getString(1));
            assertEquals("-4", values.getString(3));
            assertEquals("enum(int8) (4,) [A, N, 5, -4]", values.toString());
        }
    }
}
