// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The read was cancelled, its file was closed, its thread was interrupted, or its deadline passed.
 *
 * <pre>{@code
 * ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of("/gt1l/heights/h_ph")));
 * promise.cancel();
 * try {
 *     H5Array heights = promise.get("/gt1l/heights/h_ph");
 * } catch (ReadAbortedException e) {
 *     System.out.println("cancelled before it was there");
 * }
 * }</pre>
 */
public final class ReadAbortedException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem says what ended the read
     */
    public ReadAbortedException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem says what ended the read
     */
    public ReadAbortedException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    ReadAbortedException at(Where place) {
        return new ReadAbortedException(place, problem(), this);
    }
}
