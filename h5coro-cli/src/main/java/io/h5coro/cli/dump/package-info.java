// SPDX-License-Identifier: Apache-2.0
/** A file as h5dump prints it. */
@NullMarked
package io.h5coro.cli.dump;

import org.jspecify.annotations.NullMarked;
