// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.dump.DumpOptions;
import io.h5coro.cli.dump.SortOrder;
import io.h5coro.cli.dump.SubsetSpec;
import io.h5coro.cli.file.CacheFolders;
import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.file.StorageArguments;
import io.h5coro.cli.file.Tolerance;
import io.h5coro.cli.report.OptionNames;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.BinaryValues;
import io.h5coro.cli.text.CFormat;
import io.h5coro.cli.text.PackedBits;
import io.h5coro.cli.text.Style;
import io.h5coro.event.ReadListener;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileDriver;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the options of a dump one by one. Confined to one thread. */
final class DumpBuilder {
    private static final int DEFAULT_COLUMNS = 80;

    final List<String> files = new ArrayList<>();
    boolean help;
    boolean version;
    boolean debug;
    private final List<DumpOptions.Item> items = new ArrayList<>();
    private final Set<DumpOptions.Part> parts = DumpOptions.usualParts();
    private List<PackedBits> packedBits = List.of();
    private boolean lastIsDataset;
    private boolean clip;
    private boolean compactSubset = true;

    private boolean escape;
    private boolean letters;
    private boolean characters;
    private boolean indices = true;
    private int columns = DEFAULT_COLUMNS;
    private CFormat floats = CFormat.GENERAL;
    private boolean byCreation;
    private boolean descending;
    private BinaryValues.@Nullable Form binary;
    private DumpOptions.Target data = DumpOptions.Target.STANDARD;
    private DumpOptions.Target ddl = DumpOptions.Target.STANDARD;

    private final StorageArguments storage = new StorageArguments();
    private @Nullable String driver;
    private @Nullable String driverInfo;
    private boolean virtualToFirstMissing;
    private int virtualGap;
    private boolean followAnywhere;
    boolean verbose;

    /** Is told what files are asked for; null when nobody is. */
    @Nullable
    ReadListener listener;

    private final CacheFolders caches = new CacheFolders();
    private boolean truncated;
    private boolean unclosed;

    /** The names of options that h5dump does not have. */
    static List<String> ownNames() {
        List<String> names = new ArrayList<>(StorageArguments.names());
        names.addAll(CacheFolders.names());
        names.addAll(List.of(
                "stats",
                "debug",
                "verbose",
                "vfd-name",
                "vfd-info",
                "clip",
                "utf8",
                FileOpener.FOLLOW_ANYWHERE,
                OptionNames.ALLOW_TRUNCATED,
                OptionNames.ALLOW_UNCLOSED));
        return names;
    }

    /** Takes an option that h5dump does not have; false when it is none of ours. */
    boolean own(String name, @Nullable String value) {
        switch (name) {
            case "stats" -> parts.add(DumpOptions.Part.STATISTICS);
            case "clip" -> clip = true;
            case OptionNames.ALLOW_TRUNCATED -> truncated = true;
            case OptionNames.ALLOW_UNCLOSED -> unclosed = true;
            case "debug" -> debug = true;
            case "verbose" -> verbose = true;
            case FileOpener.FOLLOW_ANYWHERE -> followAnywhere = true;
            case "utf8" -> letters = true;
            case "vfd-name" -> driver = value;
            case "vfd-info" -> driverInfo = value;
            default -> {
                return caches.take(name, value) || storage.take(name, value);
            }
        }
        return true;
    }

    /** Takes an option of h5dump's. */
    void option(char letter, @Nullable String value) {
        String text = value == null ? "" : value;
        switch (letter) {
            case 'a' -> item(DumpOptions.Kind.ATTRIBUTE, text);
            case 'd' -> dataset(text);
            case 'g' -> item(DumpOptions.Kind.GROUP, text);
            case 'l' -> item(DumpOptions.Kind.LINK, text);
            case 't' -> item(DumpOptions.Kind.DATATYPE, text);
            case 'N' -> item(DumpOptions.Kind.ANY, text);
            case 's', 'S', 'c', 'k' -> subset(letter, text);
            case 'M' -> packed(text);
            case 'n' -> {
                parts.add(DumpOptions.Part.CONTENTS);
                put(DumpOptions.Part.CONTENT_ATTRIBUTES, !text.isEmpty() && number("-n", text) > 0);
                lastIsDataset = false;
            }
            case 'H' -> header();
            case 'A' -> onlyAttributes(value);
            case 'w' -> {
                int width = number("-w", text);
                columns = width <= 0 ? 65535 : width;
                lastIsDataset = false;
            }
            case 'm' -> {
                floats = format(text);
                columns = 0;
            }
            case 'q' -> byCreation = choice("-q", text, "name", "creation_order");
            case 'z' -> descending = choice("-z", text, "ascending", "descending");
            case 'b' -> binary = form(text);
            case 'o' -> {
                data = DumpOptions.Target.of(value);
                lastIsDataset = false;
            }
            case 'O' -> ddl = DumpOptions.Target.of(value);
            case 'f' -> driver = text;
            case 'G' -> {
                virtualGap = number("--vds-gap-size", text);
                if (virtualGap < 0) {
                    throw new UsageException("option --vds-gap-size is not negative");
                }
            }
            default -> flag(letter);
        }
    }

