// SPDX-License-Identifier: Apache-2.0
/**
 * What every store of objects over HTTP needs: response status, versions, attempts and pauses, proxies. Exported to the
 * S3 module only.
 */
@NullMarked
package io.h5coro.storage.object;

import org.jspecify.annotations.NullMarked;
