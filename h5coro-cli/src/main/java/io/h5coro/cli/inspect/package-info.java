// SPDX-License-Identifier: Apache-2.0
/** The commands that look at a file: ls, attrs, plan, doctor. */
@NullMarked
package io.h5coro.cli.inspect;

import org.jspecify.annotations.NullMarked;
