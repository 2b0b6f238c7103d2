// SPDX-License-Identifier: Apache-2.0
/** What every store of objects behind HTTP needs once: its answers, versions, attempts. */
@NullMarked
package io.h5coro.storage.object;

import org.jspecify.annotations.NullMarked;
