// SPDX-License-Identifier: Apache-2.0
/** The command that writes datasets to files of other formats. */
@NullMarked
package io.h5coro.cli.export;

import org.jspecify.annotations.NullMarked;
