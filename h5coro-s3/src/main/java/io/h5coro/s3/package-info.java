// SPDX-License-Identifier: Apache-2.0
/** Storage over S3. */
@NullMarked
package io.h5coro.s3;

import org.jspecify.annotations.NullMarked;
