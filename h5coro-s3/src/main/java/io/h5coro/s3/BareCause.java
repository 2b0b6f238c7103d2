// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Stands in for an exception of the SDK as a cause: its type, its place and what is needed of an answer, without its text. The
 * text may repeat keys, the signed request or whatever the server sent.
 */
final class BareCause extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 20;

    private final int status;
    private final String code;
    private final @Nullable Duration retryAfter;

    private BareCause(String text, int status, String code, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(text, cause);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** A cause without text, and so its causes. */
    static @Nullable Throwable of(@Nullable Throwable thrown) {
        return of(thrown, MOST_CAUSES);
    }

    private static @Nullable Throwable of(@Nullable Throwable thrown, int most) {
        if (thrown == null || most == 0 || thrown instanceof BareCause) {
            return thrown instanceof BareCause ? thrown : null;
        }
        String text = thrown.getClass().getName();
        int status = 0;
        String code = "";
        Duration retryAfter = null;
        if (thrown instanceof AwsServiceException answer) {
            status = answer.statusCode();
            code = S3Failures.code(answer);
            retryAfter = S3Failures.header(answer, "Retry-After")
                    .flatMap(value -> io.h5coro.storage.Backoff.retryAfter(value, Instant.now()))
                    .orElse(null);
            text += " (" + status + (code.isEmpty() ? "" : " " + code) + ")";
        }
        Throwable next = thrown.getCause() == thrown ? null : of(thrown.getCause(), most - 1);
        BareCause bare = new BareCause(text, status, code, retryAfter, next);
        bare.setStackTrace(thrown.getStackTrace());
        return bare;
    }

    /** The status of the answer, 0 where there was none. */
    int status() {
        return status;
    }

    /** The error code of the answer, empty where there was none. */
    String code() {
        return code;
    }

    /** How long the server wants us to wait. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
