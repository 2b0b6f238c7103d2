// SPDX-License-Identifier: Apache-2.0
/** JPEG-LS (ITU-T T.87, ISO/IEC 14495-1), as EUMETSAT's FCIDECOMP filter stores it. Pure. */
@NullMarked
package io.h5coro.internal.decode.jpegls;

import org.jspecify.annotations.NullMarked;
