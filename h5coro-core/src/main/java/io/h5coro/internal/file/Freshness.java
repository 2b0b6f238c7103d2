// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether the metadata of an open file are known to be those of the object that the storage has now. Thread-safe. */
public interface Freshness {
    /**
     * Whether that is known; once true it stays so. Until then nothing that follows from metadata may be handed out.
     */
    boolean isConfirmed();

    /**
     * Asks the storage, unless answers are under way that will tell; only while {@link #isConfirmed()} is false. Does
     * not block. Fails with whatever kept the storage from confirming.
     */
    CompletableFuture<Void> confirm();

    /** The error for what {@link #confirm()} failed with. */
    H5Exception failure(Throwable unconfirmed);

    /**
     * The file opened anew, after the storage has said that the object is another one; blocks.
     *
     * @return empty when it cannot be opened again from here
     * @throws H5Exception when it cannot be read
     */
    Optional<SourceFile> renewed();

    /** Of a file whose metadata come from the storage itself. */
    static Freshness certain() {
        return new Freshness() {
            @Override
            public boolean isConfirmed() {
                return true;
            }

            @Override
            public CompletableFuture<Void> confirm() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public H5Exception failure(Throwable unconfirmed) {
                throw new IllegalStateException(unconfirmed);
            }

            @Override
            public Optional<SourceFile> renewed() {
                return Optional.empty();
            }
        };
    }
}
