// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.AnswerStatus;
import io.h5coro.storage.object.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Describes failures of an object or a listing on one line: kind, object, host. Of the texts of the SDK and the server
 * only the error code is used, since they may hold keys, requests and stack traces.
 */
final class S3Failures {
    /** Chains of causes are short; a cyclic one must not hold us. */
    private static final int MAX_CAUSES = 20;

    private final String source;
    private final String denial;
    private final S3Transport transport;

    private S3Failures(String source, String denial, S3Transport transport) {
        this.source = source;
        this.denial = denial;
        this.transport = transport;
    }

    /** The failures of reading an object. */
    static S3Failures ofObject(S3Location location, S3Transport transport) {
        return new S3Failures(
                location.toString(), "no permission, or no such object and no permission to know", transport);
    }

    /**
     * The failures of listing.
     *
     * @param source names the prefix
     */
    static S3Failures ofListing(String source, S3Transport transport) {
        return new S3Failures(source, "no permission to list", transport);
    }

    /** A failure of this kind: {@code s3://bucket/key: what}. */
    StorageException failure(Kind kind, String what, @Nullable Throwable cause) {
        return new StorageException(
                kind, source + ": " + what, cause instanceof Answered ? cause : BareCause.of(cause));
    }

    StorageException closed() {
        return failure(Kind.CLOSED, "the reader was closed", null);
    }

    StorageException changed(@Nullable Throwable cause) {
        return failure(Kind.CHANGED, "the object was replaced while it was read", cause);
    }

    /** Another version came: what differs. */
    StorageException changed(String complaint) {
        return failure(Kind.CHANGED, "the object was replaced while it was read: " + complaint, null);
    }

    /** The server does not keep to the protocol of range requests. */
    StorageException protocol(String what) {
        return failure(Kind.PROTOCOL, transport.host() + " " + what, null);
    }

