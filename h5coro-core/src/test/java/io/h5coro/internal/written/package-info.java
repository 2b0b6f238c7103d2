// SPDX-License-Identifier: Apache-2.0
/**
 * Writers of the format's structures, each after the grammar in the Javadoc of its parser and not after the parser's
 * code. They also write what libhdf5 never does: 2-byte and 16-byte widths, odd nodes, unused fields that are not zero.
 */
@org.jspecify.annotations.NullMarked
package io.h5coro.internal.written;
