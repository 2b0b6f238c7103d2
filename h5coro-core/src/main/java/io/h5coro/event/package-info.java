// SPDX-License-Identifier: Apache-2.0
/** What reads do while they do it: a small sealed family of events, and the listener that is told of them. */
@NullMarked
package io.h5coro.event;

import org.jspecify.annotations.NullMarked;
