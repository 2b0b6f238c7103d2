// SPDX-License-Identifier: Apache-2.0
/** The protocol of hdfstream: requests, objects and values as MessagePack. */
@NullMarked
package io.h5coro.serve.internal.wire;

import org.jspecify.annotations.NullMarked;
