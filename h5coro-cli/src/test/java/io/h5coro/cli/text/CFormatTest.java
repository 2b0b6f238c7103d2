// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** printf of C; expected values from glibc's. */
final class CFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-17, -17",
        "0.1, 0.1",
        "123456, 123456",
        "1234567, 1.23457e+06",
        "999999.5, 1e+06",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e100, 1e+100",
        "1000000, 1e+06",
        "1e22, 1e+22",
        "1e-7, 1e-07",
        "2.5e-310, 2.5e-310",
        "0.000123456789, 0.000123457",
        "100000.5, 100000",
        "100001.5, 100002",
        "3.14159265, 3.14159",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf",
        "99999.96, 100000",
        "0.00099999995, 0.001",
        "1.5, 1.5"
    })
    void writesSixDigits(double value, String text) {
        assertEquals(text, CFormat.GENERAL.format(value));
    }

    @ParameterizedTest
    @CsvSource({
        "%.3f, 0.8125, 0.812",
        "%.3f, 1.0125, 1.012",
        "%5.1f|, 2.25, '  2.2|'",
        "%-8.2e|, 12345, '1.23e+04|'",
        "%+08.3f, 3.14159, +003.142",
        "%#g, 2, 2.00000",
        "%.0f, 2.5, 2",
        "%G, 1e-10, 1E-10",
        "%.10g, 0.1, 0.1",
        "a%%b%g, 1.5, a%b1.5",
        "%.17g, 0.1, 0.10000000000000001",
        "% f, 1, ' 1.000000'",
        "%E, 0, 0.000000E+00"
    })
    void followsTheFormat(String format, double value, String text) {
        assertEquals(text, CFormat.parse(format).format(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%d", "%s", "%g%g", "%", "%.99999f", "%*f"})
    void refusesWhatIsNotTheFormatOfOneDouble(String format) {
        assertThrows(IllegalArgumentException.class, () -> CFormat.parse(format));
    }

    @Test
    void agreesWithExactArithmeticOnItsFastPath() {
        CFormat exact = CFormat.parse("%.6g");
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-18, 28));
            assertEquals(exact.format(value), CFormat.GENERAL.format(value));
            float single = (float) value;
            assertEquals(exact.format(single), CFormat.GENERAL.format(single));
        }
    }

    /** Each format with each number; {@code testdata/make/printf.py} asked glibc. */
    @TestFactory
    Stream<DynamicTest> writesWhatGlibcWrites() throws IOException {
        List<String[]> rows;
        try (InputStream in = Objects.requireNonNull(CFormatTest.class.getResourceAsStream("/text/printf.txt"))) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
        String[] values = rows.get(0);
        return rows.stream()
                .skip(1)
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    CFormat format = CFormat.parse(row[0]);
                    List<String> written = new ArrayList<>();
                    for (int i = 1; i < values.length; i++) {
                        written.add(format.format(Double.parseDouble(values[i])));
                    }
                    assertEquals(List.of(row).subList(1, row.length), written);
                }));
    }

    @ParameterizedTest
    @CsvSource({"%g, -nan", "%G, -NAN", "%10g, '      -nan'", "%-10g|, '-nan      |'", "%010g, '      -nan'"})
    void aNegativeNoNumberKeepsItsSign(String format, String text) {
        double negative = Double.longBitsToDouble(0xfff8_0000_0000_0001L);
        assertEquals(text, CFormat.parse(format).format(negative));
    }

    @Test
    void widthsAndPrecisionsHaveABound() {
        assertEquals(4096, CFormat.parse("%4096g").format(1).length());
        assertEquals(4098, CFormat.parse("%.4096f").format(1).length());
        for (String format : List.of("%4097g", "%.4097f", "%999999999g", "%.999999999e", "%9999999999g")) {
            assertThrows(IllegalArgumentException.class, () -> CFormat.parse(format), format);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%a", "%hf", "%llg", "%g%", "%%", "100%", "%g %f", "% +#-0", "%n", "%c", "%1$g", "%'g", "%.-1f", "%.*f",
                "g"
            })
    void refusesWhatAsksForAnythingElse(String format) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> CFormat.parse(format));
        assertTrue(problem.getMessage().contains("'" + format + "'"), problem.getMessage());
    }
}
