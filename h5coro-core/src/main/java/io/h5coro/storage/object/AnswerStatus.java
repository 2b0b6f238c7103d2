// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.Set;

/** What the status of a response to a request for a range means; one table for all stores. */
public enum AnswerStatus {
    /** 206: a part of the object. */
    PART,
    /** 200: the whole object. */
    WHOLE,
    /** 416: the range is not or not wholly in the object, or the server gives no ranges of it. */
    RANGE_REFUSED,
    /** 300 to 303, 307, 308: the object is elsewhere. */
    ELSEWHERE,
    /** 401, 403, 407: access needs other credentials. */
    DENIED,
    /** Credentials or a signed address have expired, whatever the status; new ones may be accepted. */
    EXPIRED,
    /** 404, 410: the object does not exist. */
    ABSENT,
    /** 412: the object has another version. */
    CHANGED,
    /** 202, 408, 425, 429 and failures of the server: the same request may succeed later. */
    BUSY,
    /** Any other status. */
    UNEXPECTED;

    /** Error codes of S3, and of stores that speak like it, for credentials whose time is over or not come. */
    private static final Set<String> EXPIRED_CODES =
            Set.of("ExpiredToken", "ExpiredRequest", "RequestExpired", "TokenRefreshRequired", "RequestTimeTooSkewed");

    /** Error codes that ask for another attempt, whatever the status: S3 sends some of them with a 400. */
    private static final Set<String> BUSY_CODES = Set.of("RequestTimeout", "RequestTimeoutException", "SlowDown");

    /** Returns what a status means without a known error document. */
    public static AnswerStatus of(int status) {
        return switch (status) {
            case 200 -> WHOLE;
            case 206 -> PART;
            case 300, 301, 302, 303, 307, 308 -> ELSEWHERE;
            case 401, 403, 407 -> DENIED;
            case 404, 410 -> ABSENT;
            case 412 -> CHANGED;
            case 416 -> RANGE_REFUSED;
            case 202, 408, 425, 429 -> BUSY;
            case 501, 505 -> UNEXPECTED;
            default -> status >= 500 && status < 600 ? BUSY : UNEXPECTED;
        };
    }

    /**
     * Returns what a status means together with the error code of its document.
     *
     * @param code {@link ErrorDocument#code()}; empty when there is none
     */
    public static AnswerStatus of(int status, String code) {
        if (status < 300) {
            return of(status);
        }
        if (EXPIRED_CODES.contains(code)) {
            return EXPIRED;
        }
        if (BUSY_CODES.contains(code)) {
            return BUSY;
        }
        return code.equals("InvalidRange") ? RANGE_REFUSED : of(status);
    }
}
