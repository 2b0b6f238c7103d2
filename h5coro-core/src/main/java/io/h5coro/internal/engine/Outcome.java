// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.model.H5Array;
import org.jspecify.annotations.Nullable;

/**
 * How a request of a call ended.
 *
 * @param name the request's name
 * @param array its result, or null
 * @param failure what kept it from having one, or null; an {@link io.h5coro.error.H5Exception} unless the library has a
 *     defect
 */
public record Outcome(
        String name, @Nullable H5Array array, @Nullable Throwable failure) {}
