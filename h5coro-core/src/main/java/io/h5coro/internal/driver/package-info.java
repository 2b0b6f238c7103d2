// SPDX-License-Identifier: Apache-2.0
/** One address space over several objects: family, split, multi, subfiling and onion files. */
@NullMarked
package io.h5coro.internal.driver;

import org.jspecify.annotations.NullMarked;
