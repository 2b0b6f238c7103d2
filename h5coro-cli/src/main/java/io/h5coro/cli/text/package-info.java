// SPDX-License-Identifier: Apache-2.0
/** Values, types and numbers as text, and the page that they are written on. Knows no file and no command. */
@NullMarked
package io.h5coro.cli.text;

import org.jspecify.annotations.NullMarked;
