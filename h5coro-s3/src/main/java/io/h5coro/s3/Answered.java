// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.object.AnswerStatus;
import io.h5coro.storage.object.ErrorDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** An error response of a server: its status and code, without the server's text. It is the cause of our exceptions. */
final class Answered extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient ErrorDocument document;
    private final transient @Nullable AwsErrorDetails details;

    private Answered(int status, ErrorDocument document, AwsServiceException answer) {
        super("the server answered" + shown(status, document.code()));
        this.status = status;
        this.code = document.code();
        this.document = document;
        this.details = answer.awsErrorDetails();
        setStackTrace(answer.getStackTrace());
    }

    /** Returns the answer behind an exception of the SDK. The code is that of the body, else the SDK's own. */
    static Answered of(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        byte[] body = details == null || details.rawResponse() == null
                ? new byte[0]
                : details.rawResponse().asByteArrayUnsafe();
        ErrorDocument document = ErrorDocument.parse(body);
        if (document.code().isEmpty() && details != null && details.errorCode() != null) {
            document = new ErrorDocument(sound(details.errorCode()), document.objectSizeBytes());
        }
        return new Answered(answer.statusCode(), document, answer);
    }

    /** Returns a code that has the form of one; empty for any other text, which might be the server's words. */
    private static String sound(String code) {
        return code.matches("[A-Za-z][A-Za-z0-9.]{0,63}") ? code : "";
    }

    int status() {
        return status;
    }

    /** The error code; empty for none. */
    String code() {
        return code;
    }

    /** Returns what status and code mean together. */
    AnswerStatus meaning() {
        return AnswerStatus.of(status, code);
    }

    /** Returns the size of the object that the document of a refused range states, as Amazon's does. */
    OptionalLong documentedSize() {
        return document.objectSizeBytes();
    }

    /** Status and code for a message. */
    String shown() {
        return shown(status, code);
    }

    private static String shown(int status, String code) {
        return " (" + status + (code.isEmpty() ? "" : " " + code) + ")";
    }

    /**
     * Returns how long the server wants us to wait; null where it does not say. {@link BoundedHttp} has renamed the
     * header unless the client is the caller's.
     */
    @Nullable
    Duration retryAfter(Instant now) {
        return header(BoundedHttp.RETRY_AFTER)
                .or(() -> header("Retry-After"))
                .flatMap(text -> Backoff.retryAfter(text, now))
                .orElse(null);
    }

    /** Returns the first value of a header; empty when there is none, or the answer was read back from a stream. */
    Optional<String> header(String name) {
        return Optional.ofNullable(details)
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(name));
    }
}
