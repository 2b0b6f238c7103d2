// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import java.util.List;

/** What was asked for cannot be exported as it was asked for. Nothing was written. */
public final class ExportRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the refusal.
     *
     * @param problems what cannot be exported, each with its path and the reason; at least one
     */
    public ExportRefusedException(List<String> problems) {
        super(String.join("; ", problems));
    }

    /** Makes the refusal for one reason. */
    public ExportRefusedException(String problem) {
        this(List.of(problem));
    }
}
