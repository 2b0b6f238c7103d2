// SPDX-License-Identifier: Apache-2.0
/** What the user has set once: in a file, and in the environment. */
@NullMarked
package io.h5coro.cli.config;

import org.jspecify.annotations.NullMarked;
