// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;

/** MinIO in Docker. */
final class MinioContainer implements S3TestServer {
    private static final String IMAGE = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

    private final MinIOContainer container;

    private MinioContainer(MinIOContainer container) {
        this.container = container;
    }

    /**
     * Whether Docker answers; looks for a socket first, since asking Testcontainers takes seconds where there is none.
     */
    static boolean isPossible() {
        boolean named = System.getenv("DOCKER_HOST") != null;
        return (named || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts one; throws what Testcontainers throws when it cannot. */
    static MinioContainer start() {
        MinIOContainer container = new MinIOContainer(IMAGE);
        container.start();
        return new MinioContainer(container);
    }

    @Override
    public String name() {
        return "MinIO in Docker";
    }

    @Override
    public URI endpoint() {
        return URI.create(container.getS3URL());
    }

    @Override
    public String accessKey() {
        return container.getUserName();
    }

    @Override
    public String secretKey() {
        return container.getPassword();
    }

    @Override
    public void close() {
        container.stop();
    }
}
