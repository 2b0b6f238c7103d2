// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is read from which file. Immutable.
 *
 * @param requests as all readers are told: {@code path[start:stop, …][…]}, behind {@code field:NAME:} where only a
 *     member of the records is wanted; or only one of {@code walk:} and a path, which visits all objects from there on
 *     with their attributes, {@code list:} and a path, which says of each member of a group what it is, and
 *     {@code names:} and a path
 */
record Task(String name, String file, List<String> requests) {
    private static final List<String> BEAMS = List.of("gt1l", "gt1r", "gt2l", "gt2r", "gt3l", "gt3r");
    private static final List<String> PHOTON_RATE =
            List.of("h_ph", "lat_ph", "lon_ph", "delta_time", "signal_conf_ph", "quality_ph");
    private static final List<String> SEGMENT_RATE = List.of("segment_id", "segment_ph_cnt");

    Task {
        requests = List.copyOf(requests);
    }

    /** The five tasks on an ATL03-shaped granule; 50 photons make a segment. */
    static List<Task> ofGranule(String file) {
        List<String> slice = new ArrayList<>();
        List<String> beam = new ArrayList<>();
        for (String name : PHOTON_RATE) {
            beam.add("/gt2r/heights/" + name);
            slice.add("/gt2r/heights/" + name + "[503000:903000]");
        }
        for (String name : SEGMENT_RATE) {
            beam.add("/gt2r/geolocation/" + name);
            slice.add("/gt2r/geolocation/" + name + "[10060:18060]");
        }
        List<String> tiny = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tiny.add(String.format("/ancillary_data/param_%02d", i));
        }
        List<String> all = new ArrayList<>();
        for (String name : BEAMS) {
            for (String column : List.of("h_ph", "lat_ph", "lon_ph", "delta_time")) {
                all.add("/" + name + "/heights/" + column);
            }
        }
        return List.of(
                new Task("slice", file, slice),
                new Task("point", file, List.of("/gt2r/heights/h_ph[777777:777778]")),
                new Task("tiny", file, tiny),
                new Task("beam", file, beam),
                new Task("all", file, all));
    }

    /** Tasks on the files of {@code python/make_files.py}. */
    static List<Task> ofOthers() {
        List<String> small = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            small.add(String.format("/group_%02d/value_%02d", i / 2, i % 20));
        }
        return List.of(
                new Task("map", "climate.h5", List.of("/t2m[200:201, 0:180, 0:360]")),
                new Task("series", "climate.h5", List.of("/t2m[0:400, 90:91, 180:181]")),
                new Task("box", "climate.h5", List.of("/t2m[100:160, 40:100, 90:200]")),
                new Task("hundred", "small.h5", small),
                new Task("element", "million.h5", List.of("/fixed[7654321:7654322]")),
                new Task("window", "million.h5", List.of("/fixed[5000000:5010000]")),
                new Task("element", "million_v1.h5", List.of("/fixed[7654321:7654322]")),
                new Task("window", "million_v1.h5", List.of("/fixed[5000000:5010000]")));
    }

    /** Tasks on the files of {@code python/trades.py}, and on those above what their users do with them. */
    static List<Task> ofTrades() {
        return List.of(
                new Task("walk", "lidar.h5", List.of("walk:/")),
                new Task("walk", "recording.h5", List.of("walk:/")),
                new Task("walk", "granule_original.h5", List.of("walk:/")),
                new Task("channel", "recording.h5", List.of("/acquisition/series/data[:, 5:6]")),
                new Task("rows", "million.h5", List.of("/fixed" + ranges(50, 197_003, 300))),
                new Task("ranges", "points.h5", List.of("/points" + ranges(500, 49_991, 2066))),
                new Task("few", "points.h5", List.of("/points" + ranges(1000, 24_989, 10))),
                new Task("texts", "texts.h5", List.of("/names")),
                new Task("swath", "air.h5", List.of("/PRODUCT/SUPPORT_DATA/INPUT_DATA/value_07[:, :, 100:300]")),
                new Task("single", "single_elements.h5", List.of("/values")));
    }

    /** Tasks on the files of {@code python/rows.py}: many links, datasets, slices and chunks, records, joined files. */
    static List<Task> ofRows() {
        List<String> thousand = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            thousand.add(String.format("/group_%02d/value_%02d", i / 20, i % 20));
        }
        return List.of(
                new Task("list", "links.h5", List.of("list:/many")),
                new Task("list", "links_dense.h5", List.of("list:/many")),
                new Task("names", "links_dense.h5", List.of("names:/many")),
                new Task("thousand", "thousand.h5", thousand),
                new Task("slices", "points.h5", List.of("/points" + ranges(100_000, 249, 1))),
                new Task("step", "ten_million.h5", List.of("/values[0:10000000:1000000]")),
                new Task("whole", "ten_million.h5", List.of("/values")),
                new Task("field", "records.h5", List.of("field:time:/records")),
                new Task("joined", "joined.h5", List.of("/values")));
    }

    /** Files beside the task's file that hold its values. */
    List<String> parts() {
        return file.equals("joined.h5")
                ? IntStream.range(0, 24)
                        .mapToObj(i -> String.format("part_%02d.h5", i))
                        .toList()
                : List.of();
    }

    /** Slices of rows of equal lengths and distances. */
    private static String ranges(int number, int distance, int rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < number; i++) {
            text.append('[')
                    .append(i * distance)
                    .append(':')
                    .append(i * distance + rows)
                    .append(']');
        }
        return text.toString();
    }
}
