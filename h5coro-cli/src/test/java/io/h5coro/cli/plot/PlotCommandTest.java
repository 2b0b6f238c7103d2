// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.terminal.Look;
import io.h5coro.cli.terminal.Screen;
import io.h5coro.plot.TextStyle.Palette;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code h5coro plot}: what it draws of the values of make_plot.py, and what it says instead. */
final class PlotCommandTest {
    private static final String FILE = "src/test/resources/plot.h5";

    @TempDir
    private Path folder;

    private static List<String> plot(String... arguments) {
        Run run = Run.of(
                Stream.concat(Stream.of("plot", FILE), Stream.of(arguments)).toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run.out().lines().toList();
    }

    private String svg(String... arguments) throws IOException {
        Path target = folder.resolve("x.svg");
        plot(Stream.concat(Stream.of(arguments), Stream.of("-o", target.toString()))
                .toArray(String[]::new));
        return Files.readString(target);
    }

    @Test
    void aSpikeOfAHundredThousandRowsIsSeenInEightyColumns() {
        List<String> lines = plot("-d", "/spike");
        assertEquals("spike", lines.get(0));
        assertTrue(lines.get(2).startsWith(" 5.15 ┤"), lines.get(2));
        // 73 columns: 0.77777 * 72.
        assertEquals(7 + 56, lines.get(2).indexOf('⢠'), lines.get(2));
    }

    @Test
    void valuesAreDecodedAndLabelled() {
        List<String> lines = plot("-d", "/t[1,:,:]");
        // An escape sequence of the file's does not reach the terminal.
        assertEquals("temperature \\x1b[31m", lines.get(0));
        assertEquals("/t[1,:,:]", lines.get(1));
        assertEquals("y: lat [degrees_north]", lines.get(lines.size() - 2));
        String bar = lines.get(lines.size() - 1);
        assertTrue(bar.startsWith("6 ") && bar.endsWith(" 11.5  temperature \\x1b[31m [K]"), bar);
        assertTrue(lines.get(2).startsWith(" 15 ┤"), lines.get(2));
    }

    @Test
    void missingValuesAreBlank() {
        List<String> lines = plot("-d", "/t[0]");
        // Four cells of 75 columns, the second one of the middle row without a value.
        String middle = lines.get(2 + 12).substring(5);
        assertTrue(middle.startsWith("="), middle);
        assertEquals(" ".repeat(17), middle.substring(20, 37));
        assertTrue(plot("-d", "/missing").get(1).endsWith("all values are missing"));
    }

    /** Returns what is printed on a terminal. */
    private static String printed(Look look) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        PlotCommand command = new PlotCommand(new Screen(out, look, null), err);
        assertEquals(0, new CommandLine(command).execute(FILE, "-d", "/t[0]"));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertFalse(plot("-d", "/t[0]").toString().contains("\u001b"));
        assertFalse(printed(new Look(false, 80, 24)).contains("\u001b"));
        assertTrue(printed(new Look(true, 80, 24)).contains("\u001b["));
    }

    @Test
    void aPictureIsAsWideAsTheTerminal() {
        for (int columns : new int[] {60, 80, 132}) {
            int widest = printed(new Look(false, columns, 24))
                    .lines()
                    .mapToInt(String::length)
                    .max()
                    .orElseThrow();
            assertTrue(widest > columns - 5 && widest <= columns, columns + ": " + widest);
        }
    }

    @Test
    void theTerminalSaysHowManyColoursItHas() {
        assertEquals(Palette.NONE, PlotCommand.palette(false, Map.of("COLORTERM", "truecolor")));
        assertEquals(Palette.FEW, PlotCommand.palette(true, Map.of("TERM", "xterm")));
        assertEquals(Palette.ALL, PlotCommand.palette(true, Map.of("COLORTERM", "truecolor")));
        assertEquals(Palette.ALL, PlotCommand.palette(true, Map.of("COLORTERM", "24bit")));
    }

