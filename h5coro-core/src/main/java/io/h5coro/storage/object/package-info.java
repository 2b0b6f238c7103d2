// SPDX-License-Identifier: Apache-2.0
/** What the storages of objects over a network share: HTTP and S3. Not for applications. */
@NullMarked
package io.h5coro.storage.object;

import org.jspecify.annotations.NullMarked;
