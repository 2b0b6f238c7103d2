// SPDX-License-Identifier: Apache-2.0
/** Runs a plan: bounded bytes and requests in flight, retries, cancellation. */
@NullMarked
package io.h5coro.internal.fetch;

import org.jspecify.annotations.NullMarked;
