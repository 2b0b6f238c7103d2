// SPDX-License-Identifier: Apache-2.0
/** The command that draws values; {@code h5coro-plot} does the drawing. */
@NullMarked
package io.h5coro.cli.plot;

import org.jspecify.annotations.NullMarked;
