// SPDX-License-Identifier: Apache-2.0
/** What a shell asks while a command line is typed. */
@NullMarked
package io.h5coro.cli.complete;

import org.jspecify.annotations.NullMarked;
