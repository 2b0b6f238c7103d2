// SPDX-License-Identifier: Apache-2.0
/** S3 servers to test against, and the demo. */
@NullMarked
package io.h5coro.s3.it;

import org.jspecify.annotations.NullMarked;
