// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.plot.Axis;
import io.h5coro.plot.Drawing;
import io.h5coro.plot.LineReducer;
import io.h5coro.plot.Points;
import io.h5coro.plot.Scale;
import io.h5coro.plot.Titles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes lines and clouds of dots of values along one dimension. Confined to one thread. */
final class Curves {
    /** Rows of a read: two of them, and what is decoded of them, are in memory at once. */
    private static final long BLOCK = 1 << 20;
    /** Dots of a cloud: more are not told apart. */
    static final long MOST_DOTS = 1_000_000;

    private final H5Coro file;
    private final Picked values;
    private final Look look;

    Curves(H5Coro file, Picked values, Look look) {
        this.file = file;
        this.values = values;
        this.look = look;
    }

    /** Draws a line through all rows, along a coordinate or their indices. */
    Drawing line(@Nullable Picked along) {
        int d = values.kept()[0];
        LineReducer reducer = new LineReducer(values.count(d), look.columns());
        rows(values, along, reducer::add);
        Points line = reducer.line();
        return new Drawing.Line(titles(values, line.ys()), axis(along, line.xs()), axis(line.ys()), line);
    }

    /** Draws a dot for each row, or for every so-many-th. */
    Drawing dots(Picked along) {
        int d = values.kept()[0];
        long step = Sampling.step(values.count(d), MOST_DOTS);
        Picked sampled = values.every(d, step);
        Dots dots = new Dots(Math.toIntExact(sampled.count(d)));
        rows(sampled, along.every(along.kept()[0], step), dots::add);
        Points points = new Points(dots.xs, dots.ys, dots.ys, 0);
        return new Drawing.Scatter(titles(sampled, dots.ys), axis(along, dots.xs), axis(dots.ys), points);
    }

    private Titles titles(Picked drawn, double[] ys) {
        return new Titles(values.title(), Sampling.subtitle(values, drawn, ys));
    }

    private Axis axis(double[] ys) {
        Scale scale = look.limits().of(ys, values.scale(look.logarithmic()));
        return new Axis(values.label(), look.limits().isFixed() ? scale : scale.padded());
    }

    private Axis axis(@Nullable Picked along, double[] xs) {
        if (along == null) {
            int d = values.kept()[0];
            return new Axis(values.indexLabel(d), look.all().of(xs, Scale.Kind.INDEX));
        }
        Scale.Kind kind = along.scale(false);
        return new Axis(along.label(), look.all().of(xs, kind).padded());
    }

    /** Takes a row. */
    private interface Rows {
        void add(double x, double y);
    }

    private static final class Dots {
        private final double[] xs;
        private final double[] ys;
        private int length;

        Dots(int count) {
            this.xs = new double[count];
            this.ys = new double[count];
        }

        void add(double x, double y) {
            xs[length] = x;
            ys[length++] = y;
        }
    }

    /** What is being read. */
    private record Block(Picked ys, @Nullable Picked xs, ReadPromise promise) {}

    /** Reads rows block by block, the next one while one is worked on. */
    private void rows(Picked picked, @Nullable Picked along, Rows rows) {
        int d = picked.kept()[0];
        if (along != null && along.count(along.kept()[0]) != picked.count(d)) {
            throw new UsageException(Picked.path(along.dataset()) + " has " + along.count(along.kept()[0])
                    + " values, and " + Picked.path(picked.dataset()) + " has " + picked.count(d));
        }
        long count = picked.count(d);
        Block ahead = ask(picked, along, 0);
        for (long from = 0; from < count; from += BLOCK) {
            Block now = ahead;
            if (from + BLOCK < count) {
                ahead = ask(picked, along, from + BLOCK);
            }
            double[] ys = now.ys().numbers(now.promise().get("y"));
            double[] xs = now.xs() == null
                    ? now.ys().indices(d)
                    : now.xs().numbers(now.promise().get("x"));
            for (int i = 0; i < ys.length; i++) {
                rows.add(xs[i], ys[i]);
            }
        }
    }

    private Block ask(Picked picked, @Nullable Picked along, long from) {
        int d = picked.kept()[0];
        long to = Math.min(picked.count(d), from + BLOCK);
        Picked ys = picked.part(d, from, to);
        Picked xs = along == null ? null : along.part(along.kept()[0], from, to);
        List<DatasetRequest> requests = new ArrayList<>(List.of(ys.request("y")));
        if (xs != null) {
            requests.add(xs.request("x"));
        }
        return new Block(ys, xs, file.readDatasets(requests));
    }
}
