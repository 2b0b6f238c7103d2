// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;

/**
 * Counts the bytes of names and messages that one look-up takes from the file. Entries of a hostile group or index may
 * all point at the same long text, so that their number alone says nothing about the work. Confined to one task.
 */
final class MetadataBudget {
    private final FileSpace file;
    private final String what;

    /** Invariant: negative only after {@link #spend} has thrown. */
    private long left;

    /**
     * A budget of {@link io.h5coro.model.ReadOptions#metadataBudgetBytes()}.
     *
     * @param what is read, for messages
     */
    MetadataBudget(FileSpace file, String what) {
        this.file = file;
        this.what = what;
        this.left = file.options().metadataBudgetBytes();
    }

    /**
     * Takes bytes off.
     *
     * @throws LimitExceededException when there are not so many left
     */
    void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new LimitExceededException(
                    Where.source(file.origin().source()),
                    what + " of more than the limit metadataBudgetBytes of "
                            + file.options().metadataBudgetBytes() + " bytes");
        }
    }
}
