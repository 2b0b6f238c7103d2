// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.h5coro.plot.ColorMap;
import io.h5coro.plot.Drawing;
import io.h5coro.plot.PlotException;
import io.h5coro.plot.TextStyle;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro plot}: a picture of values. */
@Command(
        name = "plot",
        description = "Draws a dataset, or a slice of it: values along one dimension as a line, or as dots against"
                + " another dataset (-x); values of two dimensions as an image; or either as a map. Writes a PNG or an"
                + " SVG (-o), or prints a picture made of characters. Values are decoded as the CF conventions say.",
        mixinStandardHelpOptions = true)
public final class PlotCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("(\\d{3,4})x(\\d{3,4})");
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;

    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH[SLICE]", description = "The dataset, as with -d.")
    private @Nullable String path;

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH[SLICE]",
            description = RequestText.FORM)
    private @Nullable String dataset;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The picture: a name that ends in .png or .svg. The file is there when it is complete.")
    private @Nullable String output;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "line, scatter, image or map; without it, what the data and the other options ask for.")
    private @Nullable String kind;

    @Option(
            names = "-x",
            paramLabel = "PATH",
            description = "The dataset that a dot's place from left to right is read from; without a leading / beside"
                    + " the dataset that is drawn.")
    private @Nullable String along;

    @Option(names = "--map", description = "Draw values where their latitude and longitude say; as --kind map.")
    private boolean map;

    @Option(
            names = "--lat",
            paramLabel = "PATH",
            description = "The latitude, as with -x; without it, by its attributes.")
    private @Nullable String latitude;

    @Option(
            names = "--lon",
            paramLabel = "PATH",
            description = "The longitude, as with -x; without it, by its attributes.")
    private @Nullable String longitude;

    @Option(
            names = "--range",
            paramLabel = "RANGE",
            description = "Values that the axis or the colours span: " + Limits.FORM + ". Default: full.")
    private String range = "full";

    @Option(names = "--log", description = "Lay out values by their logarithm; what is not positive is missing.")
    private boolean logarithmic;

    @Option(names = "--colors", paramLabel = "NAME", description = "viridis (as it is without this), magma or gray.")
    private String colors = "viridis";

    @Option(names = "--size", paramLabel = "WxH", description = "Pixels of the picture; 1000x560 unless set.")
    private @Nullable String size;

    @Option(names = "--raw", description = "Values as they are stored, without labels.")
    private boolean raw;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public PlotCommand(OutputStream out, PrintStream err) {
        // Labels were made visible before; colours act on the terminal.
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        Target target = output == null ? null : Target.parse(output);
        Size pixels = size();
        Look look = look(target == null, pixels);
        Kind wanted = kind();
        Location location = location(target);
        List<String> typed = List.of(place.location());
        boolean unused = new OnFile(place.open(), cache, typed, report)
                .at(location, (file, at) -> {
                    try {
                        write(target, drawing(file, at, wanted, look), pixels);
                    } catch (PlotException e) {
                        report.error("", e);
                    }
                })
                .isPresent();
        return report.status();
    }

    /** The pixels of a picture. */
    private record Size(int width, int height) {}

    private Size size() {
        if (size == null) {
            return new Size(WIDTH, HEIGHT);
        }
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()
                || Math.min(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) < 200) {
            throw new UsageException("--size is WIDTHxHEIGHT from 200x200 to 9999x9999, not '" + size + "'");
        }
        return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private Look look(boolean text, Size pixels) {
        try {
            int columns = text ? 4 * out.look().columns() : 2 * pixels.width();
            int rows = text ? 200 : 2 * pixels.height();
            return new Look(Limits.parse(range), logarithmic, ColorMap.named(colors), columns, rows);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Kind kind() {
        if (kind == null) {
            return map || latitude != null || longitude != null ? Kind.MAP : null;
        }
        for (Kind known : Kind.values()) {
            if (known.name().equalsIgnoreCase(kind)) {
                return known;
            }
        }
        throw new UsageException("--kind is line, scatter, image or map, not '" + kind + "'");
    }

    private Location location(@Nullable Target target) {
        Location named =
                RequestText.place(Location.of(place.location(), path), dataset == null ? List.of() : List.of(dataset));
        List<String> files =
                FoundFiles.of(named.file(), place.open().storage()).stream().toList();
        if (files.size() > 1) {
            throw new UsageException("one file is drawn at a time, and " + files.size() + " are named");
        }
        if (target != null && FileOpener.identity(target.path().toString()).equals(FileOpener.identity(files.get(0)))) {
            throw new UsageException("the picture would replace the file that is drawn");
        }
        return new Location(files.get(0), named.path());
    }

    private Drawing drawing(H5Coro file, String at, @Nullable Kind wanted, Look look) {
        String text = dataset != null ? dataset : path != null ? path : at;
        if (text.equals("/")) {
            throw new UsageException("which dataset? Say -d PATH");
        }
        DatasetRequest request = RequestText.slices(text, "plot draws slices only");
        if (request.slices().size() > 1) {
            throw new UsageException("one slice is drawn at a time, and '" + text + "' has several");
        }
        Hyperslab slice =
                request.slices().isEmpty() ? Hyperslab.all() : request.slices().get(0);
        new LookAhead(file).starts(List.of(request));
        Coordinates coordinates = new Coordinates(file, raw);
        coordinates.lookAhead(request.path(), slice);
        Picked values = coordinates.picked(EscapedPath.in(file, request.path()), slice);
        return switch (fitting(values, wanted)) {
            case LINE -> new Curves(file, values, look).line(x(coordinates, values));
            case SCATTER -> new Curves(file, values, look).dots(required(x(coordinates, values)));
            case IMAGE ->
                new Surfaces(file, values, look)
                        .image(
                                coordinates.along(values, values.kept()[0]).orElse(null),
                                coordinates.along(values, values.kept()[1]).orElse(null));
            case MAP ->
                new Surfaces(file, values, look)
                        .map(coordinates.latitude(values, latitude), coordinates.longitude(values, longitude));
        };
    }

    private @Nullable Picked x(Coordinates coordinates, Picked values) {
        return along != null
                ? coordinates.beside(values, along)
                : coordinates.along(values, values.kept()[0]).orElse(null);
    }

    private static Picked required(@Nullable Picked x) {
        if (x == null) {
            throw new UsageException("against which dataset? Say -x PATH");
        }
        return x;
    }

    /** Returns what is drawn, which fits the number of dimensions. */
    private Kind fitting(Picked values, @Nullable Kind wanted) {
        int dimensions = values.kept().length;
        if (dimensions > 2) {
            throw new UsageException(Picked.path(values.dataset()) + " has " + dimensions + " dimensions with several"
                    + " indices, and two are drawn: choose an index of the others, such as -d '"
                    + Picked.path(values.dataset()) + "[" + "0,".repeat(dimensions - 2) + "...]'");
        }
        Kind found = wanted != null ? wanted : along != null ? Kind.SCATTER : dimensions == 1 ? Kind.LINE : Kind.IMAGE;
        boolean flat = found == Kind.LINE || found == Kind.SCATTER;
        if (found != Kind.MAP && flat != (dimensions == 1)) {
            throw new UsageException(Picked.path(values.dataset()) + " has " + dimensions
                    + (dimensions == 1 ? " dimension" : " dimensions") + " with several indices, and a picture of kind "
                    + found.name().toLowerCase(java.util.Locale.ROOT) + " has " + (flat ? "1" : "2"));
        }
        return found;
    }

    /** Returns how many of the colours there are: those that the terminal says it has. */
    static TextStyle.Palette palette(boolean colours, Map<String, String> environment) {
        if (!colours) {
            return TextStyle.Palette.NONE;
        }
        String said = environment.getOrDefault("COLORTERM", "");
        return said.equals("truecolor") || said.equals("24bit") ? TextStyle.Palette.ALL : TextStyle.Palette.FEW;
    }

    private void write(@Nullable Target target, Drawing drawing, Size pixels) {
        if (target == null) {
            out.write(drawing.text(
                    new TextStyle(out.look().columns(), palette(out.look().colours(), System.getenv()))));
            out.flush();
            return;
        }
        int height = size == null ? Proportions.height(drawing, pixels.width(), pixels.height()) : pixels.height();
        target.write(drawing.figure(pixels.width(), height));
    }
}
