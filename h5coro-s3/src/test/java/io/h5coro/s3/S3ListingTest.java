// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageListingContract;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of listings, kept by S3; and how many requests a listing takes. */
final class S3ListingTest extends StorageListingContract {
    private final FakeBucket bucket = new FakeBucket();
    private FakeServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new FakeServer(bucket);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected String store(Map<String, byte[]> objects) {
        objects.forEach((name, content) -> bucket.put("dir/" + name, content));
        return "s3://bucket/dir/";
    }

    @Override
    protected StorageOptions options() {
        return StorageOptions.none()
                .withAll(Map.of(
                        "endpoint", server.uri().toString(),
                        "aws_access_key_id", "id",
                        "aws_secret_access_key", "secret"));
    }

    @Override
    protected OptionalInt requestsSeen() {
        int seen = server.requests().size();
        server.requests().clear();
        return OptionalInt.of(seen);
    }

    private List<String> asked(StorageListing listing, Function<Request, String> what) throws Exception {
        server.requests().clear();
        List<StoredObject> unused = all(listing);
        return server.requests().stream().map(what).toList();
    }

    private static String query(Request request) {
        return FakeBucket.parameter(request, "prefix") + " " + FakeBucket.parameter(request, "delimiter");
    }

    private void put2500() {
        for (int i = 0; i < 2_500; i++) {
            bucket.put(String.format("2026/ATL03_2026%04d_006_01.h5", i), new byte[1]);
            bucket.put(String.format("2027/ATL03_2027%04d_006_01.h5", i), new byte[1]);
        }
        bucket.put("2026/ATL06_2026.h5", new byte[1]);
        bucket.put("2026/sub/deep/ATL03_2026.h5", new byte[1]);
    }

    @Test
    void aGlobTakesAsManyRequestsAsItsPrefixHasPages() throws Exception {
        put2500();
        List<String> pages = asked(find("s3://bucket/2026/ATL03_2026*_006_*.h5"), S3ListingTest::query);
        assertEquals(List.of("2026/ATL03_2026 /", "2026/ATL03_2026 /", "2026/ATL03_2026 /"), pages);
        assertEquals(
                List.of("", "1000", "2000"),
                asked(
                        find("s3://bucket/2026/ATL03_2026*.h5"),
                        request -> FakeBucket.parameter(request, "continuation-token")));
        assertEquals(
                List.of(" /", "2026/sub/ /", "2027/sub/ /"),
                asked(find("s3://bucket/*/sub/*.h5"), S3ListingTest::query));
        assertEquals(
                3,
                asked(find("s3://bucket/2026/**/ATL03*.h5"), S3ListingTest::query)
                        .size());
        assertEquals(List.of("2026/sub/ "), asked(find("s3://bucket/2026/sub/**"), S3ListingTest::query));
    }

    @Test
    void onePageIsFetchedAheadAndNoMore() throws Exception {
        put2500();
        try (StorageListing listing = list("s3://bucket/2026/ATL03_", Depth.FOLDER)) {
            assertEquals(0, server.requests().size());
            for (int i = 0; i < 1_000; i++) {
                assertTrue(listing.next().isPresent());
            }
            Eventually.holds(() -> server.requests().size() == 2);
            assertTrue(listing.next().isPresent());
            Eventually.holds(() -> server.requests().size() == 3);
        }
        assertEquals(3, server.requests().size());
    }

    @Test
    void tellsSizeTimeAndVersion() throws Exception {
        bucket.put("dir/x.h5", new byte[] {1, 2, 3});
        StoredObject found = all(list("s3://bucket/dir/", Depth.FOLDER)).get(0);
        assertEquals(
                new StoredObject(
                        "s3://bucket/dir/x.h5",
                        OptionalLong.of(3),
                        Optional.of("\"7861\""),
                        Optional.of(Instant.parse("2026-07-06T10:00:00Z"))),
                found);
    }

    @Test
    void keysThatMarkFoldersAreLeftOut() throws Exception {
        bucket.put("dir/", new byte[0]).put("dir/a/", new byte[0]).put("dir/a/x.h5", new byte[1]);
        assertEquals(List.of(StoredObject.folder("s3://bucket/dir/a/")), all(list("s3://bucket/dir/", Depth.FOLDER)));
        assertEquals(1, all(list("s3://bucket/dir/", Depth.TREE)).size());
        assertEquals(1, all(find("s3://bucket/**")).size());
    }

    @Test
    void aBucketIsAFolder() throws Exception {
        bucket.put("x.h5", new byte[1]).put("a/y.h5", new byte[1]);
        for (String location : List.of("s3://bucket/", "s3://bucket")) {
            assertEquals(
                    List.of("s3://bucket/x.h5"),
                    all(find(location)).stream().map(StoredObject::location).toList());
            assertEquals(2, all(list(location, Depth.FOLDER)).size());
        }
    }

    @Test
    void keysMayHaveAnyLetters() throws Exception {
        bucket.put("dir/a\nb\u0001\u202e.h5", new byte[1])
                .put("dir//x//y", new byte[1])
                .put("dir/../up", new byte[1]);
        assertEquals(
                List.of("s3://bucket/dir/../up", "s3://bucket/dir//x//y", "s3://bucket/dir/a\nb\u0001\u202e.h5"),
                all(list("s3://bucket/dir/", Depth.TREE)).stream()
                        .map(StoredObject::location)
                        .sorted()
                        .toList());
        assertEquals(1, all(find("s3://bucket/dir/a*.h5")).size());
    }
}
