// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Storage over S3. */
@NullMarked
@SuppressWarnings("module") // the digit is part of the service's name
module io.h5coro.s3 {
    requires transitive io.h5coro.core;
    requires software.amazon.awssdk.services.s3;
    requires static transitive org.jspecify;

// To export once it holds a type: io.h5coro.s3
}
