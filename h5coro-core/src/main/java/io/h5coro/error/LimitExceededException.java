// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The file or the request exceeds a limit on structure or memory, most of which {@code ReadOptions} sets.
 *
 * <pre>{@code
 * try {
 *     H5Array heights = file.read("/gt1l/heights/h_ph");
 * } catch (LimitExceededException e) {
 *     RowBlocks blocks = file.stream(DatasetRequest.of("/gt1l/heights/h_ph"), BlockOptions.defaults());
 *     blocks.close();
 * }
 * }</pre>
 */
public final class LimitExceededException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem names the limit, its value and what was found
     */
    public LimitExceededException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem names the limit, its value and what was found
     */
    public LimitExceededException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    LimitExceededException at(Where place) {
        return new LimitExceededException(place, problem(), this);
    }
}