    private void flag(char letter) {
        switch (letter) {
            case 'h' -> help = true;
            case 'V' -> version = true;
            case 'R' -> parts.add(DumpOptions.Part.REGIONS);
            case 'p' -> parts.add(DumpOptions.Part.PROPERTIES);
            case 'y' -> indices = false;
            case 'e' -> escape = true;
            case 'r' -> characters = true;
            case 'C' -> compactSubset = false;
            case 'B' -> {
                parts.add(DumpOptions.Part.SUPERBLOCK);
                lastIsDataset = false;
            }
            case 'v' -> virtualToFirstMissing = true;
            case 'K', 'E' -> {
                // How libhdf5 buffers pages and prints errors.
            }
            default -> throw DumpArguments.unsupported("-" + letter);
        }
    }

    private void item(DumpOptions.Kind kind, String path) {
        if (path.isEmpty()) {
            throw new UsageException("an object has a name");
        }
        items.add(new DumpOptions.Item(kind, path, null));
        lastIsDataset = false;
    }

    private void dataset(String text) {
        int open = text.indexOf('[', text.lastIndexOf('/') + 1);
        if (!compactSubset || open < 0) {
            part(text, null);
        } else if (text.indexOf(';', open) >= 0) {
            part(text.substring(0, open), SubsetSpec.parse(text, open));
        } else {
            DatasetRequest request =
                    RequestText.slices(text, "dump prints slices only: name several slices, or use h5coro cat");
            String path = text.startsWith("/") ? request.path() : request.path().substring(1);
            if (request.slices().isEmpty()) {
                part(path, null);
            }
            for (Hyperslab slice : request.slices()) {
                part(path, slice.ranges().isEmpty() ? null : SubsetSpec.of(slice));
            }
        }
        lastIsDataset = true;
    }

    /**
     * Takes an object that the arguments name with the file.
     *
     * @param files the number of different files
     */
    private void named(String path, long files) {
        if (path.equals("/")) {
            return;
        }
        if (files > 1) {
            throw new UsageException("of several files name the objects with -d or -g, not '" + path + "'");
        }
        if (compactSubset && path.indexOf('[', path.lastIndexOf('/') + 1) >= 0) {
            dataset(path);
        } else {
            item(DumpOptions.Kind.OBJECT, path);
        }
    }

    private void part(String path, @Nullable SubsetSpec subset) {
        item(DumpOptions.Kind.DATASET, path);
        items.set(items.size() - 1, new DumpOptions.Item(DumpOptions.Kind.DATASET, path, subset));
    }

    private void subset(char letter, String list) {
        afterDataset(letter);
        DumpOptions.Item last = items.get(items.size() - 1);
        SubsetSpec subset = last.subset() == null ? new SubsetSpec() : last.subset();
        subset.set(letter, list);
        items.set(items.size() - 1, new DumpOptions.Item(last.kind(), last.path(), subset));
    }

