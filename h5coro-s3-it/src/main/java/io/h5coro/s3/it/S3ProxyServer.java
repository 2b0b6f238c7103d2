// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy in this JVM, on a free port of loopback, over a temporary folder. */
public final class S3ProxyServer implements S3TestServer {
    private static final int START_MILLIS = 30_000;
    private static final int POLL_MILLIS = 5;

    private final S3Proxy proxy;
    private final Path folder;
    private final String secretKey;

    private S3ProxyServer(S3Proxy proxy, Path folder, String secretKey) {
        this.proxy = proxy;
        this.folder = folder;
        this.secretKey = secretKey;
    }

    /**
     * Starts one.
     *
     * @throws IOException when it does not start
     */
    public static S3ProxyServer start() throws IOException {
        Path folder = Files.createTempDirectory("h5coro-s3proxy");
        String secret = UUID.randomUUID().toString();
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "h5coro-owner", secret)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        S3ProxyServer server = new S3ProxyServer(proxy, folder, secret);
        try {
            proxy.start();
            for (int waited = 0; !proxy.getState().equals("STARTED"); waited += POLL_MILLIS) {
                if (waited > START_MILLIS) {
                    throw new IOException("S3Proxy is " + proxy.getState());
                }
                Thread.sleep(POLL_MILLIS);
            }
            return server;
        } catch (Exception e) {
            server.close();
            throw new IOException("S3Proxy does not start", e);
        }
    }

    @Override
    public String name() {
        return "S3Proxy, embedded";
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    @Override
    public String accessKey() {
        return "h5coro-owner";
    }

    @Override
    public String secretKey() {
        return secretKey;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            System.err.println("S3Proxy did not stop: " + e);
        }
        Folders.delete(folder);
    }
}
