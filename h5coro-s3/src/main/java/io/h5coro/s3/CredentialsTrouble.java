// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Explains why there are no credentials. The SDK's chain only says of each of its sources that it has none, and its
 * texts may repeat what a program printed.
 */
final class CredentialsTrouble {
    /** Causes that are looked at, so that a cyclic chain ends. */
    private static final int MOST_CAUSES = 20;
    /** The exit value of a credential_process in two texts of the SDK: in group 1 or group 2. */
    private static final Pattern EXIT =
            Pattern.compile("exit value \\((\\d{1,3})\\)|returned non-zero exit value.*?(\\d{1,3})");

    private static final String SSO =
            "it uses SSO, which is not supported here: run aws sso login, and hand over what aws"
                    + " configure export-credentials prints";

    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;

    CredentialsTrouble(Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static CredentialsTrouble ofProcess() {
        return new CredentialsTrouble(System::getProperty, System::getenv);
    }

    /**
     * Returns why a profile gave none; empty where nothing more is known. May read the files in {@code ~/.aws}.
     *
     * @param name name of the profile
     * @param thrown what its provider threw
     */
    Optional<String> ofProfile(String name, Throwable thrown) {
        Optional<Profile> profile;
        try {
            profile = ProfileFile.defaultProfileFile().profile(name);
        } catch (RuntimeException e) {
            return Optional.of("the files in ~/.aws cannot be understood");
        }
        if (profile.isEmpty()) {
            return Optional.of("there is no such profile");
        }
        boolean sso = profile.get().properties().keySet().stream().anyMatch(key -> key.startsWith("sso_"));
        return sso ? Optional.of(SSO) : of(thrown, profile.get());
    }

    /** Why the SDK's chain found none: asks those of its sources again that something points to. */
    Optional<String> ofChain() {
        String tokenFile = setting("aws.webIdentityTokenFile", "AWS_WEB_IDENTITY_TOKEN_FILE");
        if (tokenFile != null) {
            if (!exists(tokenFile)) {
                return Optional.of("the web identity's token file does not exist");
            }
            try (WebIdentityTokenFileCredentialsProvider provider = WebIdentityTokenFileCredentialsProvider.create()) {
                var unused = provider.resolveCredentials();
            } catch (RuntimeException e) {
                return of(e, null).map(why -> "the web identity: " + why);
            }
        }
        String named = setting("aws.profile", "AWS_PROFILE");
        String name = named == null ? "default" : named;
        try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.create(name)) {
            var unused = provider.resolveCredentials();
        } catch (RuntimeException e) {
            return ofProfile(name, e)
                    .filter(why -> named != null || !why.equals("there is no such profile"))
                    .map(why -> "the profile '" + name + "': " + why);
        }
        return Optional.empty();
    }

    private @Nullable String setting(String property, String variable) {
        String value = properties.apply(property);
        return value == null ? environment.apply(variable) : value;
    }

    private static boolean exists(String file) {
        try {
            return Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Looks through the causes for one that says why, the outermost first. With a credential_process only its exit
     * value is taken: what it printed may be a key.
     *
     * @param profile null when a web identity was asked for without a profile
     */
    private static Optional<String> of(Throwable thrown, @Nullable Profile profile) {
        Optional<String> tokenFile =
                Optional.ofNullable(profile).flatMap(found -> found.property("web_identity_token_file"));
        if (tokenFile.isPresent() && !exists(tokenFile.get())) {
            return Optional.of("its web identity's token file does not exist");
        }
        @Nullable Throwable at = thrown;
        boolean process =
                profile != null && profile.property("credential_process").isPresent();
        for (int i = 0; i < MOST_CAUSES && at != null; i++, at = at.getCause()) {
            String text = String.valueOf(at.getMessage());
            if (process) {
                Matcher exit = EXIT.matcher(text);
                if (exit.find()) {
                    String value = exit.group(1) == null ? exit.group(2) : exit.group(1);
                    return Optional.of(
                            "its credential_process fails (exit value " + value + "); run it by hand to see why");
                }
            } else if (at instanceof AwsServiceException answer) {
                String code = Answered.of(answer).code();
                return Optional.of(
                        "STS refuses the role (" + answer.statusCode() + (code.isEmpty() ? "" : " " + code) + ")");
            } else if (at instanceof UnknownHostException) {
                return Optional.of("the host of STS does not resolve");
            } else if (at instanceof ConnectException) {
                return Optional.of("STS does not accept connections");
            } else if (at instanceof NoSuchFileException) {
                return Optional.of("a file that it names does not exist");
            } else if (at instanceof IOException) {
                return Optional.of("STS cannot be reached (" + at.getClass().getSimpleName() + ")");
            }
        }
        return ofText(process, String.valueOf(thrown.getMessage()));
    }

    /** Returns what is left to say when no cause says why. */
    private static Optional<String> ofText(boolean process, String text) {
        if (process) {
            return Optional.of("its credential_process fails, or prints no credentials; run it by hand to see why");
        }
        return text.contains("contained no credentials")
                ? Optional.of("it names neither keys nor a role, credential_process or web identity")
                : Optional.empty();
    }
}
