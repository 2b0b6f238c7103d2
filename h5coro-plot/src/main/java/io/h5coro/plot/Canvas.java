// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A figure in the making: axes around an area, in which values are drawn. Confined to one thread. */
public final class Canvas {
    static final int INK = 0x202020;
    static final int GRID = 0xe4e4e4;
    /** Where a value is missing. */
    static final int MISSING = 0xd9d9d9;
    /** Of lines and dots without a value of their own; dark enough for white, apart from grey for everybody. */
    public static final int LINE = 0x1f5fa8;

    private static final int TITLE = 16;
    private static final int TEXT = 12;
    private static final double GAP = 6;
    private static final double BAR = 16;

    private final int width;
    private final int height;
    private final Axis x;
    private final Axis y;
    private final Area area;
    private final List<Mark> below = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Mark> above = new ArrayList<>();

    /**
     * Lays out a figure.
     *
     * @param colors what the colours in it mean; null without a bar of colours
     */
    public Canvas(int width, int height, Titles titles, Frame frame) {
        this.width = width;
        this.height = height;
        this.x = frame.x();
        this.y = frame.y();
        double top = 12
                + (titles.title().isEmpty() ? 0 : TITLE + 4)
                + (titles.subtitle().isEmpty() ? 0 : TEXT + 4);
        double bottom = height - (10 + 2 * TEXT + 3 * GAP);
        Ticks rows = y.scale().ticks((int) ((bottom - top) / 42));
        double left = 18 + TEXT + GAP + widest(rows) + GAP;
        Ticks bar =
                frame.colors() == null ? null : frame.colors().axis().scale().ticks((int) ((bottom - top) / 42));
        double right = width - (bar == null ? 24 : 24 + BAR + GAP + widest(bar) + GAP + TEXT + 14);
        this.area = new Area(left, top, Math.max(10, right - left), Math.max(10, bottom - top));
        titles(titles);
        columns(x.scale().ticks((int) (area.width() / 95)));
        rows(rows, left - GAP - widest(rows) - GAP - 6);
        if (frame.colors() != null && bar != null) {
            bar(frame.colors(), bar);
        }
        outline(area);
    }

    /**
     * What is around the values.
     *
     * @param colors what the colours in it mean; null without a bar of colours
     */
    public record Frame(Axis x, Axis y, @Nullable Colors colors) {}

    /** Returns where values are drawn. */
    public Area area() {
        return area;
    }

    /** Draws a line through values; NaN interrupts it. */
    public void line(double[] xs, double[] ys) {
        double[] columns = columns(xs);
        double[] rows = rows(ys);
        marks.add(new Mark.Path(columns, rows, LINE, 1.3));
        // A point without a neighbour is no line.
        int[] alone = IntStream.range(0, xs.length)
                .filter(i -> isThere(columns, rows, i))
                .filter(i -> xs.length <= 30 || !isThere(columns, rows, i - 1) && !isThere(columns, rows, i + 1))
                .toArray();
        if (alone.length > 0) {
            double[] atColumns =
                    IntStream.of(alone).mapToDouble(i -> columns[i]).toArray();
            double[] atRows = IntStream.of(alone).mapToDouble(i -> rows[i]).toArray();
            marks.add(new Mark.Dots(atColumns, atRows, LINE, xs.length <= 30 ? 3 : 1.3));
        }
    }

    private static boolean isThere(double[] columns, double[] rows, int i) {
        return i >= 0 && i < columns.length && !Double.isNaN(columns[i] + rows[i]);
    }

    /** Draws a dot for each pair of values. */
    public void dots(double[] xs, double[] ys) {
        double[] columns = columns(xs);
        double[] rows = rows(ys);
        if (xs.length <= 3000) {
            marks.add(new Mark.Dots(columns, rows, LINE, xs.length <= 300 ? 3 : 2));
            return;
        }
        Stamps stamps = new Stamps(area, 2);
        for (int i = 0; i < columns.length; i++) {
            stamps.disc(columns[i], rows[i], xs.length < 30_000 ? 1.2 : 0.7, 0xff000000 | LINE);
        }
        marks.add(new Mark.Raster(area, stamps.pixels()));
    }

    /** Draws the cells of a grid, whose edges are those of the area. */
    public void cells(Pixels pixels) {
        below.add(new Mark.Box(area, MISSING));
        marks.add(new Mark.Raster(area, pixels));
    }

    /** Draws values where they are. */
    public void points(Points points, Colors colors) {
        Stamps stamps = new Stamps(area, 2);
        double[] columns = columns(points.xs());
        double[] rows = rows(points.ys());
        for (int i = 0; i < columns.length; i++) {
            int argb = colors.argb(points.values()[i]);
            if (points.columns() == 0 && argb == 0) {
                continue;
            }
            if (points.columns() == 0) {
                stamps.disc(columns[i], rows[i], columns.length < 5000 ? 2.5 : 1.5, argb);
            } else {
                double size = points.size(i, columns, rows);
                stamps.square(
                        columns[i], rows[i], Math.min(60, size) / 2 + 0.5, argb == 0 ? 0xff000000 | MISSING : argb);
            }
        }
        marks.add(new Mark.Raster(area, stamps.pixels()));
    }

