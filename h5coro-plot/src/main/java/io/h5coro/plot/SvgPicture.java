// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.Base64;
import java.util.Locale;

/** A figure as an SVG. Needs no font: the program that shows it has them. */
public final class SvgPicture {
    private static final String FONTS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

    private final StringBuilder text = new StringBuilder();

    private SvgPicture() {}

    /** Returns the document. */
    public static String encode(Figure figure) {
        return new SvgPicture().document(figure);
    }

    private String document(Figure figure) {
        text.append(String.format(
                Locale.ROOT,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>%n<svg xmlns=\"http://www.w3.org/2000/svg\""
                        + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%1$d\" height=\"%2$d\""
                        + " viewBox=\"0 0 %1$d %2$d\" font-family=\"%3$s\">%n"
                        + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#ffffff\"/>%n",
                figure.width(),
                figure.height(),
                FONTS));
        figure.marks().forEach(this::add);
        return text.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private void add(Mark mark) {
        if (mark instanceof Mark.Path path) {
            path(path);
        } else if (mark instanceof Mark.Box box) {
            text.append("<rect")
                    .append(place(box.area()))
                    .append(fill(box.rgb()))
                    .append("/>\n");
        } else if (mark instanceof Mark.Dots dots) {
            text.append("<g").append(fill(dots.rgb())).append(">\n");
            for (int i = 0; i < dots.xs().length; i++) {
                text.append("<circle cx=\"" + number(dots.xs()[i]) + "\" cy=\"" + number(dots.ys()[i]) + "\" r=\""
                        + number(dots.radius()) + "\"/>\n");
            }
            text.append("</g>\n");
        } else if (mark instanceof Mark.Raster raster) {
            text.append("<image")
                    .append(place(raster.area()))
                    .append(" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""
                            + " xlink:href=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(Png.encode(raster.pixels())))
                    .append("\"/>\n");
        } else if (mark instanceof Mark.Label label) {
            label(label);
        }
    }

    private void path(Mark.Path path) {
        text.append("<path fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke=\"")
                .append(colour(path.rgb()))
                .append("\" stroke-width=\"")
                .append(number(path.width()))
                .append("\" d=\"");
        boolean open = false;
        for (int i = 0; i < path.xs().length; i++) {
            if (Double.isNaN(path.xs()[i]) || Double.isNaN(path.ys()[i])) {
                open = false;
                continue;
            }
            String point = number(path.xs()[i]) + " " + number(path.ys()[i]);
            // A point alone is a line to itself, whose round ends show.
            text.append(open ? "L" + point : "M" + point + "L" + point);
            open = true;
        }
        text.append("\"/>\n");
    }

    private void label(Mark.Label label) {
        Mark.Type type = label.type();
        String x = number(label.x());
        String y = number(label.y());
        text.append("<text x=\"" + x + "\" y=\"" + y + "\" font-size=\"" + type.size() + "\" text-anchor=\""
                + type.anchor().name().toLowerCase(Locale.ROOT) + "\"" + fill(Canvas.INK));
        if (type.vertical()) {
            text.append(" transform=\"rotate(-90 " + x + " " + y + ")\"");
        }
        text.append(">").append(escaped(label.text())).append("</text>\n");
    }

    private static String place(Area area) {
        return " x=\"" + number(area.x()) + "\" y=\"" + number(area.y()) + "\" width=\"" + number(area.width())
                + "\" height=\"" + number(area.height()) + "\"";
    }

    private static String fill(int rgb) {
        return " fill=\"" + colour(rgb) + "\"";
    }

    private static String colour(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
    }

    private static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.endsWith(".00") ? digits.substring(0, digits.length() - 3) : digits;
    }

    /** Escapes what XML takes for its own, and drops what it cannot hold. */
    private static String escaped(String label) {
        StringBuilder out = new StringBuilder();
        label.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> {
                    boolean allowed = c >= 0x20 && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
                    out.appendCodePoint(allowed ? c : '\ufffd');
                }
            }
        });
        return out.toString();
    }
}
