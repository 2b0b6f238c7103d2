// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageListingContract;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of listings, kept by index pages of one style. */
abstract class HttpListingCase extends StorageListingContract {
    private final IndexServer.Style style;
    private IndexServer server;

    HttpListingCase(IndexServer.Style style) {
        this.style = style;
    }

    @BeforeEach
    void startServer() throws Exception {
        server = new IndexServer(style);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected String store(Map<String, byte[]> objects) {
        objects.forEach((name, content) -> server.put("/data/" + name, content));
        server.publish();
        return server.server().uri("/data/").toString();
    }

    @Override
    protected StorageOptions options() {
        return StorageOptions.none().with("index_pages", "true");
    }

    @Override
    protected String written(String name) {
        return style.escaped(name);
    }

    @Override
    protected String plain(char wildcard) {
        return String.format("%%%02X", (int) wildcard);
    }

    @Override
    protected OptionalInt requestsSeen() {
        int seen = server.server().requests();
        server.server().clearLog();
        return OptionalInt.of(seen);
    }

    private List<String> asked(StorageListing listing) throws Exception {
        server.server().clearLog();
        List<StoredObject> unused = all(listing);
        return server.server().log().stream().map(request -> request.path()).toList();
    }

    @Test
    void aFolderIsOneRequest() throws Exception {
        String folder = store(named("a/x.h5", "a/b/y.h5", "c/z.h5", "top.h5"));
        assertEquals(List.of("/data/"), asked(list(folder, Depth.FOLDER)));
        assertEquals(List.of("/data/", "/data/a/", "/data/a/b/", "/data/c/"), asked(list(folder, Depth.TREE)));
        assertEquals(List.of("/data/a/"), asked(find(folder + "a/*.h5")));
        assertEquals(List.of("/data/", "/data/a/", "/data/c/"), asked(find(folder + "*/*.h5")));
        assertEquals(List.of("/data/"), asked(find(folder + "*.h5")));
    }
}
