// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.plot.Axis;
import io.h5coro.plot.Colors;
import io.h5coro.plot.Drawing;
import io.h5coro.plot.Grid;
import io.h5coro.plot.Points;
import io.h5coro.plot.Scale;
import io.h5coro.plot.Titles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes images and maps of values. Confined to one thread. */
final class Surfaces {
    private final H5Coro file;
    private final Picked values;
    private final Look look;

    Surfaces(H5Coro file, Picked values, Look look) {
        this.file = file;
        this.values = values;
        this.look = look;
    }

    /** One side of an image: the middles of its cells, and what they are. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Side(double[] middles, Axis axis) {}

    /**
     * Draws values of two dimensions as cells, the last one from left to right.
     *
     * @param xAlong the coordinate of the last dimension; null for indices
     * @param yAlong that of the other one
     */
    Drawing image(@Nullable Picked yAlong, @Nullable Picked xAlong) {
        int[] kept = values.kept();
        long rowStep = Sampling.step(values.count(kept[0]), look.rows());
        long columnStep = Sampling.step(values.count(kept[1]), look.columns());
        Picked sampled = values.every(kept[0], rowStep).every(kept[1], columnStep);
        Picked ys = yAlong == null ? null : yAlong.every(yAlong.kept()[0], rowStep);
        Picked xs = xAlong == null ? null : xAlong.every(xAlong.kept()[0], columnStep);
        ReadPromise read = file.readDatasets(requests(sampled, ys, xs));
        double[] cells = sampled.numbers(read.get("values"));
        Side y = side(sampled, kept[0], ys, read, "y");
        Side x = side(sampled, kept[1], xs, read, "x");
        Grid grid = new Grid(x.middles(), y.middles(), cells);
        return new Drawing.Image(titles(sampled, cells), x.axis(), y.axis(), colors(cells), grid);
    }

    private static Side side(Picked sampled, int d, @Nullable Picked along, ReadPromise read, String name) {
        if (along != null) {
            double[] middles = along.numbers(read.get(name));
            if (Grid.isOrdered(middles)) {
                return new Side(middles, new Axis(along.label(), Grid.span(middles, along.scale(false))));
            }
        }
        double[] indices = sampled.indices(d);
        // Rows without a coordinate run down, as those of a matrix.
        Scale span = Grid.span(indices, Scale.Kind.INDEX);
        return new Side(indices, new Axis(sampled.indexLabel(d), span, name.equals("y")));
    }

    /** Draws values where they are: cells of a grid whose sides are latitude and longitude, of a swath, or dots. */
    Drawing map(Picked latitude, Picked longitude) {
        int[] kept = values.kept();
        if (kept.length == 2
                && latitude.kept().length == 1
                && longitude.kept().length == 1
                && latitude.ranges().size() == 1
                && longitude.ranges().size() == 1) {
            if (values.dataset().shape().dimension(kept[0])
                    == latitude.dataset().shape().dimension(0)) {
                return image(latitude, longitude);
            }
            throw new UsageException("a map needs the latitude along the first dimension that is drawn, and the"
                    + " longitude along the second; here it is the other way round");
        }
        long most = kept.length == 2 ? Math.max(look.columns(), look.rows()) : Curves.MOST_DOTS;
        Picked sampled = values;
        Picked ys = latitude;
        Picked xs = longitude;
        for (int i = 0; i < kept.length; i++) {
            long step = Sampling.step(values.count(kept[i]), most);
            sampled = sampled.every(kept[i], step);
            ys = ys.every(dimension(ys, i, kept.length), step);
            xs = xs.every(dimension(xs, i, kept.length), step);
        }
        ReadPromise read = file.readDatasets(requests(sampled, ys, xs));
        double[] cells = sampled.numbers(read.get("values"));
        int columns = kept.length == 2 ? Math.toIntExact(sampled.count(kept[1])) : 0;
        Points points = new Points(turned(xs.numbers(read.get("x"))), ys.numbers(read.get("y")), cells, columns);
        Axis x = new Axis(
                longitude.label(), look.all().of(points.xs(), Scale.Kind.LINEAR).padded());
        Axis y = new Axis(
                latitude.label(), look.all().of(points.ys(), Scale.Kind.LINEAR).padded());
        return new Drawing.Places(titles(sampled, cells), x, y, colors(cells), points);
    }

    private int dimension(Picked place, int i, int count) {
        int[] kept = place.kept();
        if (kept.length != count) {
            throw new UsageException(Picked.path(place.dataset()) + " of shape "
                    + place.dataset().shape() + " does not say where each value of "
                    + Picked.path(values.dataset()) + " of shape "
                    + values.dataset().shape() + " is");
        }
        return kept[i];
    }

    /** Returns longitudes from 0 to 360 where they are nearer to each other that way: beside the date line. */
    private static double[] turned(double[] longitudes) {
        double[] turned = new double[longitudes.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = longitudes[i] < 0 ? longitudes[i] + 360 : longitudes[i];
        }
        return span(turned) < 180 && span(longitudes) > 180 ? turned : longitudes;
    }

    private static double span(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        return high - low;
    }

    private static List<DatasetRequest> requests(Picked sampled, @Nullable Picked ys, @Nullable Picked xs) {
        List<DatasetRequest> requests = new ArrayList<>(List.of(sampled.request("values")));
        if (ys != null) {
            requests.add(ys.request("y"));
        }
        if (xs != null) {
            requests.add(xs.request("x"));
        }
        return requests;
    }

    private Titles titles(Picked sampled, double[] cells) {
        return new Titles(values.title(), Sampling.subtitle(values, sampled, cells));
    }

    private Colors colors(double[] cells) {
        Scale scale = look.limits().of(cells, values.scale(look.logarithmic()));
        return new Colors(look.map(), new Axis(values.label(), scale));
    }
}