    /** Returns the figure. */
    public Figure figure() {
        List<Mark> all = new ArrayList<>(below);
        all.addAll(marks);
        all.addAll(above);
        return new Figure(width, height, all);
    }

    private double[] columns(double[] values) {
        double[] places = new double[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = inside(x.place(values[i])) ? area.x() + x.place(values[i]) * area.width() : Double.NaN;
        }
        return places;
    }

    private double[] rows(double[] values) {
        double[] places = new double[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = inside(y.place(values[i])) ? area.bottom() - y.place(values[i]) * area.height() : Double.NaN;
        }
        return places;
    }

    private static boolean inside(double place) {
        return place >= -1e-9 && place <= 1 + 1e-9;
    }

    private void titles(Titles titles) {
        double line = 10;
        if (!titles.title().isEmpty()) {
            line += TITLE;
            above.add(label(
                    width / 2.0, line, cut(titles.title(), TITLE, width), new Mark.Type(TITLE, Mark.Anchor.MIDDLE)));
            line += 4;
        }
        if (!titles.subtitle().isEmpty()) {
            line += TEXT;
            above.add(label(
                    width / 2.0, line, cut(titles.subtitle(), TEXT, width), new Mark.Type(TEXT, Mark.Anchor.MIDDLE)));
        }
    }

    private void columns(Ticks ticks) {
        double line = area.bottom() + GAP + TEXT;
        double last = Double.NEGATIVE_INFINITY;
        for (Tick tick : inOrder(ticks, x)) {
            double at = area.x() + x.place(tick.value()) * area.width();
            double half = width(tick.text(), TEXT) / 2;
            stroke(at, area.y(), at, area.bottom(), GRID, below);
            stroke(at, area.bottom(), at, area.bottom() + 4, INK, above);
            if (at - half > last + GAP && at + half < width) {
                above.add(label(at, line + 2, tick.text(), new Mark.Type(TEXT, Mark.Anchor.MIDDLE)));
                last = at + half;
            }
        }
        String name = cut(x.label(ticks), TEXT, area.width() + 40);
        above.add(label(
                area.x() + area.width() / 2, line + GAP + TEXT + 4, name, new Mark.Type(TEXT, Mark.Anchor.MIDDLE)));
    }

    private static List<Tick> inOrder(Ticks ticks, Axis axis) {
        List<Tick> list = new ArrayList<>(ticks.list());
        if (axis.reversed()) {
            java.util.Collections.reverse(list);
        }
        return list;
    }

    private void rows(Ticks ticks, double title) {
        for (Tick tick : ticks.list()) {
            double at = area.bottom() - y.place(tick.value()) * area.height();
            stroke(area.x(), at, area.right(), at, GRID, below);
            stroke(area.x() - 4, at, area.x(), at, INK, above);
            above.add(label(area.x() - GAP, at + TEXT * 0.36, tick.text(), new Mark.Type(TEXT, Mark.Anchor.END)));
        }
        vertical(title, y.label(ticks));
    }

    private void vertical(double at, String text) {
        String name = cut(text, TEXT, area.height() + 40);
        above.add(label(at, area.y() + area.height() / 2, name, new Mark.Type(TEXT, Mark.Anchor.MIDDLE, true)));
    }

    private void bar(Colors colors, Ticks ticks) {
        Area bar = new Area(area.right() + 18, area.y(), BAR, area.height());
        Pixels pixels = Pixels.empty(1, 256);
        for (int row = 0; row < 256; row++) {
            pixels.set(0, row, colors.map().argb((255.5 - row) / 256));
        }
        marks.add(new Mark.Raster(bar, pixels));
        outline(bar);
        for (Tick tick : ticks.list()) {
            double at = bar.bottom() - colors.axis().place(tick.value()) * bar.height();
            stroke(bar.right(), at, bar.right() + 4, at, INK, above);
            above.add(label(bar.right() + GAP, at + TEXT * 0.36, tick.text(), new Mark.Type(TEXT, Mark.Anchor.START)));
        }
        vertical(bar.right() + GAP + widest(ticks) + GAP + TEXT, colors.axis().label(ticks));
    }

    private void outline(Area box) {
        double[] xs = {box.x(), box.right(), box.right(), box.x(), box.x()};
        double[] ys = {box.y(), box.y(), box.bottom(), box.bottom(), box.y()};
        above.add(new Mark.Path(xs, ys, INK, 1));
    }

    private static void stroke(double x1, double y1, double x2, double y2, int rgb, List<Mark> into) {
        into.add(new Mark.Path(new double[] {x1, x2}, new double[] {y1, y2}, rgb, 1));
    }

    private static Mark label(double x, double y, String text, Mark.Type type) {
        return new Mark.Label(x, y, text, type);
    }

    private static double widest(Ticks ticks) {
        return ticks.list().stream()
                .mapToDouble(tick -> width(tick.text(), TEXT))
                .max()
                .orElse(0);
    }

    /** Returns about how wide a text is: fonts differ, and that of an SVG is not known. */
    private static double width(String text, int size) {
        return text.length() * size * 0.62;
    }

    private static String cut(String text, int size, double room) {
        int most = (int) (room / (size * 0.62));
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }
}
