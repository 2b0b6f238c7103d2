// SPDX-License-Identifier: Apache-2.0
/**
 * Storage over HTTP and HTTPS, with the JDK's HTTP client. {@link io.h5coro.storage.http.HttpOptions} sets time-outs,
 * retries and credentials.
 */
@NullMarked
package io.h5coro.storage.http;

import org.jspecify.annotations.NullMarked;