    @Test
    void aPngHasTheSizeThatWasAskedFor() throws IOException {
        Path target = folder.resolve("x.PNG");
        plot("/t[0]", "-o", target.toString(), "--size", "640x400");
        BufferedImage image = ImageIO.read(target.toFile());
        assertEquals(640, image.getWidth());
        assertEquals(400, image.getHeight());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void dotsLieAgainstAnotherDataset() throws IOException {
        String svg = svg("-d", "/t[0,0,:]", "-x", "lon");
        assertEquals(4, svg.split("<circle ", -1).length - 1);
        assertTrue(svg.contains(">lon [degrees_east]</text>"), svg);
    }

    @Test
    void timesAreDates() throws IOException {
        String svg = svg("-d", "/t[:,1,2]");
        assertTrue(svg.contains(">time [UTC]  (2020)</text>"), svg);
        assertTrue(svg.contains(">01-01 12:00</text>"), svg);
    }

    @Test
    void aTrackAcrossTheDateLineIsOnePiece() throws IOException {
        String svg = svg("-d", "/track/v", "--map");
        assertTrue(svg.contains(">180.0</text>") && svg.contains(">181.0</text>"), svg);
        assertTrue(svg.contains(">lat [degrees_north]</text>"), svg);
    }

    @Test
    void latitudeAndLongitudeCanBeNamed() throws IOException {
        assertEquals(svg("-d", "/track/v", "--map"), svg("-d", "/track/v", "--lat", "lat", "--lon", "/track/lon"));
        assertEquals(svg("-d", "/t[0]"), svg("-d", "/t[0]", "--map"));
    }

    @Test
    void whatIsLeftOutIsSaid() {
        assertEquals(
                "/wide · every 29th of 9000 along dimension 1",
                plot("-d", "/wide").get(1));
    }

    @Test
    void limitsCanBeGiven() throws IOException {
        assertTrue(plot("-d", "/spike", "--range", "-1..1").get(2).startsWith(" 1 ┤"));
        assertTrue(plot("-d", "/t[0]", "--range", "10%").toString().contains("0.5 "));
        assertTrue(svg("-d", "/t[1]", "--log", "--colors", "magma").contains(">10</text>"));
        assertTrue(plot("-d", "/t[0]", "--raw").toString().contains("-1 "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | -o x.jpg -d /nix | the name of a picture ends in .png or .svg, and 'x.jpg' does not
            2 | -d /t | /t has 3 dimensions with several indices, and two are drawn: choose an index of the others, \
            such as -d '/t[0,...]'
            2 | -d /t[0] -x lat | /t has 2 dimensions with several indices, and a picture of kind scatter has 1
            2 | -d /spike --kind image | /spike has 1 dimension with several indices, and a picture of kind image has 2
            2 | -d /spike -x /odd | /odd of shape (5,) has a dimension that /spike of shape (100000,) lacks
            2 | -d /spike --map | no latitude of /spike is found by standard_name or units; name it with --lat PATH
            2 | -d /nothing | /nothing has no values to draw: its selection [0:0] of shape (0,) is empty
            2 | -d /scalar | /scalar is a single value, which h5coro cat prints
            2 | -d /spike[[1,3]] | '/spike[[1,3]]' has a list of indices, and plot draws slices only
            2 | -d /text | /text is of type string[1], and numbers only are drawn
            2 | -d /t[7] | dimension 0: range 7:8 reaches over the length 2
            3 | -d /nix | /nix: does not exist
            2 | '' | which dataset? Say -d PATH
            2 | -d /one --kind pie | --kind is line, scatter, image or map, not 'pie'
            2 | -d /one --range 5..1 | --range is -2..30, full, or a percentage
            2 | -d /one --size 10x10 | --size is WIDTHxHEIGHT from 200x200
            2 | -d /one --colors jet | no colours are named 'jet'; there are viridis, magma, gray
            """)
    void whatCannotBeDrawnIsOneLine(int status, String arguments, String message) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        Run run =
                Run.of(Stream.concat(Stream.of("plot", FILE), Stream.of(words)).toArray(String[]::new));
        assertEquals(status, run.status(), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    @Test
    void thePictureDoesNotReplaceTheFile() throws IOException {
        Path copy = Files.copy(Path.of(FILE), folder.resolve("x.png"));
        Run run = Run.of("plot", copy.toString(), "-d", "/one", "-o", copy.toString());
        assertEquals(ExitCode.USAGE, run.status());
        assertEquals(Files.size(Path.of(FILE)), Files.size(copy));
        Run nowhere = Run.of(
                "plot", FILE, "-d", "/one", "-o", folder.resolve("none/x.svg").toString());
        assertTrue(nowhere.err().startsWith("h5coro: unable to write to"), nowhere.err());
    }

    /** At the address of these values, and of the same name, this file has others, which are scaled. */
    @Test
    void valuesOfAnotherFileHaveTheLabelsOfThatFile() {
        String file = CommandEdgesTest.resource("links.h5");
        Run scale = Run.of("plot", file, "-d", "/outside");
        assertEquals(0, scale.status(), scale.err());
        Run raw = Run.of("plot", file, "-d", "/outside", "--raw");
        assertEquals(picture(raw), picture(scale));
        Run run = Run.of("plot", file, "-d", "/variable");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().startsWith("variable\n"), run.out());
        assertTrue(run.out().contains("4.09"), "drawn along its scale: " + run.out());
    }

    /** What is drawn, without what stands below it. */
    private static String picture(Run run) {
        return run.out().substring(0, run.out().indexOf('\u2514'));
    }
}
