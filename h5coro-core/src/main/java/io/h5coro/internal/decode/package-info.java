// SPDX-License-Identifier: Apache-2.0
/** The filter pipeline and the built-in filters. Pure. */
@NullMarked
package io.h5coro.internal.decode;

import org.jspecify.annotations.NullMarked;
