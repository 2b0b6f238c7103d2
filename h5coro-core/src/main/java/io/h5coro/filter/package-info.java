// SPDX-License-Identifier: Apache-2.0
/** The SPI for chunk filters, found by HDF5 filter identifier. */
@NullMarked
package io.h5coro.filter;

import org.jspecify.annotations.NullMarked;
