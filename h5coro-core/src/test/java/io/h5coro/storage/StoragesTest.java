// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static io.h5coro.storage.RangeReaderContract.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoragesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"plain.h5", "with blank.h5", "a#b?c.h5", "100%.h5", "a%20b.h5", "~user.h5", "run:7.h5", "ä€.h5"})
    void opensAPathAsItIs(String name) throws Exception {
        Path file = Files.write(folder.resolve(name), new byte[] {1, 2, 3});
        try (RangeReader reader = Storages.open(file.toString(), StorageOptions.none())) {
            assertArrayEquals(new byte[] {2, 3}, get(reader.read(new ByteRange(1, 5))));
        }
        try (RangeReader reader = Storages.open(file, StorageOptions.none())) {
            assertEquals(3, get(reader.read(new ByteRange(0, 5))).length);
        }
        try (RangeReader reader = Storages.open(file.toUri(), StorageOptions.none())) {
            assertEquals(3, get(reader.read(new ByteRange(0, 5))).length);
        }
    }

    @Test
    void opensAFileUriWithLettersThatAUriCannotHold() throws Exception {
        Path file = Files.write(folder.resolve("a b#c.h5"), new byte[] {1});
        for (String text : new String[] {"file:" + file, "file://" + file, "FILE://localhost" + file}) {
            try (RangeReader reader = Storages.open(text, StorageOptions.none())) {
                assertEquals(1, get(reader.read(new ByteRange(0, 5))).length, text);
            }
        }
    }

    @Test
    void opensAUriWithoutSchemeAsAPath() throws Exception {
        assertEquals(
                "data/x y.h5",
                Storages.open(URI.create("data/x%20y.h5"), StorageOptions.none())
                        .source());
    }

    @Test
    void opensNothingBeforeTheFirstRead() throws Exception {
        Storages.open(folder.resolve("missing").toString(), StorageOptions.none())
                .close();
    }

    @Test
    void namesTheModuleForS3AndTheSchemesThereAre() {
        StorageException failure =
                assertThrows(StorageException.class, () -> Storages.open("gopher://h/x", StorageOptions.none()));
        assertEquals(Kind.INVALID, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).startsWith("no storage for gopher://; available are file"));
        failure = assertThrows(StorageException.class, () -> Storages.open("S3://b/k", StorageOptions.none()));
        assertTrue(String.valueOf(failure.getMessage()).contains("s3://: add h5coro-s3 to the class path"));
    }

    @Test
    void aMalformedUriIsRefusedWithoutItsText() {
        StorageException failure =
                assertThrows(StorageException.class, () -> Storages.open("file://[/secret", StorageOptions.none()));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("secret"));
    }

    @Test
    void refusesAnEmptyName() throws Exception {
        assertEquals(
                Kind.INVALID,
                assertThrows(StorageException.class, () -> Storages.open(" ", StorageOptions.none()))
                        .kind());
        assertEquals(
                Kind.INVALID,
                assertThrows(StorageException.class, () -> Storages.find("", StorageOptions.none()))
                        .kind());
        assertEquals(Optional.empty(), Storages.folder(""));
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\data\\x.h5,",
        "C:/data/x.h5,",
        "c://x,",
        "/tmp/x.h5,",
        "~/x.h5,",
        "run:7.h5,",
        "s3:/x,",
        "s3://b/k,s3",
        "HTTPS://h/p,https",
        "file:/x,file",
        "file:x,file",
        "://x,",
    })
    void tellsPathsFromUris(String text, String scheme) {
        assertEquals(Optional.ofNullable(scheme), LocationText.scheme(text));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a b#c?d%20e+f.h5,/a b#c?d%20e+f.h5",
        "s3://bucket/ä/€.h5,/ä/€.h5",
        "https://h/a b.h5,/a b.h5",
        "https://h/a%20b.h5?X=1#f,/a b.h5",
        "https://h/100%.h5,/100%.h5",
        "file:///a%20b#c?d.h5,/a b#c?d.h5",
        "https://[::1]:80/x[1].h5,/x[1].h5",
    })
    void thePathOfAUriIsTheNameThatWasMeant(String text, String path) throws Exception {
        String scheme = LocationText.scheme(text).orElseThrow();
        assertEquals(path, LocationText.toUri(scheme, text).getPath());
    }

    @Test
    void keepsTheQueryOfAWebAddress() throws Exception {
        URI uri = LocationText.toUri("https", "https://h:8080/x?X-Sig=a%2Bb&y=c d");
        assertEquals("X-Sig=a%2Bb&y=c%20d", uri.getRawQuery());
        assertEquals(8080, uri.getPort());
    }
}
