// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.cli.text.Sink;

/**
 * Where a dump goes.
 *
 * @param ddl everything but values
 * @param data values of datasets
 * @param attributes values of attributes
 */
public record Outputs(Sink ddl, Sink data, Sink attributes) {
    public void flush() {
        ddl.flush();
        data.flush();
        attributes.flush();
    }
}
