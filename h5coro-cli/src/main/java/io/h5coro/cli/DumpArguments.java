// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.file.CacheFolders;
import io.h5coro.cli.file.StorageArguments;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@code h5coro dump}, which are h5dump's and some of our own. */
final class DumpArguments {
    /** Options by letter: ':' stands behind those with an argument, '*' behind those that may have one. */
    private static final String LETTERS = "a:b*c:d:ef:g:hik:l:m:n*o*pq:rs:t:uvw:xyz:A*BCD:E*F:G:HK:M:N:O*RS:VX:";

    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("attribute", 'a'),
            Map.entry("binary", 'b'),
            Map.entry("count", 'c'),
            Map.entry("dataset", 'd'),
            Map.entry("escape", 'e'),
            Map.entry("filedriver", 'f'),
            Map.entry("group", 'g'),
            Map.entry("help", 'h'),
            Map.entry("object-ids", 'i'),
            Map.entry("block", 'k'),
            Map.entry("soft-link", 'l'),
            Map.entry("format", 'm'),
            Map.entry("contents", 'n'),
            Map.entry("output", 'o'),
            Map.entry("properties", 'p'),
            Map.entry("sort_by", 'q'),
            Map.entry("string", 'r'),
            Map.entry("start", 's'),
            Map.entry("datatype", 't'),
            Map.entry("use-dtd", 'u'),
            Map.entry("vds-view-first-missing", 'v'),
            Map.entry("width", 'w'),
            Map.entry("xml", 'x'),
            Map.entry("noindex", 'y'),
            Map.entry("sort_order", 'z'),
            Map.entry("onlyattr", 'A'),
            Map.entry("superblock", 'B'),
            Map.entry("boot-block", 'B'),
            Map.entry("no-compact-subset", 'C'),
            Map.entry("xml-dtd", 'D'),
            Map.entry("enable-error-stack", 'E'),
            Map.entry("form", 'F'),
            Map.entry("vds-gap-size", 'G'),
            Map.entry("header", 'H'),
            Map.entry("page-buffer-size", 'K'),
            Map.entry("packed-bits", 'M'),
            Map.entry("packedbits", 'M'),
            Map.entry("any_path", 'N'),
            Map.entry("ddl", 'O'),
            Map.entry("region", 'R'),
            Map.entry("stride", 'S'),
            Map.entry("version", 'V'),
            Map.entry("xml-ns", 'X'));

    /** What libhdf5 is told and this reader has no use for. */
    private static final List<String> LIBRARY_OPTIONS =
            List.of("s3-cred", "hdfs-attrs", "vol-value", "vol-name", "vol-info", "vfd-value");

    private final String[] args;
    private final DumpBuilder builder = new DumpBuilder();
    private int next;

    private DumpArguments(String[] args) {
        this.args = args;
    }

    /**
     * Reads all arguments; unlike h5dump's, options may also stand behind the file.
     *
     * @throws UsageException when they are not those of a dump
     */
    static DumpBuilder parse(String[] args) {
        DumpArguments all = new DumpArguments(args);
        boolean optionsEnded = false;
        while (all.next < args.length) {
            String argument = args[all.next];
            if (optionsEnded || argument.length() < 2 || argument.charAt(0) != '-') {
                all.builder.files.add(argument);
                all.next++;
            } else if (argument.equals("--")) {
                optionsEnded = true;
                all.next++;
            } else if (argument.startsWith("--")) {
                all.longOption(argument.substring(2));
            } else {
                all.shortOptions(argument);
            }
        }
        return all.builder;
    }

    private void longOption(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? null : argument.substring(equals + 1);
        next++;
        if (LIBRARY_OPTIONS.contains(name)) {
            throw unsupported("--" + name);
        }
        boolean ofTheStorage = value != null && StorageArguments.H5DUMPS.contains(name);
        Character letter = ofTheStorage ? null : NAMES.get(name);
        if (letter == null) {
            if (value == null
                    && (name.startsWith("vfd-")
                            || CacheFolders.names().contains(name)
                            || StorageArguments.takesValue(name))) {
                value = required("--" + name);
            }
            if (!builder.own(name, value)) {
                List<String> known = DumpBuilder.ownNames();
                known.addAll(NAMES.keySet());
                throw new UsageException(
                        "unknown option --" + name + Suggestion.of(name, known).replace("mean ", "mean --"));
            }
            return;
        }
        switch (argumentOf(letter)) {
            case ':' -> builder.option(letter, value == null ? required("--" + name) : value);
            case '*' -> builder.option(letter, value == null ? optional(letter) : value);
            default -> {
                if (value != null) {
                    throw new UsageException("option --" + name + " takes no argument");
                }
                builder.option(letter, null);
            }
        }
    }

    private void shortOptions(String argument) {
        for (int i = 1; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            String rest = argument.substring(i + 1);
            switch (argumentOf(letter)) {
                case ':' -> {
                    next++;
                    builder.option(letter, rest.isEmpty() ? required("-" + letter) : rest);
                    return;
                }
                case '*' -> {
                    next++;
                    builder.option(letter, rest.isEmpty() ? optional(letter) : rest);
                    return;
                }
                case 0 -> throw new UsageException("unknown option -" + letter);
                default -> builder.option(letter, null);
            }
        }
        next++;
    }

    private static char argumentOf(char letter) {
        int place = letter == ':' || letter == '*' ? -1 : LETTERS.indexOf(letter);
        if (place < 0) {
            return 0;
        }
        char kind = place + 1 < LETTERS.length() ? LETTERS.charAt(place + 1) : ' ';
        return kind == ':' || kind == '*' ? kind : ' ';
    }

    private String required(String option) {
        if (next >= args.length) {
            throw new UsageException("option " + option + " needs an argument");
        }
        return args[next++];
    }

    /**
     * The next argument, unless it is an option or the last, which is a file. Where a number is wanted, only a number
     * (h5dump takes the first of several files for it).
     */
    private @Nullable String optional(char letter) {
        if (next + 1 >= args.length || args[next].startsWith("-")) {
            return null;
        }
        return "AnE".indexOf(letter) >= 0 && !args[next].matches("[0-9]+") ? null : args[next++];
    }

    static UnsupportedFeatureException unsupported(String option) {
        return new UnsupportedFeatureException(Where.source("h5coro dump"), "option " + option + " of h5dump");
    }
}