    /** What the client threw instead of an answer. */
    StorageException of(Throwable thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return ofAnswer(Answered.of(answer));
        }
        Optional<SigningIdentity.NoKeys> noKeys = find(thrown, SigningIdentity.NoKeys.class);
        if (noKeys.isPresent() || saysNoKeys(thrown)) {
            String reason = noKeys.map(SigningIdentity.NoKeys::reason)
                    .filter(text -> !text.isEmpty())
                    .map(text -> " (" + text + ")")
                    .orElse("");
            return failure(
                    Kind.ACCESS_DENIED,
                    "no credentials from " + transport.identity() + reason + "; public data can be read as anonymous",
                    thrown);
        }
        return ofConnection(thrown);
    }

    /** What broke a body in the middle, or kept an answer from arriving. */
    StorageException ofConnection(Throwable thrown) {
        String host = transport.host() + transport.way();
        Optional<StorageException> ofProxy = transport.proxy().flatMap(proxy -> ofProxy(proxy, thrown));
        if (ofProxy.isPresent()) {
            return ofProxy.get();
        }
        Optional<UnknownHostException> unknown = find(thrown, UnknownHostException.class);
        if (unknown.isPresent()) {
            return failure(Kind.UNREACHABLE, "the host of " + host + " does not resolve", thrown);
        }
        if (find(thrown, SSLException.class).isPresent()) {
            return failure(Kind.UNREACHABLE, "no TLS connection to " + host, thrown);
        }
        boolean slow = find(thrown, SocketTimeoutException.class).isPresent()
                || find(thrown, TimeoutException.class).isPresent()
                || find(thrown, ApiCallAttemptTimeoutException.class).isPresent()
                || find(thrown, ApiCallTimeoutException.class).isPresent()
                // The SDK's clock cancels a request that still waits for a connection, and says no more than that.
                || find(thrown, CancellationException.class).isPresent();
        if (slow) {
            return failure(Kind.TIMEOUT, host + " does not answer in time", thrown);
        }
        boolean refused = find(thrown, ConnectException.class).isPresent()
                || find(thrown, NoRouteToHostException.class).isPresent();
        if (refused) {
            return failure(Kind.UNREACHABLE, host + " does not accept connections", thrown);
        }
        if (isGarbled(thrown)) {
            return failure(Kind.PROTOCOL, "the answer of " + host + " breaks the rules of HTTP", thrown);
        }
        if (find(thrown, IOException.class).isPresent()) {
            return failure(Kind.UNAVAILABLE, "the connection to " + host + " broke off", thrown);
        }
        return failure(
                Kind.IO,
                "the request to " + host + " failed (" + thrown.getClass().getSimpleName() + ")",
                thrown);
    }

    /** What the proxy itself says; its word is final, another attempt meets the same rule. */
    private Optional<StorageException> ofProxy(Proxy proxy, Throwable thrown) {
        @Nullable Throwable at = thrown;
        for (int i = 0; i < MAX_CAUSES && at != null; i++, at = at.getCause()) {
            String text = String.valueOf(at.getMessage());
            if (at.getClass().getSimpleName().equals("TunnelRefusedException")) {
                boolean login = text.contains("407");
                return Optional.of(failure(
                        login ? Kind.ACCESS_DENIED : Kind.INVALID,
                        proxy
                                + (login
                                        ? " does not take the user and password (status 407)"
                                        : " refuses the way to the server"),
                        thrown));
            }
            boolean timedOut = at instanceof SocketTimeoutException || text.contains("timed out");
            if (at instanceof ConnectException && !timedOut) {
                return Optional.of(failure(Kind.INVALID, proxy + " takes no connection", thrown));
            }
        }
        return Optional.empty();
    }

    private StorageException ofAnswer(Answered answer) {
        String host = transport.host() + transport.way();
        if (answer.status() == 407 && transport.proxy().isPresent()) {
            Proxy proxy = transport.proxy().get();
            String what = proxy.login().isEmpty()
                    ? " asks for a user and a password"
                    : " does not take the user and password";
            return failure(Kind.ACCESS_DENIED, proxy + what + " (status 407)", answer);
        }
        return switch (answer.code()) {
            case "NoSuchBucket" -> failure(Kind.NOT_FOUND, "no such bucket at " + host, answer);
            case "NoSuchKey" -> failure(Kind.NOT_FOUND, "no such object at " + host, answer);
            case "PreconditionFailed" -> changed(answer);
            case "InvalidBucketName" -> failure(Kind.INVALID, host + " takes no bucket of this name", answer);
            case "InvalidObjectState" -> failure(Kind.IO, "the object is archived and must be restored first", answer);
            case "InvalidAccessKeyId" -> denied("the access key is not known", answer);
            case "SignatureDoesNotMatch" -> denied("the secret key is wrong", answer);
            case "InvalidToken" -> denied("the session token is not valid", answer);
            case "RequestTimeTooSkewed" -> denied("the clock of this machine is wrong", answer);
            case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" -> elsewhere(answer);
            default -> ofMeaning(answer);
        };
    }

    private StorageException ofMeaning(Answered answer) {
        String host = transport.host() + transport.way();
        return switch (answer.meaning()) {
            case DENIED -> denied(denial, answer);
            case EXPIRED -> denied("the credentials have expired", answer);
            case ABSENT -> failure(Kind.NOT_FOUND, "not found at " + host + answer.shown(), answer);
            case CHANGED -> changed(answer);
            case ELSEWHERE -> elsewhere(answer);
            case BUSY -> failure(Kind.UNAVAILABLE, host + " is not able to answer now" + answer.shown(), answer);
            case RANGE_REFUSED ->
                failure(Kind.RANGE_REFUSED, host + " refuses to send the range" + answer.shown(), answer);
            case PART, WHOLE, UNEXPECTED ->
                failure(Kind.PROTOCOL, host + " refuses the request" + answer.shown(), answer);
        };
    }

    private StorageException denied(String why, Answered answer) {
        String with = answer.shown() + " with " + transport.identity();
        return failure(
                Kind.ACCESS_DENIED, transport.host() + transport.way() + " denies access: " + why + with, answer);
    }

    private StorageException elsewhere(Answered answer) {
        String region = answer.header("x-amz-bucket-region")
                .filter(name -> name.matches("[a-z0-9-]{1,32}"))
                .map(name -> "it is in region " + name + ", set that")
                .orElse("it is in another region, set the region or the endpoint");
        return failure(
                Kind.INVALID, transport.host() + " does not have the bucket: " + region + answer.shown(), answer);
    }

    /** Whether credentials, or a clock that the SDK has set right since, were too old; new ones may be accepted. */
    static boolean hasExpired(StorageException failure) {
        return failure.getCause() instanceof Answered answer && answer.meaning() == AnswerStatus.EXPIRED;
    }

    /** Whether the same request may be answered when it is sent again; a garbled line is not garbled twice. */
    static boolean isPassing(StorageException failure) {
        boolean garbled = failure.kind() == Kind.PROTOCOL
                && failure.getCause() != null
                && !(failure.getCause() instanceof Answered);
        return garbled || failure.isTransient();
    }

    /** How long the server wants us to wait. */
    static @Nullable Duration retryAfter(StorageException failure, Instant now) {
        return failure.getCause() instanceof Answered answer ? answer.retryAfter(now) : null;
    }

    /** Whether the client says that the answer is no HTTP; its types are not ours to name. */
    private static boolean isGarbled(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            String name = cause.getClass().getSimpleName();
            if (name.endsWith("ProtocolException")
                    || name.equals("ParseException")
                    || name.equals("UnsupportedHttpVersionException")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Returns whether an exception, or one behind it, is of a type of this simple name. */
    static boolean hasCause(Throwable thrown, String name) {
        @Nullable Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause.getClass().getSimpleName().equals(name)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A caller's client has its own provider, which we cannot mark. */
    private static boolean saysNoKeys(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).startsWith("Unable to load credentials");
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        @Nullable Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
