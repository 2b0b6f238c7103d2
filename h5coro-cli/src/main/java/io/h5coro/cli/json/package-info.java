// SPDX-License-Identifier: Apache-2.0
/** What the commands say to programs: one JSON document, written as it goes. */
@NullMarked
package io.h5coro.cli.json;

import org.jspecify.annotations.NullMarked;
