// SPDX-License-Identifier: Apache-2.0
/** Serves files over HTTP; what it needs besides is loaded by this command alone. */
@NullMarked
package io.h5coro.cli.serve;

import org.jspecify.annotations.NullMarked;
