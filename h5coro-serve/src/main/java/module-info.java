// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** HDF5 files over HTTP: a server that speaks the protocol of hdfstream, and shows a page to browsers. */
@NullMarked
module io.h5coro.serve {
    requires transitive io.h5coro.core;
    requires io.h5coro.export;
    requires msgpack.core;
    requires org.eclipse.jetty.server;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports io.h5coro.serve;
    exports io.h5coro.serve.option;
}
