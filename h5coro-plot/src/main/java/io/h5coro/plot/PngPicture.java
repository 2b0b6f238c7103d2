// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A figure as a PNG. Draws with Java2D, without a display. */
public final class PngPicture {
    private PngPicture() {}

    /**
     * Draws a figure.
     *
     * @throws PlotException when this Java cannot draw: it lacks java.desktop, or the system lacks fonts
     */
    public static byte[] encode(Figure figure) {
        return Png.encode(pixels(figure));
    }

    static Pixels pixels(Figure figure) {
        System.setProperty("java.awt.headless", "true");
        try {
            return Java2d.draw(figure);
        } catch (RuntimeException | Error e) {
            // Without fonts Java 17 throws an Error that is none of the JVM, and Java 25 an InternalError.
            if (e instanceof VirtualMachineError && !(e instanceof InternalError)) {
                throw e;
            }
            throw new PlotException(
                    "this Java cannot draw text: it needs the module java.desktop, and of the system fontconfig and a"
                            + " font. A name that ends in .svg needs neither",
                    e);
        }
    }

    /** What is loaded when something is drawn. */
    private static final class Java2d {
        static Pixels draw(Figure figure) {
            BufferedImage image = new BufferedImage(figure.width(), figure.height(), BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = image.createGraphics();
            try {
                graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
                graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
                graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
                graphics.setColor(Color.WHITE);
                graphics.fillRect(0, 0, figure.width(), figure.height());
                figure.marks().forEach(mark -> draw(graphics, mark));
            } finally {
                graphics.dispose();
            }
            int[] argb = image.getRGB(0, 0, figure.width(), figure.height(), null, 0, figure.width());
            return new Pixels(figure.width(), figure.height(), argb);
        }

        private static void draw(Graphics2D graphics, Mark mark) {
            if (mark instanceof Mark.Path path) {
                draw(graphics, path);
            } else if (mark instanceof Mark.Box box) {
                Area area = box.area();
                graphics.setColor(new Color(box.rgb()));
                graphics.fill(new Rectangle2D.Double(area.x(), area.y(), area.width(), area.height()));
            } else if (mark instanceof Mark.Dots dots) {
                graphics.setColor(new Color(dots.rgb()));
                double r = dots.radius();
                for (int i = 0; i < dots.xs().length; i++) {
                    graphics.fill(new Ellipse2D.Double(dots.xs()[i] - r, dots.ys()[i] - r, 2 * r, 2 * r));
                }
            } else if (mark instanceof Mark.Raster raster) {
                draw(graphics, raster);
            } else if (mark instanceof Mark.Label label) {
                draw(graphics, label);
            }
        }

        private static void draw(Graphics2D graphics, Mark.Path path) {
            Path2D.Double line = new Path2D.Double();
            boolean open = false;
            for (int i = 0; i < path.xs().length; i++) {
                double x = path.xs()[i];
                double y = path.ys()[i];
                if (Double.isNaN(x) || Double.isNaN(y)) {
                    open = false;
                } else if (open) {
                    line.lineTo(x, y);
                } else {
                    line.moveTo(x, y);
                    line.lineTo(x, y);
                    open = true;
                }
            }
            graphics.setColor(new Color(path.rgb()));
            graphics.setStroke(new BasicStroke((float) path.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(line);
        }

        private static void draw(Graphics2D graphics, Mark.Raster raster) {
            Pixels pixels = raster.pixels();
            BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_ARGB);
            image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.argb(), 0, pixels.width());
            Area area = raster.area();
            AffineTransform stretch = AffineTransform.getTranslateInstance(area.x(), area.y());
            stretch.scale(area.width() / pixels.width(), area.height() / pixels.height());
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            graphics.drawImage(image, stretch, null);
        }

        private static void draw(Graphics2D graphics, Mark.Label label) {
            Mark.Type type = label.type();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, type.size()));
            graphics.setColor(new Color(Canvas.INK));
            double width = graphics.getFontMetrics().stringWidth(label.text());
            double left = switch (type.anchor()) {
                case START -> 0;
                case MIDDLE -> -width / 2;
                case END -> -width;
            };
            AffineTransform before = graphics.getTransform();
            graphics.translate(label.x(), label.y());
            if (type.vertical()) {
                graphics.rotate(-Math.PI / 2);
            }
            graphics.drawString(label.text(), (float) left, 0);
            graphics.setTransform(before);
        }
    }
}
