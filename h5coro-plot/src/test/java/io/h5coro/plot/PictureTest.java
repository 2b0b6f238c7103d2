// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Figures as PNG and SVG: what is where, stated by hand. */
final class PictureTest {
    private static final int LOW = 0xff440154;
    private static final int HIGH = 0xfffde725;

    private static Axis axis(String label, double low, double high) {
        return new Axis(label, new Scale(low, high, Scale.Kind.LINEAR));
    }

    /** Two cells above each other: 1 above, nothing below; and 0 and 1 at their right. */
    private static Drawing image() {
        Axis x = axis("x", -0.5, 1.5);
        Axis y = axis("y", -0.5, 1.5);
        Grid grid = new Grid(new double[] {0, 1}, new double[] {0, 1}, new double[] {Double.NaN, 1, 1, 0});
        Colors colors = new Colors(ColorMap.VIRIDIS, axis("v [m]", 0, 1));
        return new Drawing.Image(new Titles("a < b & c\u0001", "below"), x, y, colors, grid);
    }

    private static BufferedImage png(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(PngPicture.encode(figure)));
    }

    private static Document svg(Figure figure) throws Exception {
        byte[] bytes = SvgPicture.encode(figure).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static Area area(Drawing.Image drawing) {
        Canvas.Frame frame = new Canvas.Frame(drawing.x(), drawing.y(), drawing.colors());
        return new Canvas(600, 400, drawing.titles(), frame).area();
    }

    @Test
    void eachCellHasItsColourAndMissingOnesAreGrey() throws IOException {
        Drawing.Image drawing = (Drawing.Image) image();
        BufferedImage image = png(drawing.figure(600, 400));
        Area area = area(drawing);
        int left = (int) (area.x() + area.width() / 4);
        int right = (int) (area.x() + area.width() * 3 / 4);
        int top = (int) (area.y() + area.height() / 4);
        int bottom = (int) (area.y() + area.height() * 3 / 4);
        assertEquals(600, image.getWidth());
        assertEquals(400, image.getHeight());
        assertEquals(HIGH, image.getRGB(left, top));
        assertEquals(LOW, image.getRGB(right, top));
        assertEquals(0xff000000 | Canvas.MISSING, image.getRGB(left, bottom));
        assertEquals(HIGH, image.getRGB(right, bottom));
        assertEquals(0xffffffff, image.getRGB(1, 1));
        // The bar of colours is 18 pixels to the right, 16 wide, its low end below.
        int bar = (int) area.right() + 18 + 8;
        assertNear(LOW, image.getRGB(bar, (int) area.bottom() - 2));
        assertNear(HIGH, image.getRGB(bar, (int) area.y() + 2));
    }

    private static void assertNear(int expected, int argb) {
        for (int shift = 0; shift < 24; shift += 8) {
            assertEquals(expected >> shift & 255, argb >> shift & 255, 6, Integer.toHexString(argb));
        }
    }

    @Test
    void aLineIsWhereItsValuesAre() throws IOException {
        Axis x = axis("x", 0, 10);
        Axis y = axis("y", 0, 10);
        Points points = new Points(new double[] {0, 10}, new double[] {2.5, 2.5}, new double[] {2.5, 2.5}, 0);
        BufferedImage image = png(new Drawing.Line(new Titles("t", ""), x, y, points).figure(600, 400));
        Area area = new Canvas(600, 400, new Titles("t", ""), new Canvas.Frame(x, y, null)).area();
        int middle = (int) (area.x() + area.width() * 0.53);
        int row = (int) (area.bottom() - area.height() * 0.25);
        int darkest = 255;
        for (int near = row - 1; near <= row + 1; near++) {
            darkest = Math.min(darkest, image.getRGB(middle, near) >> 16 & 255);
        }
        assertTrue(darkest < 130, "red of the line: " + darkest);
        assertEquals(0xffffffff, image.getRGB(middle, row - 10));
    }

    @Test
    void anSvgIsWellFormedWhateverItsLabelsSay() throws Exception {
        Document document = svg(image().figure(600, 400));
        Element root = document.getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertEquals("600", root.getAttribute("width"));
        assertEquals(
                "a < b & c\ufffd", document.getElementsByTagName("text").item(0).getTextContent());
        Element cells = (Element) document.getElementsByTagName("image").item(1);
        String png = cells.getAttribute("xlink:href").substring("data:image/png;base64,".length());
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
        assertEquals(2, image.getWidth());
        assertEquals(HIGH, image.getRGB(0, 0));
        assertEquals(LOW, image.getRGB(1, 0));
        assertEquals(0, image.getRGB(0, 1) >>> 24);
    }

    @Test
    void pointsLieWhereTheyAreAndManyAreOneImage() throws Exception {
        Axis axis = axis("", 0, 1);
        Points one = new Points(new double[] {0.5}, new double[] {0.5}, new double[] {1}, 0);
        Document few = svg(new Drawing.Scatter(new Titles("", ""), axis, axis, one).figure(600, 400));
        Area area = new Canvas(600, 400, new Titles("", ""), new Canvas.Frame(axis, axis, null)).area();
        Element dot = (Element) few.getElementsByTagName("circle").item(0);
        assertEquals(area.x() + area.width() / 2, Double.parseDouble(dot.getAttribute("cx")), 0.01);
        assertEquals(area.y() + area.height() / 2, Double.parseDouble(dot.getAttribute("cy")), 0.01);
        double[] many = new double[10_000];
        Document cloud = svg(
                new Drawing.Scatter(new Titles("", ""), axis, axis, new Points(many, many, many, 0)).figure(600, 400));
        assertEquals(0, cloud.getElementsByTagName("circle").getLength());
        assertEquals(1, cloud.getElementsByTagName("image").getLength());
    }

    @Test
    void aSwathHasNoHolesBetweenItsCells() throws IOException {
        double[] xs = {0, 1, 0, 1};
        double[] ys = {0, 0, 1, 1};
        Points swath = new Points(xs, ys, new double[] {1, 1, 1, 1}, 2);
        Axis axis = axis("", -0.2, 1.2);
        Colors colors = new Colors(ColorMap.VIRIDIS, axis("", 0, 1));
        Canvas.Frame frame = new Canvas.Frame(axis, axis, colors);
        Area area = new Canvas(300, 250, new Titles("", ""), frame).area();
        BufferedImage image = png(new Drawing.Places(new Titles("", ""), axis, axis, colors, swath).figure(300, 250));
        // Stamps are at most 60 pixels wide, so the middle of this small picture is covered by its corners.
        assertTrue(area.width() < 260);
        assertEquals(HIGH, image.getRGB((int) (area.x() + area.width() * 0.2), (int) (area.y() + area.height() * 0.2)));
    }

    @Test
    void longTitlesAreCut() {
        Axis axis = axis("x".repeat(500), 0, 1);
        Points one = new Points(new double[] {0.5}, new double[] {0.5}, new double[] {1}, 0);
        List<Mark> marks = new Drawing.Scatter(new Titles("t".repeat(500), ""), axis, axis, one)
                .figure(600, 400)
                .marks();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Label label) {
                assertTrue(label.text().length() < 100, label.text());
                assertFalse(label.text().isEmpty());
            }
        }
    }
}
