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
 * Where the object is now and what opens the door: the URL and token in use, renewed at most once for each that was
 * refused. Thread-safe. Holds secrets and shows none.
 */
final class Access {
    private final String source;
    private final @Nullable Supplier<String> tokens;
    private final @Nullable Supplier<URI> urls;
    private final @Nullable String basic;

    @GuardedBy("this")
    private URI url;

    @GuardedBy("this")
    private @Nullable String token;

    @GuardedBy("this")
    private int generation;
    /** Where redirects led last time; saves the way through them until it is refused. */
    @GuardedBy("this")
    private @Nullable URI shortcut;

    /**
     * What to use for one request.
     *
     * @param url the object's own URL
     * @param shortcut where its redirects led before, null when not known
     * @param authorization for the host of {@code url} only
     * @param generation tells one set of credentials from the next
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

    /** What to use now; may block in the token's supplier the first time. */
    synchronized Pass pass() throws StorageException {
        if (token == null && tokens != null) {
            token = askForToken(tokens);
        }
        String authorization = token != null ? "Bearer " + token : basic;
        return new Pass(url, shortcut, authorization, generation);
    }

    /**
     * Gets a new token and URL after those of {@code refused} were refused; may block in their suppliers.
     *
     * @return whether there is something new to try
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

    /** Remembers where the redirects of {@code pass} led. */
    synchronized void remember(Pass pass, URI target) {
        if (pass.generation() == generation) {
            shortcut = target;
        }
    }

    /** Forgets where the redirects led. */
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
