// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
    private static NamePattern pattern(String text) {
        return new NamePattern(text.codePoints().toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.h5|x.h5|x.h5y xh5",
                "*.h5|x.h5 a.b.h5|x.h5y h5 .h5 .x.h5",
                "x_?.h5|x_1.h5 x_𝄞.h5 x_€.h5|x_.h5 x_12.h5",
                "[abc]x|ax cx|dx x abx",
                "[a-c-]x|ax bx -x|dx ]x",
                "[!a-c]x|dx |ax .x",
                "[^a]x|bx|ax",
                "[]a]x|]x ax|bx",
                "[!]a]x|bx|]x ax",
                "[a|[a|a",
                "{a|{a|a",
                "x{a,bc,}y|xay xbcy xy|xby xa,bcy",
                "{a,{b,c}d}e|ae bde cde|be de",
                "{[,],x}y|,y xy|[y",
                "{a*,?b}|a axx xb|b xxb",
                "{.a,b}*|.ax bx|ax .b",
                ".*|.x .|x",
                "?x|ax|.x",
                "a**b|ab axb axxb|a b",
                "}a,]|}a,]|a",
                "ä*é|äé ä€é|ae"
            })
    void matchesAsShellsDo(String text, String matching, String others) {
        for (String name : matching.split(" ")) {
            assertTrue(pattern(text).matches(name), text + " matches " + name);
        }
        for (String name : others.split(" ")) {
            assertFalse(pattern(text).matches(name), text + " does not match " + name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ATL03_2026*_006_*.h5, ATL03_2026, false",
        "*.h5, '', false",
        "x[1].h5, x, false",
        "x{1}.h5, x, false",
        "x?, x, false",
        "x.h5, x.h5, true",
        "x[1, x[1, true",
        "'x{1,2', 'x{1,2', true"
    })
    void knowsItsLiteralStart(String text, String start, boolean literal) {
        assertEquals(start, pattern(text).start());
        assertEquals(literal, pattern(text).isLiteral());
    }

    @Test
    void markedLettersStandForThemselves() {
        int[] letters =
                "a*[b]".codePoints().map(letter -> letter | NamePattern.PLAIN).toArray();
        NamePattern plain = new NamePattern(letters);
        assertTrue(plain.isLiteral());
        assertTrue(plain.matches("a*[b]"));
        assertFalse(plain.matches("axb"));
    }

    /** The JDK's glob means the same in names that do not begin with a dot, without nested braces. */
    @Test
    void agreesWithTheJdkOnRandomPatternsAndNames() {
        Random random = new Random(20260706);
        int matched = 0;
        for (int i = 0; i < 3_000; i++) {
            String text = randomPattern(random, true);
            PathMatcher jdk = FileSystems.getDefault().getPathMatcher("glob:" + text);
            NamePattern ours = pattern(text);
            for (int j = 0; j < 40; j++) {
                String name = randomName(random);
                boolean expected = jdk.matches(Path.of(name));
                matched += expected ? 1 : 0;
                assertEquals(expected, ours.matches(name), text + " and " + name);
                assertTrue(!expected || name.startsWith(ours.start()), text + " and " + name);
            }
        }
        assertTrue(matched > 5_000, "only " + matched + " names matched at all");
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder().append("abc-".charAt(random.nextInt(4)));
        for (int length = random.nextInt(6); length > 0; length--) {
            name.append("abc.-".charAt(random.nextInt(5)));
        }
        return name.toString();
    }

    private static String randomPattern(Random random, boolean braces) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(5); length > 0; length--) {
            switch (random.nextInt(braces ? 8 : 7)) {
                case 0 -> text.append('*');
                case 1 -> text.append('?');
                case 2 -> text.append(new String[] {"[ab]", "[!ab]", "[a-c]", "[.-]", "[!c-c]"}[random.nextInt(5)]);
                case 7 ->
                    text.append('{')
                            .append(randomPattern(random, false))
                            .append(',')
                            .append(randomPattern(random, false))
                            .append('}');
                default -> text.append("abc.-".charAt(random.nextInt(5)));
            }
        }
        return text.toString();
    }

    @Test
    void hostilePatternsAndNamesTakeLinearTime() {
        String name = "a".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertFalse(pattern("*a".repeat(100) + "b").matches(name));
            assertFalse(pattern("{a,*}".repeat(50) + "b").matches(name));
            assertTrue(pattern("{".repeat(1_000)).isLiteral());
            assertTrue(pattern("[".repeat(1_000)).isLiteral());
            assertTrue(pattern("{".repeat(500) + "a" + "}".repeat(500)).matches("a"));
            assertTrue(pattern("{" + ",".repeat(1_000) + "}").matches(""));
        });
    }
}
