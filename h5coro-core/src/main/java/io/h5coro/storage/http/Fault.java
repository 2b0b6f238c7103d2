// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.FailureCause;
import io.h5coro.storage.object.ServerText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request brought nothing or not everything, and whether another one can help.
 *
 * @param failure what the caller gets when no other request is sent
 * @param remedy what can help
 * @param retryAfter how long the server wants us to wait; null when it does not say
 */
record Fault(
        StorageException failure, Remedy remedy, @Nullable Duration retryAfter) {
    /** What can help. */
    enum Remedy {
        /** Nothing. */
        NONE,
        /** A new token or URL, if there is a supplier. */
        RENEWAL,
        /** Another attempt soon, but not many: hosts that are not there seldom come back. */
        ANOTHER_CONNECTION,
        /** Another attempt. */
        ANOTHER_ATTEMPT
    }

    /** Returns a fault that no other request can help. */
    static Fault permanent(Kind kind, String message) {
        return new Fault(new StorageException(kind, message), Remedy.NONE, null);
    }

    /**
     * Returns the fault that an exception of the client means. Its message holds no query: the JDK puts none into
     * them.
     *
     * <pre>
     * exception                                   kind         remedy
     * StorageException                            its own      none
     * HttpConnectTimeoutException                 TIMEOUT      another connection
     * HttpTimeoutException                        TIMEOUT      another attempt
     * no address for the host's name              UNREACHABLE  another connection
     * ConnectException, NoRouteToHostException    UNREACHABLE  another connection
     * SSLException: handshake or peer             UNREACHABLE  none
     * SSLException: any other                     UNREACHABLE  another connection
     * BodySink.TooLong                            PROTOCOL     none
     * ProtocolException                           PROTOCOL     another attempt
     * any other IOException                       UNAVAILABLE  another attempt
     * OutOfMemoryError, anything else             IO           none
     * </pre>
     *
     * The order matters: most of these are subclasses of those below them.
     *
     * @param source names the object in the message
     * @param thrown may be wrapped by a future
     */
    static Fault of(String source, Throwable thrown) {
        Throwable cause = FailureCause.of(thrown);
        if (cause instanceof StorageException storage) {
            return new Fault(storage, Remedy.NONE, null);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return of(
                    Kind.TIMEOUT, source + ": no connection within the time allowed", cause, Remedy.ANOTHER_CONNECTION);
        }
        if (cause instanceof HttpTimeoutException) {
            return of(Kind.TIMEOUT, source + ": no answer within the time allowed", cause, Remedy.ANOTHER_ATTEMPT);
        }
        if (isUnknownHost(cause)) {
            return of(Kind.UNREACHABLE, source + ": the host is not known", cause, Remedy.ANOTHER_CONNECTION);
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return of(Kind.UNREACHABLE, source + ": the host takes no connection", cause, Remedy.ANOTHER_CONNECTION);
        }
        if (cause instanceof SSLException) {
            boolean trust = cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException;
            String message = source + ": no secure connection: " + text(cause);
            return of(Kind.UNREACHABLE, message, cause, trust ? Remedy.NONE : Remedy.ANOTHER_CONNECTION);
        }
        if (cause instanceof BodySink.TooLong) {
            return permanent(Kind.PROTOCOL, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof ProtocolException) {
            // A line that was garbled on its way is not there the next time.
            String message = source + ": the answer breaks the rules of HTTP: " + text(cause);
            return of(Kind.PROTOCOL, message, cause, Remedy.ANOTHER_ATTEMPT);
        }
        if (cause instanceof IOException) {
            String message = source + ": the connection broke: " + text(cause);
            return of(Kind.UNAVAILABLE, message, cause, Remedy.ANOTHER_ATTEMPT);
        }
        if (cause instanceof OutOfMemoryError) {
            return of(Kind.IO, source + ": no memory for the bytes of a range", cause, Remedy.NONE);
        }
        return of(Kind.IO, source + ": " + cause.getClass().getName(), cause, Remedy.NONE);
    }

    private static Fault of(Kind kind, String message, Throwable cause, Remedy remedy) {
        return new Fault(new StorageException(kind, message, ServerText.cause(cause)), remedy, null);
    }

    /** What the client says, which may repeat the server's words. */
    private static String text(Throwable cause) {
        return ServerText.shown(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
    }

    /**
     * Returns whether the host has no address. The client hides that below other exceptions; eight causes are
     * looked at, so that a cyclic chain ends.
     */
    private static boolean isUnknownHost(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; depth < 8 && at != null; depth++, at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
