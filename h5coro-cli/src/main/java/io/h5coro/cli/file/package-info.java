// SPDX-License-Identifier: Apache-2.0
/** How files, objects and slices are named on a command line, and how files are opened. */
@NullMarked
package io.h5coro.cli.file;

import org.jspecify.annotations.NullMarked;
