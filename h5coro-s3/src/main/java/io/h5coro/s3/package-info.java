// SPDX-License-Identifier: Apache-2.0
/**
 * Storage in S3 and compatible object stores, with the AWS SDK. {@link io.h5coro.s3.S3Options} sets region, endpoint,
 * credentials and limits.
 */
@NullMarked
package io.h5coro.s3;

import org.jspecify.annotations.NullMarked;
