// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current URL and token of an object, each renewed at most once after it was refused. Thread-safe. Holds secrets
 * and shows none.
 */
final class Access {
    /*
     * Ten requests are under way with the pass of generation 3 when the token expires. Each gets a 401 and calls
     * renew(). The first one finds generation 3, asks the supplier and makes it 4. The other nine find that 4 is
     * not their 3: there is something new to try, and the supplier is not asked again.
     */

    private final String source;
    private final @Nullable Supplier<String> tokens;
    private final @Nullable Supplier<URI> urls;
    /** Value of an Authorization header from the URL's user; null without one. A token comes before it. */
    private final @Nullable String basic;

    /** The object's URL, not where it redirects to. */
    @GuardedBy("this")
    private URI url;

    /** Null until the first {@link #pass()}, and without a supplier. */
    @GuardedBy("this")
    private @Nullable String token;

    /** Invariant: rises by 1 exactly when a renewal brings another URL or token. */
    @GuardedBy("this")
    private int generation;
    /** Where redirects led last time; saves the way through them until it is refused. */
    @GuardedBy("this")
    private @Nullable URI shortcut;

    /**
     * URL and token for one request.
     *
     * @param url URL of the object
     * @param shortcut where its redirects led before; null when not known
     * @param authorization for the host of {@code url} only
     * @param generation distinguishes one set of credentials from the next
     */
    record Pass(URI url, @Nullable URI shortcut, @Nullable String authorization, int generation) {
        @Override
        public String toString() {
            return "Pass[" + generation + "]";
        }
    }

    Access(String source, URI url, @Nullable String basic, HttpOptions options) {
        this.source = source;
        this.url = url;
        this.basic = basic;
        this.tokens = options.token;
        this.urls = options.renewedUrl;
    }

    /** Returns the current URL and token. May block in the token's supplier the first time. */
    synchronized Pass pass() throws StorageException {
        if (token == null && tokens != null) {
            token = askForToken(tokens);
        }
        String authorization = token != null ? "Bearer " + token : basic;
        return new Pass(url, shortcut, authorization, generation);
    }

    /**
     * Gets a new token and URL after those of {@code refused} were refused; may block in their suppliers. The lock
     * is held meanwhile: requests that start now would use what was just refused.
     *
     * @return whether there is something new to try
     * @throws StorageException of kind {@code ACCESS_DENIED} when a supplier fails
     */
    synchronized boolean renew(Pass refused) throws StorageException {
        if (refused.generation() != generation) {
            return true;
        }
        URI newUrl = urls == null ? url : askForUrl(urls);
        String newToken = tokens == null ? token : askForToken(tokens);
        if (newUrl.equals(url) && Objects.equals(newToken, token)) {
            return false;
        }
        url = newUrl;
        token = newToken;
        shortcut = null;
        generation++;
        return true;
    }

    /**
     * Remembers where the redirects of {@code pass} led, unless it is outdated: a signed target belongs to its
     * credentials.
     */
    synchronized void remember(Pass pass, URI target) {
        if (pass.generation() == generation) {
            shortcut = target;
        }
    }

    /** Forgets where the redirects led, unless another request has found a newer way since. */
    synchronized void forget(Pass pass) {
        if (pass.generation() == generation && Objects.equals(shortcut, pass.shortcut())) {
            shortcut = null;
        }
    }

    private String askForToken(Supplier<String> supplier) throws StorageException {
        try {
            return Objects.requireNonNull(supplier.get());
        } catch (RuntimeException e) {
            throw new StorageException(Kind.ACCESS_DENIED, source + ": the supplier of the token failed", e);
        }
    }

    private URI askForUrl(Supplier<URI> supplier) throws StorageException {
        try {
            return WebAddress.of(Objects.requireNonNull(supplier.get())).url();
        } catch (RuntimeException e) {
            throw new StorageException(Kind.ACCESS_DENIED, source + ": the supplier of the URL failed", e);
        }
    }
}
