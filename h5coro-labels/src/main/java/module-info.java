// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** The labelled view: named dimensions, coordinates and decoded values, as netCDF and the CF conventions have them. */
@NullMarked
module io.h5coro.labels {
    requires transitive io.h5coro.core;
    requires static transitive org.jspecify;

    exports io.h5coro.labels;
    exports io.h5coro.labels.anndata;
    exports io.h5coro.labels.nwb;
    exports io.h5coro.labels.time;
}
