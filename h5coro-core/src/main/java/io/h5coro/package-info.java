// SPDX-License-Identifier: Apache-2.0
/** The front door: opening a file, reading many datasets at once, and looking around in it. */
@NullMarked
package io.h5coro;

import org.jspecify.annotations.NullMarked;
