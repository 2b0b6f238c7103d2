// SPDX-License-Identifier: Apache-2.0
/** Draws values: a figure of few sorts of marks, which is written as PNG or SVG, and pictures made of characters. */
@NullMarked
package io.h5coro.plot;

import org.jspecify.annotations.NullMarked;
