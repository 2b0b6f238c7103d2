// SPDX-License-Identifier: Apache-2.0
/** Answers to HTTP requests. */
@NullMarked
package io.h5coro.serve.internal.http;

import org.jspecify.annotations.NullMarked;
