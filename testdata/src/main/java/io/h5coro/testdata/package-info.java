// SPDX-License-Identifier: Apache-2.0
/** Fixtures and the values libhdf5 reads from them. */
@NullMarked
package io.h5coro.testdata;

import org.jspecify.annotations.NullMarked;
