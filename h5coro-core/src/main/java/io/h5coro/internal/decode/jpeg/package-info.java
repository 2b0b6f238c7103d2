// SPDX-License-Identifier: Apache-2.0
/** Baseline JPEG (ITU-T T.81), with the arithmetic of libjpeg. Pure. */
@NullMarked
package io.h5coro.internal.decode.jpeg;

import org.jspecify.annotations.NullMarked;
