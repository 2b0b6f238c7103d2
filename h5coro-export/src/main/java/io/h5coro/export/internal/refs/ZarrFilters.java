// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.FilterDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Filters of HDF5 as codecs of numcodecs: those whose chunks are the same, byte for byte.
 *
 * <pre>
 *     1 deflate     zlib
 *     2 shuffle     shuffle
 *     3 fletcher32  fletcher32
 *   307 bzip2       bz2
 * 32001 blosc       blosc
 * 32015 zstd        zstd
 * </pre>
 */
final class ZarrFilters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int BZIP2 = 307;
    private static final int BLOSC = 32_001;
    private static final int ZSTD = 32_015;

    private static final List<String> BLOSC_CODECS = List.of("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd");
    private static final int BLOSC_LEVEL = 4;
    private static final int BLOSC_SHUFFLE = 5;
    private static final int BLOSC_CODEC = 6;

    private ZarrFilters() {}

    /**
     * Returns the codecs, in the order in which they encode.
     *
     * @param elementBytes bytes of an element
     * @throws RefusedException when numcodecs has no such codec
     */
    static List<Map<String, Object>> of(List<FilterDescription> filters, int elementBytes) {
        List<Map<String, Object>> codecs = new ArrayList<>();
        for (FilterDescription filter : filters) {
            codecs.add(codec(filter, elementBytes));
        }
        return codecs;
    }

    private static Map<String, Object> codec(FilterDescription filter, int elementBytes) {
        int[] data = filter.clientData();
        return switch (filter.id()) {
            case DEFLATE -> codec("zlib", "level", at(data, 0, 1));
            case SHUFFLE -> codec("shuffle", "elementsize", at(data, 0, elementBytes));
            case FLETCHER32 -> codec("fletcher32");
            case BZIP2 -> codec("bz2", "level", at(data, 0, 9));
            case BLOSC -> blosc(data);
            case ZSTD -> codec("zstd", "level", at(data, 0, 3));
            default -> throw new RefusedException("numcodecs has no filter " + name(filter));
        };
    }

    private static String name(FilterDescription filter) {
        String name = filter.registeredName().isEmpty() ? filter.name() : filter.registeredName();
        return filter.id() + (name.isEmpty() ? "" : " (" + name + ")");
    }

    /** Decoding needs none of these: a chunk of Blosc states them itself. */
    private static Map<String, Object> blosc(int[] data) {
        int codec = at(data, BLOSC_CODEC, 0);
        String name = codec >= 0 && codec < BLOSC_CODECS.size() ? BLOSC_CODECS.get(codec) : BLOSC_CODECS.get(0);
        Map<String, Object> blosc = codec("blosc", "cname", name);
        blosc.put("clevel", at(data, BLOSC_LEVEL, 5));
        blosc.put("shuffle", at(data, BLOSC_SHUFFLE, 1));
        blosc.put("blocksize", 0);
        return blosc;
    }

    private static int at(int[] data, int index, int otherwise) {
        return index < data.length ? data[index] : otherwise;
    }

    private static Map<String, Object> codec(String id, Object... parameters) {
        Map<String, Object> codec = new LinkedHashMap<>();
        codec.put("id", id);
        for (int i = 0; i < parameters.length; i += 2) {
            codec.put((String) parameters[i], parameters[i + 1]);
        }
        return codec;
    }
}
