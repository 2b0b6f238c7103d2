// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real S3 server: keys from the environment, and one clear line with a status for bad input. */
@ExtendWith(S3ServerExtension.class)
@Timeout(300)
class CommandTest {
    private static final String EPOCH = "/ancillary_data/atlas_sdp_gps_epoch";

    private static S3TestServer server;
    private static ScratchBucket bucket;
    private static String granule;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(S3TestServer started) {
        server = started;
        bucket = new ScratchBucket(server);
        granule = bucket.put("dir/sample granule.h5", Fixtures.bytes("sample_granule"));
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    private CommandRun run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private CommandRun run(Map<String, String> change, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", server.accessKey(),
                "AWS_SECRET_ACCESS_KEY", server.secretKey(),
                "AWS_REGION", server.region(),
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString()));
        environment.putAll(change);
        CommandRun run = CommandRun.command(folder, environment, List.of(arguments));
        assertFalse((run.out() + run.err()).contains(server.secretKey()), "no secret");
        return run;
    }

    @Test
    void readsWithKeysAndEndpointOfTheEnvironment() throws Exception {
        CommandRun listing = run("ls", granule);
        assertEquals(0, listing.status(), listing.err());
        assertTrue(listing.out().contains("gt1l") && listing.out().contains("orbit_info"), listing.out());
        CommandRun dump = run("dump", "-A", "0", "-d", EPOCH, granule);
        assertEquals(0, dump.status(), dump.err());
        assertTrue(dump.out().contains("(0): 1.1988e+09"), dump.out());
        assertEquals("", dump.err());
    }

    @Test
    void badInputIsOneClearLineAndAStatus() throws Exception {
        String text = bucket.put("text.h5", "no HDF5 here".getBytes(StandardCharsets.UTF_8));
        refuses(run("dump", "-d", EPOCH, "s3://" + bucket.name() + "/missing.h5"), 3, "no such object");
        refuses(run("dump", "-d", EPOCH, "s3://" + bucket.name() + "-x/a.h5"), 3, "no such bucket");
        refuses(run("dump", "-d", EPOCH, text), 6, "text.h5");
        refuses(run("dump", "-d", "/no/such", granule), 3, "/no");
        refuses(run(Map.of("AWS_SECRET_ACCESS_KEY", "wrong"), "dump", granule), 5, "the secret key is wrong");
        refuses(run("dump", "--anonymous", granule), 5, "denies access");
        refuses(run("dump", "--endpoint", "http://127.0.0.1:1", granule), 5, "does not accept connections");
    }

    @Test
    void listsAPrefixAndTakesWildcards() throws Exception {
        String other = bucket.put("dir/other.h5", Fixtures.bytes("numbers_earliest"));
        bucket.put("dir/sub/notes.txt", new byte[12]);
        String folder = "s3://" + bucket.name() + "/dir/";
        CommandRun listing = run("ls", folder);
        assertEquals(0, listing.status(), listing.err());
        assertTrue(listing.out().startsWith("hdf5     other.h5  "), listing.out());
        assertTrue(listing.out().endsWith("\nfolder   sub/\n"), listing.out());
        assertTrue(run("ls", "-r", folder).out().contains("file     sub/notes.txt  12 bytes  20"));
        CommandRun both = run("ls", folder + "*.h5");
        assertEquals(run("ls", other, granule).out(), both.out());
        assertEquals(2, both.out().lines().filter(line -> line.endsWith(".h5:")).count(), both.out());
        refuses(run("ls", folder + "*.nc"), 3, "no file is found by this name");
        refuses(run("ls", "s3://" + bucket.name() + "/nothing/"), 3, "there is nothing in this folder");
        refuses(run("ls", "--anonymous", folder), 5, "no permission to list");
    }

    private static void refuses(CommandRun run, int status, String part) {
        assertEquals(status, run.status(), run.err());
        assertTrue(run.err().contains(part), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("h5coro: "), run.err());
        assertTrue(run.err().length() < 500, run.err());
    }
}
