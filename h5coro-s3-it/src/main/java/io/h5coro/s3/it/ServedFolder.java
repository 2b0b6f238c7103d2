// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs a program while the files of a folder are served from S3, on loopback. */
public final class ServedFolder {
    private static final String BUCKET = "h5coro-served";

    private ServedFolder() {}

    /**
     * Runs the program and ends with its exit status. It finds the folder's location in the variable {@code SERVED_S3},
     * and keys and endpoint where the AWS SDK looks for them.
     *
     * @param arguments the folder, then the program and its arguments
     * @throws IOException when the store or the program does not start
     * @throws InterruptedException never: nothing interrupts it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
        int status;
        try (S3TestServer store = S3ProxyServer.start()) {
            String prefix = put(Path.of(arguments[0]), store);
            ProcessBuilder program = new ProcessBuilder(command).inheritIO();
            program.environment().putAll(store.environment());
            program.environment().put("SERVED_S3", "s3://" + BUCKET + "/" + prefix);
            status = program.start().waitFor();
        }
        System.exit(status);
    }

    private static String put(Path folder, S3TestServer store) throws IOException {
        String prefix = folder.getFileName() + "/";
        try (S3Client client = store.client();
                Stream<Path> files = Files.list(folder)) {
            client.createBucket(request -> request.bucket(BUCKET));
            for (Path file : files.sorted().toList()) {
                client.putObject(request -> request.bucket(BUCKET).key(prefix + file.getFileName()), file);
            }
        }
        return prefix;
    }
}
