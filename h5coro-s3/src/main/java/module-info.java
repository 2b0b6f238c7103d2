// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Storage over S3. */
@NullMarked
@SuppressWarnings("module") // the digit is part of the service's name
module io.h5coro.s3 {
    // Apache HttpClient 5, an automatic module, names jdk.net.Sockets and cannot say so.
    requires jdk.net;
    requires transitive io.h5coro.core;
    requires transitive software.amazon.awssdk.auth;
    requires transitive software.amazon.awssdk.services.s3;
    // The SDK's automatic modules need it and cannot say so.
    requires org.slf4j;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.profiles;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.utils;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports io.h5coro.s3;

    provides io.h5coro.storage.StorageProvider with
            io.h5coro.s3.S3StorageProvider;
}
