// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures made of characters, stated by hand. Lines are 30 wide, of which a label of one digit leaves 27. */
final class TextPictureTest {
    private static final Titles NONE = new Titles("", "");
    private static final TextStyle PLAIN = new TextStyle(30, TextStyle.Palette.NONE);

    private static Axis unit(String label) {
        return new Axis(label, new Scale(0, 1, Scale.Kind.LINEAR));
    }

    private static List<String> line(double[] xs, double[] ys, TextStyle style) {
        Points points = new Points(xs, ys, ys, 0);
        return new Drawing.Line(NONE, unit("x"), unit(""), points)
                .text(style)
                .lines()
                .toList();
    }

    @Test
    void aLevelLineIsTwoDotsInEachCharacter() {
        List<String> low = line(new double[] {0, 1}, new double[] {0, 0}, PLAIN);
        assertEquals("1 ┤" + "⠀".repeat(27), low.get(0));
        assertEquals("0 ┤" + "⣀".repeat(27), low.get(15));
        assertEquals("  └" + "─".repeat(27), low.get(16));
        assertEquals("  0" + " ".repeat(12) + "x" + " ".repeat(13) + "1", low.get(17));
        assertEquals(18, low.size());
        assertEquals(
                "1 ┤" + "⠉".repeat(27),
                line(new double[] {0, 1}, new double[] {1, 1}, PLAIN).get(0));
    }

    @Test
    void aSteepLineIsFourDotsInEachCharacter() {
        List<String> lines = line(new double[] {0, 0}, new double[] {0, 1}, PLAIN);
        for (String text : lines.subList(0, 16)) {
            assertEquals('⡇', text.charAt(3));
            assertEquals("⠀".repeat(26), text.substring(4));
        }
    }

    @Test
    void missingValuesInterruptALineAndAPointAloneIsADot() {
        List<String> lines = line(new double[] {0, 0.5, 1}, new double[] {1, Double.NaN, 1}, PLAIN);
        assertEquals("1 ┤⠁" + "⠀".repeat(25) + "⠈", lines.get(0));
    }

    private static String image(TextStyle style) {
        Axis x = new Axis("", new Scale(-0.5, 2.5, Scale.Kind.INDEX));
        Axis y = new Axis("", new Scale(-0.5, 1.5, Scale.Kind.INDEX), true);
        Grid grid = new Grid(
                new double[] {0, 1, 2}, new double[] {0, 1}, new double[] {0, 1, Double.NaN, 0, 1, Double.NaN});
        Colors colors = new Colors(ColorMap.GRAY, unit("v"));
        return new Drawing.Image(NONE, x, y, colors, grid).text(style);
    }

    @Test
    void shadesStandForColoursAndBlanksForMissingValues() {
        // Labels are "-0.5": 30 - 6 = 24 columns, 8 for each cell, and 24 * 2 / 3 / 2 = 8 lines.
        List<String> lines = image(PLAIN).lines().toList();
        assertEquals("-0.5 ┤........@@@@@@@@        ", lines.get(0));
        assertEquals("     │........@@@@@@@@        ", lines.get(5));
        assertEquals(" 1.5 ┤........@@@@@@@@        ", lines.get(7));
        assertTrue(lines.get(10).startsWith("0 ..."), lines.get(10));
        assertTrue(lines.get(10).endsWith("@@@ 1  v"), lines.get(10));
        assertFalse(image(PLAIN).contains("\u001b"));
    }

    @Test
    void colouredCellsAreHalvesOfACharacter() {
        String first =
                image(new TextStyle(30, TextStyle.Palette.ALL)).lines().toList().get(0);
        assertEquals(
                "-0.5 ┤\u001b[38;2;0;0;0m\u001b[48;2;0;0;0m" + "▀".repeat(8)
                        + "\u001b[38;2;255;255;255m\u001b[48;2;255;255;255m" + "▀".repeat(8)
                        + "\u001b[0m" + " ".repeat(8) + "\u001b[0m",
                first);
        String few = image(new TextStyle(30, TextStyle.Palette.FEW));
        assertTrue(few.contains("\u001b[38;5;16m\u001b[48;5;16m▀"), few);
        assertTrue(few.contains("\u001b[38;5;231m\u001b[48;5;231m▀"), few);
    }
}
