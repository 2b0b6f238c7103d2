// SPDX-License-Identifier: Apache-2.0
/** The format of Arrow for files and streams. */
@NullMarked
package io.h5coro.export.internal.arrow;

import org.jspecify.annotations.NullMarked;
