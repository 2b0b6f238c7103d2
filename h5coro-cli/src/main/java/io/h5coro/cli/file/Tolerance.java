// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.model.ReadOptions;

/**
 * What a file is opened with in spite of.
 *
 * @param truncated the file is shorter than it says
 * @param unclosed its writer did not close it
 */
public record Tolerance(boolean truncated, boolean unclosed) {
    public ReadOptions.Builder in(ReadOptions.Builder options) {
        return options.allowTruncated(truncated).allowUnclosed(unclosed);
    }
}
