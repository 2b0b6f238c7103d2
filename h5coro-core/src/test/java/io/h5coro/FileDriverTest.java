// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.FileDriver;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that consist of several; that they hold the right values is FixtureTest's. */
final class FileDriverTest {
    @TempDir
    Path folder;

    private static ReadOptions with(FileDriver driver) {
        return ReadOptions.builder().fileDriver(driver).build();
    }

    private Path copy(String... names) throws IOException {
        for (String name : names) {
            Files.copy(Fixtures.path(name), folder.resolve(name));
        }
        return folder.resolve(names[0]);
    }

    @Test
    void namesTheDriverOfALoneMember() {
        for (String name : List.of("family_00000", "family_new_00000", "split-m", "multi-s")) {
            H5Exception e = assertThrows(UnsupportedFeatureException.class, () -> H5Coro.open(Fixtures.path(name)));
            assertTrue(
                    e.getMessage().contains(name.startsWith("family") ? "family" : "split or multi"), e.getMessage());
        }
    }

    @Test
    void failsWhenAMemberIsMissing() throws IOException {
        copy("family_00000.h5", "family_00001.h5", "family_00003.h5", "family_00004.h5");
        H5Exception e = assertThrows(NotFoundException.class, this::readFamily);
        assertTrue(e.getMessage().contains("family_00002.h5"), e.getMessage());
    }

    @Test
    void failsWhenTheLastMemberIsMissing() throws IOException {
        copy("family_00000.h5", "family_00001.h5", "family_00002.h5", "family_00003.h5");
        assertThrows(NotFoundException.class, () -> H5Coro.open(folder.resolve("family_%05d.h5")));
    }

    @Test
    void failsWhenAMemberIsTruncated() throws IOException {
        copy("family_00000.h5", "family_00003.h5", "family_00004.h5");
        Files.write(folder.resolve("family_00002.h5"), new byte[10]);
        Files.copy(Fixtures.path("family_00001.h5"), folder.resolve("family_00001.h5"));
        H5Exception e = assertThrows(StorageFailureException.class, this::readFamily);
        assertTrue(e.getMessage().contains("family_00002.h5"), e.getMessage());
    }

    private void readFamily() {
        try (H5Coro file = H5Coro.open(folder.resolve("family_%05d.h5"))) {
            for (Dataset dataset : file.list("/").variables().values()) {
                H5Array values = dataset.read();
                assertTrue(values.shape().rank() > 0);
            }
        }
    }

    @Test
    void opensAFamilyByItsTextLocationAndByItsDriver() {
        String location =
                Fixtures.path("family_00000").resolveSibling("family_%05d.h5").toString();
        try (H5Coro file = H5Coro.open(location);
                H5Coro same = H5Coro.open(location, with(new FileDriver.Family()))) {
            assertEquals(
                    file.list("/").variables().keySet(),
                    same.list("/").variables().keySet());
            assertTrue(!file.list("/").variables().isEmpty());
        }
    }

    @Test
    void takesANameWithANumberAsItIsWhenToldSo() throws IOException {
        Path literal = folder.resolve("x%05d.h5");
        Files.copy(Fixtures.path("onion"), literal);
        try (H5Coro file = H5Coro.open(literal, with(new FileDriver.Single()))) {
            assertTrue(!file.root().links().isEmpty());
        }
        assertThrows(NotFoundException.class, () -> H5Coro.open(literal));
    }

    @Test
    void refusesMemberNamesThatLeadElsewhere() throws IOException {
        byte[] split = Fixtures.bytes("split-m");
        byte[] name = "/tmp/xx".getBytes(StandardCharsets.US_ASCII);
        int at = new String(split, StandardCharsets.ISO_8859_1).indexOf("%s-r.h5");
        System.arraycopy(name, 0, split, at, name.length);
        Files.write(folder.resolve("evil-m.h5"), split);
        H5Exception e = assertThrows(
                UnsupportedFeatureException.class,
                () -> H5Coro.open(folder.resolve("evil"), with(new FileDriver.Split())));
        assertTrue(e.getMessage().contains("/tmp/xx"), e.getMessage());
    }

    @Test
    void readsTheLatestRevisionOfAnOnion() {
        Path path = Fixtures.path("onion");
        try (H5Coro latest = H5Coro.open(path, with(new FileDriver.Onion(FileDriver.Onion.LATEST)));
                H5Coro second = H5Coro.open(path, with(new FileDriver.Onion(2)))) {
            assertEquals(
                    second.list("/").variables().keySet(),
                    latest.list("/").variables().keySet());
        }
    }

    @Test
    void refusesARevisionThatDoesNotExist() {
        Path path = Fixtures.path("onion");
        assertThrows(NotFoundException.class, () -> H5Coro.open(path, with(new FileDriver.Onion(3))));
    }

    @Test
    void noticesADamagedOnionHeader() throws IOException {
        Path path = copy("onion.h5", "onion.h5.onion");
        byte[] onion = Fixtures.bytes("onion.h5.onion");
        onion[9] ^= 1;
        Files.write(folder.resolve("onion.h5.onion"), onion);
        assertThrows(MalformedFileException.class, () -> H5Coro.open(path, with(new FileDriver.Onion(1))));
    }

    @Test
    void dealsStripesToSubfiles() throws IOException {
        byte[] whole = Fixtures.bytes("onion");
        int stripe = 100;
        int count = 3;
        ByteBuffer[] subfiles = new ByteBuffer[count];
        for (int k = 0; k < count; k++) {
            subfiles[k] = ByteBuffer.allocate(whole.length).order(ByteOrder.LITTLE_ENDIAN);
        }
        for (int at = 0; at < whole.length; at += stripe) {
            subfiles[at / stripe % count].put(whole, at, Math.min(stripe, whole.length - at));
        }
        for (int k = 0; k < count; k++) {
            byte[] bytes = new byte[subfiles[k].flip().remaining()];
            subfiles[k].get(bytes);
            Files.write(folder.resolve("x.h5.subfile_77_" + (k + 1) + "_of_3"), bytes);
        }
        Files.writeString(
                folder.resolve("x.h5.subfile_77.config"), "stripe_size=100\naggregator_count=3\nsubfile_count=3\n");
        Path path = folder.resolve("x.h5");
        try (H5Coro joined = H5Coro.open(path, with(new FileDriver.Subfiling(OptionalLong.of(77))));
                H5Coro plain = H5Coro.open(Fixtures.path("onion"))) {
            assertTrue(!plain.list("/").variables().isEmpty());
            for (Dataset dataset : plain.list("/").variables().values()) {
                assertArrayEquals(
                        dataset.read().shape().dimensions(),
                        joined.dataset(dataset.path().orElseThrow())
                                .read()
                                .shape()
                                .dimensions());
            }
        }
        assertThrows(
                NotFoundException.class, () -> H5Coro.open(path, with(new FileDriver.Subfiling(OptionalLong.empty()))));
    }
}
