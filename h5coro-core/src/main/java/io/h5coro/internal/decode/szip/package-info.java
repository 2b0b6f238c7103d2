// SPDX-License-Identifier: Apache-2.0
/** The szip filter: lossless coding after CCSDS 121.0-B. Pure. */
@NullMarked
package io.h5coro.internal.decode.szip;

import org.jspecify.annotations.NullMarked;
