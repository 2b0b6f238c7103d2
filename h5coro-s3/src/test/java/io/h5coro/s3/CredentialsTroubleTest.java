// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason why there are no credentials reaches the user; what a program printed does not. */
@Timeout(120)
final class CredentialsTroubleTest {
    @TempDir
    private Path folder;

    private Map<String, String> settings = Map.of();

    @BeforeEach
    void start() throws IOException {
        Path config = Files.writeString(folder.resolve("config"), """
                [profile base]
                aws_access_key_id = base-id
                aws_secret_access_key = SECRET
                [profile sso]
                sso_session = company
                sso_account_id = 1
                sso_role_name = r
                [sso-session company]
                sso_region = us-east-1
                sso_start_url = https://company.invalid/start
                [profile process]
                credential_process = sh -c "echo SECRET >&2; exit 7"
                [profile garbage]
                credential_process = echo SECRET
                [profile pod]
                role_arn = arn:aws:iam::123456789012:role/pod
                web_identity_token_file = %1$s/none
                [profile role]
                role_arn = arn:aws:iam::123456789012:role/lab
                source_profile = base
                [profile empty]
                region = eu-west-1
                """.formatted(folder));
        settings = Map.of(
                "aws.configFile", config.toString(),
                "aws.sharedCredentialsFile", folder.resolve("no-credentials").toString(),
                "aws.region", "us-east-1",
                "aws.endpointUrlSts", "http://127.0.0.1:1",
                "aws.disableEc2Metadata", "true");
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings.keySet().forEach(System::clearProperty);
    }

    private static String failure(S3Options options) throws Exception {
        S3Location location = new S3Location("bucket", "key.h5");
        try (var reader = new S3StorageProvider().open(location, options)) {
            ExecutionException thrown = assertThrows(
                    ExecutionException.class,
                    () -> reader.read(java.util.List.of(new io.h5coro.storage.ByteRange(0, 10)))
                            .get(0)
                            .get());
            StorageException failure = (StorageException) thrown.getCause();
            assertTrue(failure.kind() == Kind.ACCESS_DENIED, failure.toString());
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertFalse(text.toString().contains("SECRET"), text.toString());
            return String.valueOf(failure.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sso, aws configure export-credentials",
        "process, exit value 7",
        "garbage, its credential_process fails",
        "pod, token file does not exist",
        "role, STS does not accept connections",
        "none, there is no such profile",
        "empty, it names neither keys nor a role",
    })
    void theReasonReachesTheUser(String profile, String reason) throws Exception {
        String message = failure(S3Options.builder()
                .profile(profile)
                .endpoint(java.net.URI.create("http://127.0.0.1:1"))
                .build());
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("'" + profile + "'"), message);
    }

    @ParameterizedTest
    @CsvSource({"sso, aws configure export-credentials", "process, exit value 7", "role, STS does not accept"})
    void theChainSaysItOfTheProfileThatTheEnvironmentNames(String profile, String reason) throws Exception {
        System.setProperty("aws.profile", profile);
        try {
            String message = failure(S3Options.builder()
                    .endpoint(java.net.URI.create("http://127.0.0.1:1"))
                    .build());
            assertTrue(message.contains(reason), message);
        } finally {
            System.clearProperty("aws.profile");
        }
    }

    @Test
    void aMissingTokenFileOfTheEnvironmentIsNamed() throws Exception {
        System.setProperty("aws.webIdentityTokenFile", folder.resolve("none").toString());
        System.setProperty("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
        try {
            String message = failure(S3Options.builder()
                    .endpoint(java.net.URI.create("http://127.0.0.1:1"))
                    .build());
            assertTrue(message.contains("token file does not exist"), message);
        } finally {
            System.clearProperty("aws.webIdentityTokenFile");
            System.clearProperty("aws.roleArn");
        }
    }
}
