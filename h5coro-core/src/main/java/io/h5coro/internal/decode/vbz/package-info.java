// SPDX-License-Identifier: Apache-2.0
/** The VBZ chunk filter of Oxford Nanopore's FAST5 files. */
@NullMarked
package io.h5coro.internal.decode.vbz;

import org.jspecify.annotations.NullMarked;
