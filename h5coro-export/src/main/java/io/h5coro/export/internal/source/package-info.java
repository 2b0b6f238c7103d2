// SPDX-License-Identifier: Apache-2.0
/** Datasets and what is selected of them, read in pieces of bounded size. */
@NullMarked
package io.h5coro.export.internal.source;

import org.jspecify.annotations.NullMarked;
