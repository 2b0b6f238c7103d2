// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

/**
 * A dataset that references do not have, since Zarr would not give its exact values.
 *
 * @param path absolute
 * @param reason why
 */
public record RefusedVariable(String path, String reason) {
    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
