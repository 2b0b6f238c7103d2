// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import io.h5coro.cli.Main;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Shows the main job on a machine without S3: a store on loopback, a sample granule in it, several datasets and slices
 * read in parallel by the command.
 */
public final class Demo {
    private static final String BUCKET = "h5coro-demo";
    private static final String KEY = "granules/sample_granule.h5";

    /** Whole datasets and slices; more than one chunk, more than one group, numbers of several sizes and text. */
    private static final List<String> DATASETS = List.of(
            "/ancillary_data/data_start_utc",
            "/ancillary_data/atlas_sdp_gps_epoch",
            "/gt1l/heights/h_ph[1996:2004]",
            "/gt1l/heights/lat_ph[6995:]",
            "/gt1l/heights/signal_conf_ph[3998:4002]",
            "/gt2r/heights/quality_ph[0:20]",
            "/gt2r/geolocation/ph_index_beg[:10]");

    private Demo() {}

    /**
     * Runs the demo; its exit code is the command's.
     *
     * @param args more arguments for the command
     * @throws IOException when the store does not start
     */
    public static void main(String[] args) throws IOException {
        S3TestServer store = S3ProxyServer.start();
        // The command ends the JVM itself.
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "demo-store-end"));
        byte[] granule = Fixtures.bytes("sample_granule");
        try (S3Client client = store.client()) {
            client.createBucket(request -> request.bucket(BUCKET));
            client.putObject(request -> request.bucket(BUCKET).key(KEY), RequestBody.fromBytes(granule));
        }
        // Where the AWS SDK looks first, so that no key is part of the command.
        System.setProperty("aws.accessKeyId", store.accessKey());
        System.setProperty("aws.secretAccessKey", store.secretKey());

        List<String> command = command(store, args);
        System.err.println("# " + store.name() + " at " + store.endpoint() + " holds s3://" + BUCKET + "/" + KEY + " ("
                + granule.length + " bytes)");
        System.err.println("$ h5coro " + quoted(command));
        Main.main(command.toArray(String[]::new));
        System.exit(0);
    }

    private static List<String> command(S3TestServer store, String[] more) {
        List<String> command =
                new ArrayList<>(List.of("dump", "--endpoint", store.endpoint().toString(), "--stats", "-A", "0"));
        for (String dataset : DATASETS) {
            command.add("-d");
            command.add(dataset);
        }
        command.addAll(Arrays.asList(more));
        command.add("s3://" + BUCKET + "/" + KEY);
        return command;
    }

    /** As a person types it in a shell. */
    private static String quoted(List<String> command) {
        StringBuilder line = new StringBuilder();
        for (String word : command) {
            boolean plain = word.matches("[A-Za-z0-9_./:=-]+");
            line.append(plain ? word : "'" + word.replace("'", "'\\''") + "'").append(' ');
        }
        return line.toString().trim();
    }
}
