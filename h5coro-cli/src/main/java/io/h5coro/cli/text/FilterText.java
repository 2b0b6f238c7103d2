// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.FilterDescription;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A filter by its name, with the parameters that its writer chose: "deflate(level 6)", "blosc(lz4, level 5, shuffle)".
 * Pure.
 */
public final class FilterText {
    /** Names of registered filters by number, used whatever name the file gives them. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "deflate"),
            Map.entry(2, "shuffle"),
            Map.entry(3, "fletcher32"),
            Map.entry(4, "szip"),
            Map.entry(5, "nbit"),
            Map.entry(6, "scaleoffset"),
            Map.entry(305, "lzo"),
            Map.entry(307, "bzip2"),
            Map.entry(32000, "lzf"),
            Map.entry(32001, "blosc"),
            Map.entry(32002, "mafisc"),
            Map.entry(32003, "snappy"),
            Map.entry(32004, "lz4"),
            Map.entry(32006, "cbf"),
            Map.entry(32008, "bitshuffle"),
            Map.entry(32012, "jpeg-ls"),
            Map.entry(32013, "zfp"),
            Map.entry(32014, "fpzip"),
            Map.entry(32015, "zstd"),
            Map.entry(32017, "sz"),
            Map.entry(32018, "fcidecomp"),
            Map.entry(32019, "jpeg"),
            Map.entry(32020, "vbz"),
            Map.entry(32022, "bitgroom"),
            Map.entry(32023, "granular-bitround"),
            Map.entry(32024, "sz3"),
            Map.entry(32026, "blosc2"),
            Map.entry(32028, "sperr"));

    private static final List<String> BLOSC_CODECS = List.of("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd");
    private static final List<String> BLOSC_SHUFFLES = List.of("no shuffle", "shuffle", "bitshuffle");
    private static final List<String> SCALE_TYPES = List.of("float digits", "float bits", "integer bits");

    private FilterText() {}

    /**
     * Returns a filter with its parameters. Parameters of a filter that is not known here are listed as unsigned
     * numbers.
     */
    public static String of(FilterDescription filter) {
        int[] data = filter.clientData();
        String parameters = switch (filter.id()) {
            case 1 -> data.length > 0 ? "level " + data[0] : "";
            case 2, 3, 5, 32000 -> "";
            case 4 -> szip(data);
            case 6 -> data.length > 1 ? name(SCALE_TYPES, data[0]) + " " + data[1] : "";
            case 307 -> data.length > 0 ? "block " + data[0] : "";
            case 32001, 32026 -> blosc(data);
            case 32004 -> data.length > 0 && data[0] != 0 ? "block " + Integer.toUnsignedString(data[0]) : "";
            case 32008 -> data.length > 4 ? bitshuffle(data[4]) : "";
            case 32015 -> data.length > 0 ? "level " + data[0] : "";
            default -> list(data);
        };
        return name(filter) + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }

    private static String name(FilterDescription filter) {
        String known = NAMES.get(filter.id());
        if (known != null) {
            return known;
        }
        return (filter.name().isBlank()
                        ? "filter"
                        : VisibleText.of(filter.name().strip())) + "-" + filter.id();
    }

    /** H5Z_FILTER_SZIP: the options' mask, pixels of a block. */
    private static String szip(int[] data) {
        if (data.length < 2) {
            return list(data);
        }
        return ((data[0] & 32) != 0 ? "nn" : "ec") + ", " + data[1] + (data[1] == 1 ? " pixel" : " pixels")
                + " a block";
    }

    /** Behind versions, element and chunk size: level, shuffle, codec. */
    private static String blosc(int[] data) {
        if (data.length < 5) {
            return list(data);
        }
        String codec = data.length > 6 ? name(BLOSC_CODECS, data[6]) : BLOSC_CODECS.get(0);
        String shuffle = data.length > 5 ? ", " + name(BLOSC_SHUFFLES, data[5]) : "";
        return codec + ", level " + data[4] + shuffle;
    }

    /** Names what follows the shuffle of bits; empty when nothing does. */
    private static String bitshuffle(int compression) {
        return compression == 2 ? "lz4" : compression == 3 ? "zstd" : compression == 0 ? "" : "codec " + compression;
    }

    /** Returns the name of a parameter, or its number when it is none of the known ones. */
    private static String name(List<String> names, int number) {
        return number >= 0 && number < names.size() ? names.get(number) : "number " + Integer.toUnsignedString(number);
    }

    private static String list(int[] data) {
        return IntStream.of(data).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" "));
    }
}
