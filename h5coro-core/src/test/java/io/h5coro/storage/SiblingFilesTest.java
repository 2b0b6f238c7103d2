// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiblingFilesTest {
    private final List<String> opened = new ArrayList<>();

    private RangeReader open(String location) {
        opened.add(location);
        return MemoryRangeReader.of(location, new byte[0]);
    }

    private String opens(FileResolver resolver, String name) throws StorageException {
        return resolver.open(name).orElseThrow().source();
    }

    @Test
    void looksInTheFolderOfTheFile() throws StorageException {
        assertEquals("/data/b.h5", opens(SiblingFiles.ofPath("/data/a.h5", this::open), "b.h5"));
        assertEquals("b.h5", opens(SiblingFiles.ofPath("a.h5", this::open), "./b.h5"));
        assertEquals(
                "s3://bucket/x/sub/b.h5", opens(SiblingFiles.ofLocation("s3://bucket/x/a.h5", this::open), "sub/b.h5"));
        assertEquals("s3://bucket/b.h5", opens(SiblingFiles.ofLocation("s3://bucket/a.h5", this::open), "b.h5"));
    }

    @Test
    void saysWhereItLooks() throws StorageException {
        assertEquals("https://host/x/sub/b%20%23.h5", SiblingFiles.beside("https://host/x/a.h5?sig=1", "sub/b #.h5"));
        assertEquals("s3://bucket/b #.h5", SiblingFiles.beside("s3://bucket/a.h5", "/data/b #.h5"));
        assertEquals("b.h5", SiblingFiles.beside("a.h5", "b.h5"));
        assertThrows(StorageException.class, () -> SiblingFiles.beside("/data/a.h5", "../b.h5"));
    }

    @Test
    void takesTheLastComponentOfAbsoluteNames() throws StorageException {
        FileResolver beside = SiblingFiles.ofPath("/data/a.h5", this::open);
        assertEquals("/data/passwd", opens(beside, "/etc/passwd"));
        assertEquals("/data/b.h5", opens(beside, "C:\\old\\b.h5"));
    }

    @Test
    void leavesTheQueryWithItsSecretBehind() throws StorageException {
        FileResolver beside = SiblingFiles.ofLocation("https://host/x/a.h5?signature=secret#y", this::open);
        assertEquals("https://host/x/b.h5", opens(beside, "b.h5"));
    }

    @Test
    void escapesSpecialLettersWhereTheyMeanSomething() throws StorageException {
        String name = "a b#1?x%20.h5";
        assertEquals(
                "https://host/a%20b%231%3Fx%2520.h5",
                opens(SiblingFiles.ofLocation("https://host/a.h5", this::open), name));
        assertEquals("s3://bucket/" + name, opens(SiblingFiles.ofLocation("s3://bucket/a.h5", this::open), name));
        assertEquals("/data/" + name, opens(SiblingFiles.ofPath("/data/a.h5", this::open), name));
    }

    @Test
    void opensSiblingsWithAColonInTheirName() throws StorageException {
        for (String name : List.of("wrfout-2024-01-02T01:00:00.h5", "C:x.h5", "data:text", "file:x.h5", "http:x")) {
            assertEquals("/data/" + name, opens(SiblingFiles.ofPath("/data/a.h5", this::open), name));
            // Beside a file of the working folder, where a path must not be taken for an address.
            assertEquals("./" + name, opens(SiblingFiles.ofPath("a.h5", this::open), name));
            assertEquals("s3://bucket/" + name, opens(SiblingFiles.ofLocation("s3://bucket/a.h5", this::open), name));
            assertEquals(
                    "https://host/x/" + name.replace(":", "%3A"),
                    opens(SiblingFiles.ofLocation("https://host/x/a.h5", this::open), name));
            assertEquals(
                    "file:///data/" + name.replace(":", "%3A"),
                    opens(SiblingFiles.ofLocation("file:///data/a.h5", this::open), name));
        }
    }

    @Test
    void opensSiblingsOfFilesInFoldersWithAColon() throws StorageException {
        FileResolver within = SiblingFiles.ofPath("a.h5", this::open).within("run-01:00/b.h5");
        assertEquals("./run-01:00/c:d.h5", opens(within, "c:d.h5"));
    }

    @Test
    void takesABackslashForALetterWhereALocalFileHasIt(@TempDir Path folder) throws Exception {
        String here = folder.resolve("a.h5").toString();
        assertEquals(folder + "/sub/b.h5", opens(SiblingFiles.ofPath(here, this::open), "sub\\b.h5"));
        Files.createFile(folder.resolve("sub\\b.h5"));
        assertEquals(folder + "/sub\\b.h5", opens(SiblingFiles.ofPath(here, this::open), "sub\\b.h5"));
        assertEquals("s3://b/sub/b.h5", opens(SiblingFiles.ofLocation("s3://b/a.h5", this::open), "sub\\b.h5"));
    }

    @Test
    void resolvesNamesInANamedFileBesideThatOne() throws StorageException {
        FileResolver within = SiblingFiles.ofPath("/data/a.h5", this::open).within("sub/b.h5");
        assertEquals("/data/sub/c.h5", opens(within, "c.h5"));
    }

    @Test
    void refusesWhateverLeadsElsewhere() {
        FileResolver beside = SiblingFiles.ofPath("/data/a.h5", this::open);
        for (String name : List.of(
                "../../etc/passwd",
                "x/../../b.h5",
                "..\\b.h5",
                "..",
                "/..",
                "file:///etc/passwd",
                "s3://other/key",
                "http://169.254.169.254/latest/meta-data",
                "",
                " ",
                ".",
                "a\0b")) {
            StorageException e = assertThrows(StorageException.class, () -> beside.open(name), name);
            assertEquals(StorageException.Kind.ACCESS_DENIED, e.kind(), name);
        }
        assertEquals(List.of(), opened);
    }

    @Test
    void opensNothingWithoutAResolver() {
        assertThrows(StorageException.class, () -> FileResolver.none().open("b.h5"));
    }
}
