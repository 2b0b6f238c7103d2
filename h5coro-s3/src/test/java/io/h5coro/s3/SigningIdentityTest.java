// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Roles that are assumed: the SDK needs its module STS for them at run time, which it looks for by name. A server on
 * this machine takes the place of STS.
 */
@Timeout(60)
final class SigningIdentityTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/";

    private static final String ANSWER = """
            <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
            <AccessKeyId>assumed-id</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey>
            <SessionToken>%2$s</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials></%1$sResult></%1$sResponse>
            """;

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            String action = body.replaceFirst("(?s).*Action=([A-Za-z]+).*", "$1");
            byte[] answer = ANSWER.formatted(action, action).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path token = Files.writeString(folder.resolve("token"), "the-token-of-a-pod");
        Path profiles = Files.writeString(folder.resolve("config"), """
                [profile base]
                aws_access_key_id = base-id
                aws_secret_access_key = base-secret
                [profile lab]
                role_arn = %1$slab
                source_profile = base
                region = eu-west-1
                [profile pod]
                role_arn = %1$spod
                web_identity_token_file = %2$s
                region = eu-west-1
                """.formatted(ROLE, token));
        settings = Map.of(
                "aws.endpointUrlSts",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "aws.configFile",
                profiles.toString(),
                "aws.sharedCredentialsFile",
                folder.resolve("none").toString(),
                "aws.region",
                "eu-west-1",
                "aws.roleArn",
                ROLE + "chain",
                "aws.roleSessionName",
                "h5coro-test",
                "aws.webIdentityTokenFile",
                token.toString());
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings.keySet().forEach(System::clearProperty);
        server.stop(0);
    }

    private void assumes(S3Options options, String action, String role) {
        SigningIdentity identity = SigningIdentity.of(options);
        try {
            AwsSessionCredentials keys =
                    (AwsSessionCredentials) identity.provider().resolveCredentials();
            assertEquals("assumed-id", keys.accessKeyId());
            assertEquals(action, keys.sessionToken());
        } finally {
            identity.close();
        }
        assertEquals(1, asked.size());
        assertTrue(asked.get(0).contains("role%2F" + role), asked.get(0));
    }

    @Test
    void aProfileThatNamesARoleIsAssumed() {
        assumes(S3Options.builder().profile("lab").build(), "AssumeRole", "lab");
    }

    @Test
    void aProfileWithAWebIdentityIsAssumed() {
        assumes(S3Options.builder().profile("pod").build(), "AssumeRoleWithWebIdentity", "pod");
        assertTrue(asked.get(0).contains("the-token-of-a-pod"));
    }

    /** As in a pod of Kubernetes, where the role and a file with the token are in the environment. */
    @Test
    void theSurroundingsOfAPodAreAssumed() {
        assumes(S3Options.defaults(), "AssumeRoleWithWebIdentity", "chain");
    }
}
