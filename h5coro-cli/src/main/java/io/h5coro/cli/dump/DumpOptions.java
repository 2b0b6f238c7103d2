// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.text.BinaryValues;
import io.h5coro.cli.text.CFormat;
import io.h5coro.cli.text.PackedBits;
import io.h5coro.cli.text.Style;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dump is asked for.
 *
 * @param wanted what is dumped
 * @param look how it is written, and where
 * @param opener how files are opened
 */
public record DumpOptions(Wanted wanted, Look look, FileOpener opener) {
    private static final int COLUMNS = 80;

    /** Parts of a file that are written or not. */
    public enum Part {
        /** Values of datasets. */
        DATA,
        /** Values of attributes. */
        ATTRIBUTE_DATA,
        /** Attributes. */
        ATTRIBUTES,
        /** Option -p. */
        PROPERTIES,
        /** Option -B. */
        SUPERBLOCK,
        /** Option -n: the objects' paths alone. */
        CONTENTS,
        /** Option -n 1: the attributes' too. */
        CONTENT_ATTRIBUTES,
        /** Option -R. */
        REGIONS,
        /** Option --stats: what reading cost, on the error stream. */
        STATISTICS
    }

    /**
     * What is dumped.
     *
     * @param files what to dump
     * @param items objects that were asked for, in their order; none is everything
     * @param parts what of them
     * @param packedBits option -M
     */
    public record Wanted(List<String> files, List<Item> items, Set<Part> parts, List<PackedBits> packedBits) {
        /** Copies the collections. */
        public Wanted {
            files = List.copyOf(files);
            items = List.copyOf(items);
            parts = Set.copyOf(parts);
            packedBits = List.copyOf(packedBits);
        }
    }

    /**
     * How it is written.
     *
     * @param style lines and elements
     * @param indices whether lines of values begin with an index
     * @param characters whether one-byte integers are characters: option -r
     * @param order order of links and attributes
     * @param output where it goes
     */
    public record Look(Style style, boolean indices, boolean characters, SortOrder order, Output output) {}

    /**
     * Where a dump goes.
     *
     * @param binary option -b; null for text
     * @param data where values go: option -o
     * @param ddl where all else goes: option -O
     */
    public record Output(BinaryValues.@Nullable Form binary, Target data, Target ddl) {}

    /**
     * One of a dump's outputs.
     *
     * @param file its name; null for standard output
     * @param suppressed whether it goes nowhere: the option without a file
     */
    public record Target(@Nullable String file, boolean suppressed) {
        public static final Target STANDARD = new Target(null, false);

        /** What an option with or without a file says. */
        public static Target of(@Nullable String file) {
            return new Target(file, file == null);
        }
    }

    /** Kinds of objects that can be asked for. */
    public enum Kind {
        /** Option -a. */
        ATTRIBUTE,
        /** Option -d. */
        DATASET,
        /** Option -g. */
        GROUP,
        /** Option -l. */
        LINK,
        /** Option -t. */
        DATATYPE,
        /** Option -N. */
        ANY,
        /** Named with the file: of whatever kind it is. */
        OBJECT
    }

    /**
     * An object that was asked for.
     *
     * @param kind what it is to be
     * @param path its path
     * @param subset what of it; null for everything
     */
    public record Item(Kind kind, String path, @Nullable SubsetSpec subset) {}

    /** What parts are written unless options say otherwise. */
    public static Set<Part> usualParts() {
        return EnumSet.of(Part.DATA, Part.ATTRIBUTE_DATA, Part.ATTRIBUTES);
    }

    /** For people: letters as letters, control characters escaped. */
    public static DumpOptions forPeople(FileOpener opener) {
        Style style = Style.of(COLUMNS, new Style.Elements(true, true, false, CFormat.GENERAL));
        return new DumpOptions(
                new Wanted(List.of(), List.of(), usualParts(), List.of()),
                new Look(
                        style,
                        true,
                        false,
                        new SortOrder(false, false),
                        new Output(null, Target.STANDARD, Target.STANDARD)),
                opener);
    }
}
