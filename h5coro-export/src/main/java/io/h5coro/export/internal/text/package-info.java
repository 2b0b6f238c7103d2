// SPDX-License-Identifier: Apache-2.0
/** The formats CSV and NDJSON. */
@NullMarked
package io.h5coro.export.internal.text;

import org.jspecify.annotations.NullMarked;
