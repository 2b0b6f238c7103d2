// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.export.format.ExportTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file that is there when it is complete. */
public final class TargetFile {
    private TargetFile() {}

    /**
     * Writes to another file in the same folder, which then gets the name; or to what is there and is no file.
     *
     * @param target its name; behind a link the file that is meant
     * @throws IOException when the file cannot be written
     */
    public static void write(Path target, ExportTable.Consumer<OutputStream> writer) throws IOException {
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            try (OutputStream out = Files.newOutputStream(real, StandardOpenOption.WRITE)) {
                writer.accept(out);
            }
            return;
        }
        Path part = real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID() + ".part");
        // A process that is ended by a signal deletes it, too.
        Thread deletion = new Thread(() -> delete(part));
        Runtime.getRuntime().addShutdownHook(deletion);
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                writer.accept(out);
            }
            move(part, real);
        } finally {
            delete(part);
            forget(deletion);
        }
    }

    private static void move(Path part, Path real) throws IOException {
        try {
            Files.move(part, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, real, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // What failed before is more telling, and a file that cannot be deleted is found by its name.
        }
    }

    private static void forget(Thread deletion) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(deletion);
        } catch (IllegalStateException ending) {
            // The process ends, and the hook runs.
        }
    }
}
