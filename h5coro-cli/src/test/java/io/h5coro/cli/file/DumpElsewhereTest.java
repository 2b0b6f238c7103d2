// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.DumpFiles;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files outside of the folder are read when that was asked for, and never else. */
final class DumpElsewhereTest {
    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void copy() throws IOException {
        DumpFiles.copy(folder.resolve("in"), "outside.h5", "linked.h5");
        DumpFiles.copy(folder, "secret.h5");
        Files.write(folder.resolve("secret.bin"), new byte[] {0x67, 0x12, 0, 0});
        file = folder.resolve("in/outside.h5").toString();
    }

    @Test
    void followsNoLinkOutOfTheFolder() {
        Run run = Run.of("dump", file);
        assertAll(
                () -> assertEquals(ExitCode.STORAGE, run.status()),
                () -> assertFalse(run.out().contains(": 4711"), run.out()),
                () -> assertTrue(run.out().contains("(0): 1, 2, 3"), run.out()),
                () -> assertTrue(run.out().contains("TARGETFILE \"../secret.h5\""), run.out()),
                () -> assertTrue(
                        run.err()
                                .contains("link is not followed: the file names another one, '../secret.h5', which is "
                                        + "not in its folder"),
                        run.err()),
                () -> assertTrue(run.err().contains("--follow-anywhere"), run.err()),
                () -> assertFalse(run.err().contains("FileResolver"), run.err()));
    }

    @Test
    void readsNeitherSourcesNorRawDataOutOfTheFolder() {
        for (String path : List.of("/virtual", "/raw", "/link")) {
            Run run = Run.of("dump", "-d", path, file);
            assertFalse(run.out().contains(": 4711"), run.out());
            assertEquals(ExitCode.STORAGE, run.status(), run.err());
        }
    }

    @Test
    void aLinkToAMissingFileIsNoError() {
        Run run = Run.of("dump", "-l", "/missing", file);
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void followsThemAnywhereWhenAsked() {
        Run run = Run.of("dump", "--follow-anywhere", file);
        assertAll(
                () -> assertEquals(0, run.status(), run.err()),
                () -> assertEquals("", run.err()),
                () -> assertEquals(3, run.out().split("\\(0\\): 4711").length - 1, run.out()));
    }

    @Test
    void followsAnAbsolutePathOnlyWhenAsked() throws StorageException {
        String secret = folder.resolve("secret.h5").toAbsolutePath().toString();
        assertEquals(List.of(secret), opened(file, true, secret));
        assertEquals(List.of(folder.resolve("in") + "/secret.h5"), opened(file, false, secret));
    }

    @Test
    void remoteFilesNameOthersOnTheirHostOnly() throws StorageException {
        String from = "https://example.org/a/b/main.h5?token=1";
        assertEquals(List.of("https://example.org/a/x.h5"), opened(from, true, "../x.h5"));
        assertEquals(List.of("https://example.org/y%20z/x.h5"), opened(from, true, "c/../../../y z/./x.h5"));
        assertEquals(List.of("https://example.org/a/b/x.h5"), opened(from, true, "/etc/x.h5"));
        assertEquals(List.of("s3://bucket/x y.h5"), opened("s3://bucket/a/main.h5", true, "../x y.h5"));
        for (String refused : List.of("../../../x.h5", "http://other.org/x.h5", "file:///etc/passwd", "\0")) {
            assertRefused(from, true, refused);
        }
        for (String refused : List.of("../x.h5", "c/../../x.h5", "http://other.org/x.h5")) {
            assertRefused(from, false, refused);
        }
    }

    @Test
    void keepsABoundedNumberOfFilesOpenAndSaysSo() throws IOException {
        String file = DumpFiles.one(folder, "many.h5");
        byte[] other = Files.readAllBytes(Path.of(DumpFiles.one(folder, "secret.h5")));
        for (int i = 0; i < 300; i++) {
            Files.write(folder.resolve(String.format(java.util.Locale.ROOT, "f%03d.h5", i)), other);
        }
        Run run = Run.of("dump", file);
        assertEquals(ExitCode.LIMIT, run.status(), run.err());
        assertTrue(run.err().contains("names more than 256 files"), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertEquals(255, run.out().split("\\(0\\): 4711\n", -1).length - 1);
        assertEquals(300, run.out().split("EXTERNAL_LINK ", -1).length - 1);
    }

    private static void assertRefused(String from, boolean anywhere, String name) {
        StorageException e = org.junit.jupiter.api.Assertions.assertThrows(
                StorageException.class, () -> opened(from, anywhere, name));
        assertEquals(StorageException.Kind.ACCESS_DENIED, e.kind());
    }

    @Test
    void filesFarAwayNameOthersFromWhereTheyAre() throws StorageException {
        List<String> opened = new ArrayList<>();
        FileResolver resolver = new AnywhereFiles("https://example.org/a/main.h5", opener(opened));
        resolver.within("../b/x.h5").open("../y.h5");
        assertEquals(List.of("https://example.org/y.h5"), opened);
    }

    private static List<String> opened(String from, boolean anywhere, String name) throws StorageException {
        List<String> opened = new ArrayList<>();
        SiblingFiles.Opener opener = opener(opened);
        FileResolver resolver =
                anywhere ? new AnywhereFiles(from, opener) : new ConfinedFiles(SiblingFiles.ofLocation(from, opener));
        resolver.open(name);
        return opened;
    }

    private static SiblingFiles.Opener opener(List<String> opened) {
        return at -> {
            opened.add(at);
            return MemoryRangeReader.of(at, new byte[0]);
        };
    }
}
