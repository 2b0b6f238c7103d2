// SPDX-License-Identifier: Apache-2.0
/** The buffers that the stages of a filter pipeline leave to one another. */
@NullMarked
package io.h5coro.internal.decode.stage;

import org.jspecify.annotations.NullMarked;
