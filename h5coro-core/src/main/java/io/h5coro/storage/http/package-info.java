// SPDX-License-Identifier: Apache-2.0
/** Storage over HTTP(S). */
@NullMarked
package io.h5coro.storage.http;

import org.jspecify.annotations.NullMarked;
