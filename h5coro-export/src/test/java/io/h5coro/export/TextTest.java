// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of CSV and NDJSON letter by letter; the values are those of make_types.py. */
final class TextTest {
    private static String text(String format, String... requests) throws IOException {
        return new String(Fixture.exported(format, requests), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/table/i8[0]         | -9223372036854775808 | -9223372036854775808",
                "/table/u8[1]         | 18446744073709551615 | 18446744073709551615",
                "/table/u1[1]         | 255                  | 255",
                "/table/f4[7]         | 2.3333333            | 2.3333333",
                "/table/f2[7]         | 2.3339844            | 2.3339844",
                "/table/f8[7]         | 2.3333333333333335   | 2.3333333333333335",
                "/table/f8[0]         | NaN                  | \"NaN\"",
                "/table/f4[2]         | -Infinity            | \"-Infinity\"",
                "/table/f4[3]         | -0.0                 | -0.0",
                "/table/truth[3]      | true                 | true",
                "/table/colour[2]     | BLUE                 | \"BLUE\"",
                "/table/opaque[10]    | 0aff00               | \"0aff00\"",
                "/table/text[2]       | grüße                | \"grüße\"",
                "/table/text[4]       | \"say \"\"x\"\"\"    | \"say \\\"x\\\"\"",
                "/table/text[5]       | \"a,b\"              | \"a,b\"",
                "/table/space_text[3] | 3                    | \"3\"",
                "/table/i3[0]         | -5000000             | -5000000",
            })
    void everyTypeHasItsText(String request, String csv, String json) throws IOException {
        String name = request.replaceFirst("/table/(\\w+).*", "$1");
        assertEquals(name + "\n" + csv + "\n", text("csv", request));
        assertEquals("{\"" + name + "\":" + json + "}\n", text("ndjson", request));
    }

    @Test
    void aTextOfTwoLinesStaysOneValue() throws IOException {
        assertEquals("text\n\"two\nlines\"\n", text("csv", "/table/text[6]"));
        assertEquals("{\"text\":\"two\\nlines\"}\n", text("ndjson", "/table/text[6]"));
    }

    @Test
    void dimensionsAndMembersAreColumnsOfACsv() throws IOException {
        assertEquals("two_d_0,two_d_1,two_d_2\n1.5,1.75,2.0\n", text("csv", "/table/two_d[2]"));
        assertEquals("three_d_0_0,three_d_0_1,three_d_1_0,three_d_1_1\n4,5,6,7\n", text("csv", "/table/three_d[1]"));
        assertEquals(
                "array_0_0,array_0_1,array_0_2,array_1_0,array_1_1,array_1_2\n6,7,8,9,10,11\n",
                text("csv", "/table/array[1]"));
        assertEquals(
                "compound.n,compound.xy_0,compound.xy_1,compound.t,compound.in.a,compound.in.b,compound.c\n"
                        + "2,3.5,-7.0,t7,7000,1.0,GREEN\n",
                text("csv", "/table/compound[7]"));
        assertEquals("c16.real,c16.imaginary\n3.0,-6.0\n", text("csv", "/table/c16[3]"));
    }

    @Test
    void dimensionsAndMembersAreListsAndObjectsOfJson() throws IOException {
        assertEquals("{\"three_d\":[[4,5],[6,7]]}\n", text("ndjson", "/table/three_d[1]"));
        assertEquals("{\"array\":[[6,7,8],[9,10,11]]}\n", text("ndjson", "/table/array[1]"));
        assertEquals(
                "{\"ragged\":[]}\n{\"ragged\":[-1]}\n{\"ragged\":[-2,-1]}\n", text("ndjson", "/table/ragged[0:3]"));
        assertEquals(
                "{\"compound\":{\"n\":2,\"xy\":[3.5,-7.0],\"t\":\"t7\","
                        + "\"in\":{\"a\":7000,\"b\":1.0},\"c\":\"GREEN\"}}\n",
                text("ndjson", "/table/compound[7]"));
        assertEquals("{\"c16\":{\"real\":3.0,\"imaginary\":-6.0}}\n", text("ndjson", "/table/c16[3]"));
        assertEquals("{\"empty_rows\":[]}\n".repeat(3), text("ndjson", "/others/empty_rows"));
    }

    @Test
    void rowsOfSeveralColumnsAreObjects() throws IOException {
        assertEquals(
                "{\"i4\":3,\"truth\":true}\n{\"i4\":4,\"truth\":false}\n",
                text("ndjson", "/table/i4[3:5]", "/table/truth[3:5]"));
    }
}
