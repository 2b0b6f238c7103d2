// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderListingTest extends StorageListingContract {
    @TempDir
    Path folder;

    @Override
    protected String store(Map<String, byte[]> objects) throws Exception {
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            Path file = folder.resolve(object.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, object.getValue());
        }
        return folder + "/";
    }

    private List<String> listed(String prefix, Depth depth) throws Exception {
        return all(list(prefix, depth)).stream().map(StoredObject::location).toList();
    }

    @Test
    void tellsSizeTimeAndTheVersionThatReadersExpect() throws Exception {
        Path file = Files.write(folder.resolve("x.h5"), new byte[7]);
        Instant old = Instant.parse("2020-01-02T03:04:05Z");
        Files.setLastModifiedTime(file, FileTime.from(old));
        StoredObject found = all(list(folder + "/", Depth.FOLDER)).get(0);
        assertEquals(OptionalLong.of(7), found.sizeBytes());
        assertEquals(Optional.of(old), found.modified());
        assertEquals(file + ", 7 bytes, 2020-01-02T03:04:05Z", found.toString());
        FileVersion state = FileVersion.of(file);
        Optional<String> settled =
                state.isSettled(Instant.now().plusSeconds(60)) ? Optional.of(state.strongText()) : Optional.empty();
        assertTrue(
                found.version().isEmpty() || found.version().equals(settled),
                found.version().toString());
    }

    @Test
    void relativePathsStayRelative() throws Exception {
        List<String> found = listed("src/test/java/io/h5coro/storage/FolderListingT", Depth.FOLDER);
        assertEquals(List.of("src/test/java/io/h5coro/storage/FolderListingTest.java"), found);
        assertEquals(List.of("pom.xml"), listed("pom", Depth.FOLDER));
        assertEquals(
                List.of("pom.xml"),
                all(find("p*.xml")).stream().map(StoredObject::location).toList());
    }

    /** Java has no text for such a name. A listing that left it out would be a wrong one without an error. */
    @Test
    void listsAFileWhoseNameIsNoTextAndRefusesSuchAFolder() throws Exception {
        Files.write(folder.resolve("a.h5"), new byte[1]);
        shell("printf x > \"$(printf 'b\\377.h5')\"");
        List<StoredObject> found = all(list(folder + "/", Depth.FOLDER));
        assertEquals(
                List.of(folder + "/a.h5", folder + "/b\uFFFD.h5"),
                found.stream().map(StoredObject::location).toList());
        assertEquals(OptionalLong.empty(), found.get(1).sizeBytes());
        assertThrows(Exception.class, () -> {
            try (RangeReader reader = Storages.open(found.get(1).location(), StorageOptions.none())) {
                reader.read(new ByteRange(0, 1)).get();
            }
        });
        shell("mkdir \"$(printf 'c\\377')\"");
        StorageException failure = assertThrows(StorageException.class, () -> listed(folder + "/", Depth.TREE));
        assertEquals(Kind.INVALID, failure.kind());
    }

    private void shell(String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Process shell = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .start();
        assumeTrue(shell.waitFor() == 0, "the file system takes no such name");
    }

    @Test
    void leavesOutLinksThatLeadNowhereInAnyWay() throws Exception {
        Path file = Files.write(folder.resolve("a.h5"), new byte[1]);
        Files.createSymbolicLink(folder.resolve("itself"), folder.resolve("itself"));
        Files.createSymbolicLink(folder.resolve("below"), file.resolve("nothing"));
        assertEquals(List.of(folder + "/a.h5"), listed(folder + "/", Depth.FOLDER));
        assertEquals(List.of(folder + "/a.h5"), listed(folder + "/", Depth.TREE));
    }

    @Test
    void listsLinksToFoldersWithoutFollowingThemInATree() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Files.write(folder.resolve("a/b/x.h5"), new byte[1]);
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("link.h5"), folder.resolve("a/b/x.h5"));
        String root = folder + "/";
        assertEquals(List.of(root + "a/b/", root + "a/loop/"), listed(root + "a/", Depth.FOLDER));
        assertEquals(List.of(root + "a/b/x.h5", root + "link.h5"), listed(root, Depth.TREE));
        assertEquals(
                List.of(root + "a/loop/link.h5"),
                all(find(root + "a/*/*.h5")).stream()
                        .map(StoredObject::location)
                        .filter(location -> !location.contains("/b/"))
                        .toList());
    }

    @Test
    void aNameThatLooksLikeAPatternAndExistsIsMeantLiterally() throws Exception {
        Files.write(folder.resolve("x[1].h5"), new byte[1]);
        Files.write(folder.resolve("x1.h5"), new byte[1]);
        assertEquals(Optional.of(folder + "/x[1].h5"), Storages.plain(folder + "/x[1].h5"));
        assertEquals(1, all(find(folder + "/x[1].h5")).size());
        assertEquals(folder + "/x[1].h5", all(find(folder + "/x[1].h5")).get(0).location());
        assertEquals(folder + "/x1.h5", all(find(folder + "/x[12].h5")).get(0).location());
        assertEquals(Optional.of(folder + "/x[1].h5"), Storages.plain(folder + "/x\\[1].h5"));
        assertEquals(1, all(find("file:" + folder + "/x[1].h5")).size());
    }

    @Test
    void aFileUriFindsFileUris() throws Exception {
        Files.createDirectories(folder.resolve("a b"));
        Files.write(folder.resolve("a b/x#1.h5"), new byte[1]);
        for (String start : List.of("file:", "file://", "FILE://localhost")) {
            StoredObject found = all(find(start + folder + "/a%20?/x*.h5")).get(0);
            assertEquals("file://" + folder + "/a%20b/x%231.h5", found.location());
            try (RangeReader reader = open(found.location())) {
                assertEquals(1, RangeReaderContract.get(reader.read(new ByteRange(0, 9))).length);
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsNotFound() {
        for (String prefix : List.of(folder + "/no/x", folder + "/no/")) {
            StorageException failure = assertThrows(StorageException.class, () -> all(list(prefix, Depth.FOLDER)));
            assertEquals(Kind.NOT_FOUND, failure.kind());
            assertEquals(folder + "/no: no such folder", failure.getMessage());
        }
    }

    @Test
    void aFolderWithoutPermissionIsDenied() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "root may read everything");
        StorageException failure = assertThrows(StorageException.class, () -> all(list(closed + "/", Depth.FOLDER)));
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
    }

    @Test
    void refusesNamesThatNoFileCanHave() {
        for (String prefix : List.of("a\0b/", "file:///a%00b/", "file://host/a/", "file:a/")) {
            StorageException failure = assertThrows(StorageException.class, () -> all(list(prefix, Depth.FOLDER)));
            assertEquals(Kind.INVALID, failure.kind(), prefix);
        }
    }

    /** However large a folder is, only a batch of its names is held. */
    @Test
    void readsNamesInBatchesWithoutLosingOne() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i : IntStream.range(0, 100).toArray()) {
            Files.write(folder.resolve(String.format("x%02d", i)), new byte[0]);
            expected.add(String.format("x%02d", i));
        }
        for (int most : new int[] {1, 7, 50, 100, 101}) {
            FolderNames names = new FolderNames(folder, "x", true, most);
            assertTrue(names.after("").size() <= most);
            FolderListing listing = new FolderListing(names, name -> name, Machine.ofThisProcess());
            assertEquals(
                    expected, all(listing).stream().map(StoredObject::location).toList());
        }
    }
}
