// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Says what went wrong with an object in one line of our own words: kind, object, host. Nothing of the SDK's or the
 * server's text gets in but the error code, since the text may hold keys, requests and stack traces.
 */
final class S3Failures {
    /** Chains of causes are short; a cyclic one must not hold us. */
    private static final int MAX_CAUSES = 20;

    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "TokenRefreshRequired", "RequestExpired", "RequestTimeTooSkewed");

    private final S3Location location;
    private final S3Transport transport;

    S3Failures(S3Location location, S3Transport transport) {
        this.location = location;
        this.transport = transport;
    }

    /** A failure of this kind: {@code s3://bucket/key: what}. */
    StorageException failure(Kind kind, String what, @Nullable Throwable cause) {
        return new StorageException(kind, location + ": " + what, BareCause.of(cause));
    }

    StorageException closed() {
        return failure(Kind.CLOSED, "the reader was closed", null);
    }

    StorageException changed(@Nullable Throwable cause) {
        return failure(Kind.CHANGED, "the object was replaced while it was read", cause);
    }

    /** The server does not keep to the protocol of range requests. */
    StorageException protocol(String what) {
        return failure(Kind.PROTOCOL, transport.host() + " " + what, null);
    }

    /** What the client threw instead of an answer. */
    StorageException of(Throwable thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return ofAnswer(answer);
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
                || find(thrown, ApiCallTimeoutException.class).isPresent();
        if (slow) {
            return failure(Kind.TIMEOUT, host + " does not answer in time", thrown);
        }
        boolean refused = find(thrown, ConnectException.class).isPresent()
                || find(thrown, NoRouteToHostException.class).isPresent();
        if (refused) {
            return failure(Kind.UNREACHABLE, host + " does not accept connections", thrown);
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

    private StorageException ofAnswer(AwsServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        String host = transport.host() + transport.way();
        if (status == 407 && transport.proxy().isPresent()) {
            Proxy proxy = transport.proxy().get();
            String what = proxy.login().isEmpty()
                    ? " asks for a user and a password"
                    : " does not take the user and password";
            return failure(Kind.ACCESS_DENIED, proxy + what + " (status 407)", answer);
        }
        return switch (code) {
            case "NoSuchBucket" -> failure(Kind.NOT_FOUND, "no such bucket at " + host, answer);
            case "NoSuchKey" -> failure(Kind.NOT_FOUND, "no such object at " + host, answer);
            case "PreconditionFailed" -> changed(answer);
            case "InvalidBucketName" -> failure(Kind.INVALID, host + " takes no bucket of this name", answer);
            case "InvalidObjectState" -> failure(Kind.IO, "the object is archived and must be restored first", answer);
            case "InvalidAccessKeyId" -> denied("the access key is not known", code, answer);
            case "SignatureDoesNotMatch" -> denied("the secret key is wrong", code, answer);
            case "ExpiredToken", "TokenRefreshRequired" -> denied("the credentials have expired", code, answer);
            case "InvalidToken" -> denied("the session token is not valid", code, answer);
            case "RequestTimeTooSkewed" -> denied("the clock of this machine is wrong", code, answer);
            case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" -> elsewhere(answer);
            case "RequestTimeout", "RequestTimeoutException" -> busy(status, code, answer);
            default -> ofStatus(status, code, answer);
        };
    }

    private StorageException ofStatus(int status, String code, AwsServiceException answer) {
        if (status == 401 || status == 403) {
            return denied("no permission, or no such object and no permission to know", code, answer);
        }
        if (status == 404 || status == 410) {
            return failure(
                    Kind.NOT_FOUND, "not found at " + transport.host() + transport.way() + shown(status, code), answer);
        }
        if (status == 412) {
            return changed(answer);
        }
        if (status == 301 || status == 307 || status == 308) {
            return elsewhere(answer);
        }
        if (status == 408 || status == 429 || (status >= 500 && status != 501)) {
            return busy(status, code, answer);
        }
        return failure(
                Kind.PROTOCOL,
                transport.host() + transport.way() + " refuses the request" + shown(status, code),
                answer);
    }

    private StorageException denied(String why, String code, AwsServiceException answer) {
        String with = shown(answer.statusCode(), code) + " with " + transport.identity();
        return failure(
                Kind.ACCESS_DENIED, transport.host() + transport.way() + " denies access: " + why + with, answer);
    }

    private StorageException busy(int status, String code, AwsServiceException answer) {
        return failure(
                Kind.UNAVAILABLE,
                transport.host() + transport.way() + " is not able to answer now" + shown(status, code),
                answer);
    }

    private StorageException elsewhere(AwsServiceException answer) {
        String region = header(answer, "x-amz-bucket-region")
                .filter(name -> name.matches("[a-z0-9-]{1,32}"))
                .map(name -> "it is in region " + name + ", set that")
                .orElse("it is in another region, set the region or the endpoint");
        return failure(
                Kind.INVALID,
                transport.host() + " does not have the bucket: " + region + shown(answer.statusCode(), code(answer)),
                answer);
    }

    /** Whether credentials, or a clock that the SDK has set right since, were too old; new ones may be accepted. */
    static boolean hasExpired(StorageException failure) {
        return failure.getCause() instanceof BareCause answer && EXPIRED.contains(answer.code());
    }

    /** How long the server wants us to wait. */
    static Optional<Duration> retryAfter(StorageException failure) {
        return failure.getCause() instanceof BareCause answer ? answer.retryAfter() : Optional.empty();
    }

    /** A header of an error answer. */
    static Optional<String> header(AwsServiceException answer, String name) {
        return details(answer)
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader(name));
    }

    private static Optional<AwsErrorDetails> details(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails());
    }

    static String code(AwsServiceException answer) {
        return details(answer)
                .flatMap(details -> Optional.ofNullable(details.errorCode()))
                .filter(code -> code.matches("[A-Za-z][A-Za-z0-9.]{0,63}"))
                .orElse("");
    }

    private static String shown(int status, String code) {
        return " (" + status + (code.isEmpty() ? "" : " " + code) + ")";
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
