// SPDX-License-Identifier: Apache-2.0
/**
 * The entry point: opening a file, reading many datasets at once, and browsing groups and attributes. Start with
 * {@link io.h5coro.H5Coro}.
 */
@NullMarked
package io.h5coro;

import org.jspecify.annotations.NullMarked;
