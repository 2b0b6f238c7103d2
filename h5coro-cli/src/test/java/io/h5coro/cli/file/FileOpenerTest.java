// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two names of one file have in common. */
final class FileOpenerTest {
    @TempDir
    Path folder;

    private String name(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void linksAndDetoursLeadToOneFile() throws IOException {
        Path file = Files.createFile(folder.resolve("a.h5"));
        Files.createSymbolicLink(folder.resolve("link.h5"), file);
        Files.createDirectory(folder.resolve("sub"));
        String one = FileOpener.identity(name("a.h5"));
        assertEquals(one, FileOpener.identity(name("link.h5")));
        assertEquals(one, FileOpener.identity(name("sub/../a.h5")));
        assertEquals(one, FileOpener.identity(file.toUri().toString()));
        assertNotEquals(one, FileOpener.identity(name("b.h5")));
    }

    @Test
    void aFileThatDoesNotExistYetHasOneNameToo() {
        assertEquals(FileOpener.identity(name("new")), FileOpener.identity(name("./x/../new")));
        assertEquals(
                FileOpener.identity("new"),
                FileOpener.identity(Path.of("new").toAbsolutePath().toString()));
        assertNotEquals(FileOpener.identity(name("new")), FileOpener.identity(name("other")));
    }

    @Test
    void addressesAndWhatIsNoPathAreThemselves() {
        assertEquals("https://host/a/../x.h5", FileOpener.identity("https://host/a/../x.h5"));
        assertEquals("a\0b", FileOpener.identity("a\0b"));
        assertEquals("file:relative", FileOpener.identity("file:relative"));
        assertEquals("s3://b/x.h5", FileOpener.absolute("s3://b/x.h5"));
        assertEquals("a\0b", FileOpener.absolute("a\0b"));
        assertEquals(Path.of("x.h5").toAbsolutePath().toString(), FileOpener.absolute("x.h5"));
    }

    @Test
    void devicesAreNoFiles() throws IOException {
        assertTrue(FileOpener.isDevice("/dev/null"));
        assertFalse(FileOpener.isDevice(name("none")));
        assertFalse(FileOpener.isDevice(Files.createFile(folder.resolve("a.h5")).toString()));
    }
}
