// SPDX-License-Identifier: Apache-2.0
/** What a format of exported files implements, and what it is given. */
@NullMarked
package io.h5coro.export.format;

import org.jspecify.annotations.NullMarked;
