// SPDX-License-Identifier: Apache-2.0
/** What is served, and within which limits. */
@NullMarked
package io.h5coro.serve.option;

import org.jspecify.annotations.NullMarked;