    private void packed(String list) {
        afterDataset('M');
        try {
            packedBits = PackedBits.parse(list);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void afterDataset(char letter) {
        if (!lastIsDataset) {
            throw new UsageException("option -" + letter + " can only be used after option -d");
        }
    }

    private void header() {
        parts.remove(DumpOptions.Part.DATA);
        parts.remove(DumpOptions.Part.ATTRIBUTE_DATA);
        lastIsDataset = false;
    }

    private void onlyAttributes(@Nullable String value) {
        if (value != null) {
            put(DumpOptions.Part.ATTRIBUTES, parts.contains(DumpOptions.Part.ATTRIBUTES) && number("-A", value) != 0);
        } else {
            parts.remove(DumpOptions.Part.DATA);
            parts.add(DumpOptions.Part.ATTRIBUTE_DATA);
            lastIsDataset = false;
        }
    }

    private void put(DumpOptions.Part part, boolean wanted) {
        if (wanted) {
            parts.add(part);
        } else {
            parts.remove(part);
        }
    }

    private static int number(String option, String text) {
        if (!text.matches("-?[0-9]{1,9}")) {
            throw new UsageException("option " + option + ": '" + text + "' is not a number");
        }
        return Integer.parseInt(text);
    }

    private static CFormat format(String text) {
        try {
            return CFormat.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("option -m: " + e.getMessage());
        }
    }

    private static boolean choice(String option, String text, String no, String yes) {
        if (!text.equals(no) && !text.equals(yes)) {
            throw new UsageException("option " + option + " is " + no + " or " + yes + ", not '" + text + "'");
        }
        return text.equals(yes);
    }

    private static BinaryValues.Form form(String text) {
        return switch (text) {
            case "", "NATIVE", "MEMORY" -> BinaryValues.Form.NATIVE;
            case "FILE" -> BinaryValues.Form.FILE;
            case "LE" -> BinaryValues.Form.LE;
            case "BE" -> BinaryValues.Form.BE;
            default -> throw new UsageException("option -b is NATIVE, FILE, LE or BE, not '" + text + "'");
        };
    }

    /**
     * The options.
     *
     * @throws UsageException when they do not go together
     */
    DumpOptions build() {
        if (files.isEmpty()) {
            throw new UsageException("missing file name; see h5coro dump --help");
        }
        if (binary != null && data.file() == null) {
            throw new UsageException("binary output requires a file name, use -o FILE");
        }
        List<Location> locations = Location.all(files);
        checkOutputs(locations);
        long different = locations.stream().map(Location::file).distinct().count();
        locations.forEach(location -> named(location.path(), different));
        if (clip) {
            items.stream()
                    .map(DumpOptions.Item::subset)
                    .filter(java.util.Objects::nonNull)
                    .forEach(SubsetSpec::clip);
        }
        Style style = Style.of(columns, new Style.Elements(escape, letters, false, floats));
        return new DumpOptions(
                new DumpOptions.Wanted(
                        locations.stream().map(Location::file).distinct().toList(), items, parts, packedBits),
                new DumpOptions.Look(
                        style,
                        indices,
                        characters,
                        new SortOrder(byCreation, descending),
                        new DumpOptions.Output(binary, data, ddl)),
                opener());
    }

    /** An output must not replace what is dumped, and two outputs in one file would overwrite each other. */
    private void checkOutputs(List<Location> locations) {
        for (Location location : locations) {
            if (isOneFile(data.file(), location.file()) || isOneFile(ddl.file(), location.file())) {
                throw new UsageException("an output would replace the file that is dumped");
            }
        }
        if (isOneFile(data.file(), ddl.file())) {
            throw new UsageException("options -o and -O name the same file");
        }
    }

    /** Whether two names are those of one file, which is no device. */
    private static boolean isOneFile(@Nullable String one, @Nullable String other) {
        return one != null
                && other != null
                && FileOpener.identity(one).equals(FileOpener.identity(other))
                && !FileOpener.isDevice(one);
    }

    private FileOpener opener() {
        ReadOptions.Builder reading = caches.builder()
                .fileDriver(driver(driver, driverInfo))
                .virtualToFirstMissing(virtualToFirstMissing)
                .virtualGap(virtualGap);
        if (listener != null) {
            reading.listener(listener);
        }
        return new FileOpener(
                storage.options(),
                new Tolerance(truncated, unclosed).in(reading).build(),
                followAnywhere);
    }

    /**
     * A file driver.
     *
     * @param name libhdf5's name of it; null to go by the file's name
     * @param info number of a revision (onion) or inode (subfiling); null for the last, or none
     */
    private static FileDriver driver(@Nullable String name, @Nullable String info) {
        if (name == null) {
            return new FileDriver.Automatic();
        }
        return switch (name) {
            case "sec2", "stdio", "core", "direct", "log", "windows" -> new FileDriver.Single();
            case "family" -> new FileDriver.Family();
            case "split" -> new FileDriver.Split();
            case "multi" -> new FileDriver.Multi();
            case "onion" -> new FileDriver.Onion(info == null ? FileDriver.Onion.LATEST : revision(info));
            case "subfiling" ->
                new FileDriver.Subfiling(info == null ? OptionalLong.empty() : OptionalLong.of(revision(info)));
            default -> throw DumpArguments.unsupported("--filedriver=" + name);
        };
    }

    private static long revision(String info) {
        if (!info.matches("[0-9]{1,18}")) {
            throw new UsageException("option --vfd-info: '" + info + "' is not a number");
        }
        return Long.parseLong(info);
    }
}
