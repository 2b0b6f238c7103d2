// SPDX-License-Identifier: Apache-2.0
/** The h5coro command. */
@NullMarked
package io.h5coro.cli;

import org.jspecify.annotations.NullMarked;
