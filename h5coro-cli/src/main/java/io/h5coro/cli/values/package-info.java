// SPDX-License-Identifier: Apache-2.0
/** The commands that read values: head, cat, stat, diff. */
@NullMarked
package io.h5coro.cli.values;

import org.jspecify.annotations.NullMarked;
