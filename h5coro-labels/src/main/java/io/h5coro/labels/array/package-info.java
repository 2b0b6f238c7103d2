// SPDX-License-Identifier: Apache-2.0
/** Puts arrays into greater ones. Pure. */
package io.h5coro.labels.array;
