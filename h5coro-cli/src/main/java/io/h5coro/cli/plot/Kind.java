// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

/** What is drawn. */
enum Kind {
    LINE,
    SCATTER,
    IMAGE,
    MAP
}
