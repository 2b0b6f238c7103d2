// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

/**
 * Where a dump goes.
 *
 * @param ddl everything but values
 * @param data values of datasets
 * @param attributes values of attributes
 */
record Outputs(Sink ddl, Sink data, Sink attributes) {
    void flush() {
        ddl.flush();
        data.flush();
        attributes.flush();
    }
}
