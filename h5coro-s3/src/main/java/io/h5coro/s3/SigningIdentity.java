// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The identity that signs requests.
 *
 * @param provider source of the keys
 * @param description the identity in a message, without a key
 * @param ours whether {@code provider} was made here and is closed here
 */
record SigningIdentity(AwsCredentialsProvider provider, String description, boolean ours) {
    private static final CredentialsTrouble TROUBLE = CredentialsTrouble.ofProcess();

    /** There are no keys. Distinguishes a failure of the provider from one of the request. */
    static final class NoKeys extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NoKeys(RuntimeException cause, String reason) {
            super("no credentials", cause);
            this.reason = reason;
        }

        /** Returns why there are no keys; empty when that is not known. */
        String reason() {
            return reason;
        }
    }

    /** The identity that the options name; no chain is built for anonymous access. */
    static SigningIdentity of(S3Options options) {
        if (options.anonymous()) {
            return new SigningIdentity(AnonymousCredentialsProvider.create(), "anonymous access", false);
        }
        if (options.credentials().isPresent()) {
            return new SigningIdentity(guarded(options.credentials().get()), "the credentials given", false);
        }
        if (options.profile().isPresent()) {
            String name = options.profile().get();
            return new SigningIdentity(
                    new Guarded(ProfileCredentialsProvider.create(name), thrown -> TROUBLE.ofProfile(name, thrown)),
                    "the profile '" + name + "'",
                    true);
        }
        return new SigningIdentity(
                new Guarded(DefaultCredentialsProvider.builder().build(), thrown -> TROUBLE.ofChain()),
                "the environment, ~/.aws or the machine's role",
                true);
    }

    /** A caller's client signs as it likes. */
    static SigningIdentity ofCaller() {
        return new SigningIdentity(AnonymousCredentialsProvider.create(), "the client given", false);
    }

    /** Closes a provider that was made here. One that the caller gave stays open. */
    void close() {
        if (ours && provider instanceof Guarded guarded && guarded.provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    @Override
    public String toString() {
        return description;
    }

    /** Returns the provider with its failures marked; fixed keys cannot fail, and stay comparable. */
    private static AwsCredentialsProvider guarded(AwsCredentialsProvider provider) {
        return provider instanceof FixedCredentials ? provider : new Guarded(provider, thrown -> Optional.empty());
    }

    /**
     * Marks a failure to get keys. Not closeable itself: the SDK's client would close what may be the caller's.
     *
     * @param provider source of the keys
     * @param trouble says why there are none; empty when that is not known
     */
    private record Guarded(AwsCredentialsProvider provider, Function<Throwable, Optional<String>> trouble)
            implements AwsCredentialsProvider {
        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return provider.resolveCredentials();
            } catch (RuntimeException e) {
                throw new NoKeys(e, trouble.apply(e).orElse(""));
            }
        }

        @Override
        public String toString() {
            return "Guarded(hidden)";
        }
    }
}
