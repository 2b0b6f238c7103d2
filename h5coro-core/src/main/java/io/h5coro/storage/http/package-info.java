// SPDX-License-Identifier: Apache-2.0
/** Storage over HTTP and HTTPS, with the JDK's own client. */
@NullMarked
package io.h5coro.storage.http;

import org.jspecify.annotations.NullMarked;
