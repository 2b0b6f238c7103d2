// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.H5Coro;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** The file has a link {@code out} to another file. */
final class ObjectWriterTest {
    @TempDir
    private Path folder;

    @Test
    void leavesOutALinkThatIsRefused() throws Exception {
        assertFalse(described(Kind.ACCESS_DENIED).contains("\u00a3out"));
    }

    @Test
    void leavesOutNothingWhoseStorageDoesNotAnswer() {
        StorageFailureException failure =
                assertThrows(StorageFailureException.class, () -> described(Kind.UNAVAILABLE));
        assertEquals(Kind.UNAVAILABLE, failure.kind());
    }

    private String described(Kind kind) throws Exception {
        Path path = folder.resolve("served.h5");
        try (InputStream in = ObjectWriterTest.class.getResourceAsStream("/served.h5")) {
            Files.write(path, in.readAllBytes());
        }
        FileResolver others = name -> {
            throw new StorageException(kind, "for the test");
        };
        try (H5Coro file = H5Coro.open(path.toString(), ReadOptions.defaults(), StorageOptions.none(), others);
                MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            new ObjectWriter(out, new WireRequest("/", 0, 0, null, true), new ValueReader(file, 1 << 20))
                    .write(file.object("/"));
            return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
        }
    }
}
