// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** The reader, with local, in-memory and HTTP(S) storage. */
@NullMarked
@SuppressWarnings("module") // the modules that packages are exported to are compiled later
module io.h5coro.core {
    requires java.net.http;
    requires org.apache.commons.compress;
    requires static jdk.jfr;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports io.h5coro;
    exports io.h5coro.error;
    exports io.h5coro.event;
    exports io.h5coro.filter;
    exports io.h5coro.model;
    exports io.h5coro.storage;
    exports io.h5coro.storage.http;
    exports io.h5coro.storage.object to
            io.h5coro.s3;
    exports io.h5coro.storage.machine to
            io.h5coro.s3;
    exports io.h5coro.internal.pool to
            io.h5coro.spark;

    uses io.h5coro.filter.ChunkFilter;
    uses io.h5coro.storage.StorageProvider;

    provides io.h5coro.storage.StorageProvider with
            io.h5coro.storage.FileStorageProvider,
            io.h5coro.storage.http.HttpStorageProvider;
}
