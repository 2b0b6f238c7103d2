// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.UsageException;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocationTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a.b/granule.h5/gt1l/heights, s3://bucket/a.b/granule.h5, /gt1l/heights",
        "https://host/x.NC4, https://host/x.NC4, /",
        "http://host/x.h5?v=1/group, http://host/x.h5?v=1/group, /",
        "http://host/x.h5?sig=a/b::c&x, http://host/x.h5?sig=a/b::c&x, /",
        "http://host/x.h5?sig=a/b::/group, http://host/x.h5?sig=a/b, /group",
        "http://host/x.h5/g?sig=a/b.h5, http://host/x.h5/g?sig=a/b.h5, /",
        "s3://bucket/data::a/b, s3://bucket/data, /a/b",
        "s3://bucket/a::b.h5, s3://bucket/a::b.h5, /",
        "s3://bucket/a::b.h5/g, s3://bucket/a::b.h5, /g",
        "s3://bucket/a::b.h5::/g, s3://bucket/a::b.h5, /g",
        "s3://bucket/a::b.h5::, s3://bucket/a::b.h5, /",
        "s3://bucket/a.h5::b.h5, s3://bucket/a.h5, /b.h5",
        "s3://bucket/a.nwb::/g::h, s3://bucket/a.nwb, /g::h",
        "s3://bucket/a.nwb/g, s3://bucket/a.nwb/g, /",
        "T01:00:00.nwb::/g, T01:00:00.nwb, /g",
        "s3://bucket/data, s3://bucket/data, /",
        "no/such/file, no/such/file, /"
    })
    void splitsAtTheEndOfTheFile(String text, String file, String path) {
        assertEquals(new Location(file, path), Location.parse(text));
    }

    @Test
    void splitsWhereALocalFileEnds() {
        String file = Fixtures.path("numbers_earliest").toString();
        assertEquals(new Location(file, "/chunked/i1"), Location.parse(file + "/chunked/i1"));
        assertEquals(new Location(file, "/"), Location.parse(file));
    }

    @Test
    void twoArgumentsAreAFileAndAPathOrTwoFiles() {
        String file = Fixtures.path("numbers_earliest").toString();
        String other = Fixtures.path("attributes_earliest").toString();
        assertEquals(List.of(new Location(file, "/a/b")), Location.all(List.of(file, "/a/b")));
        assertEquals(List.of(new Location(file, "/a::b")), Location.all(List.of(file, "/a::b")));
        assertEquals(List.of(new Location(file, "/chunked")), Location.all(List.of(file, "chunked")));
        assertEquals(
                List.of(new Location(file, "/a"), new Location(file, "/b")), Location.all(List.of(file, "/a", "/b")));
        assertEquals(
                List.of(new Location(file, "/"), new Location(other, "/x")), Location.all(List.of(file, other, "/x")));
        assertEquals(
                List.of(new Location(file, "/"), new Location("none.h5", "/")), Location.all(List.of(file, "none.h5")));
        assertEquals(
                List.of(new Location("s3://b/a::b/x.h5/y", "/z")), Location.all(List.of("s3://b/a::b/x.h5/y", "/z")));
    }

    @Test
    void aLocalNameMayHoldColons(@TempDir Path folder) throws IOException {
        Path file = Files.copy(Fixtures.path("numbers_earliest"), folder.resolve("a::b:c.x"));
        assertEquals(new Location(file.toString(), "/"), Location.parse(file.toString()));
        assertEquals(new Location(file.toString(), "/g::h"), Location.parse(file + "::/g::h"));
        assertEquals(new Location(file.toString(), "/chunked"), Location.parse(file + "/chunked"));
        assertEquals(0, Run.of("ls", file + "::chunked").status());
        assertEquals(0, Run.of("dump", "-H", file.toString(), "/chunked").status());
    }

    @Test
    void listsSeveralFiles() {
        String file = Fixtures.path("numbers_earliest").toString();
        Run both = Run.of("ls", file, file + "/chunked");
        assertEquals(0, both.status(), both.err());
        assertTrue(both.out().startsWith(file + ":\ngroup") && both.out().contains("\n\n" + file + " /chunked:\n"));
    }

    /** What a server gets to see of an address, and what is said of one that it does not know. */
    @Test
    void anAddressKeepsItsQueryAndA404SaysWhereElseItMayEnd() throws IOException {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String command : List.of("ls", "attrs", "doctor", "plan -d /x", "dump")) {
                asked.clear();
                Run run = Run.of((command + " " + host + "/x.h5?SECRET=a/b/c.h5").split(" "));
                assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
                assertEquals(Set.of("/x.h5?SECRET=a/b/c.h5"), asked, command);
                assertFalse((run.out() + run.err()).contains("SECRET"), run.err());
            }
            for (String end : List.of(".nwb", ".h5ad", ".mat", ".h5", ".nc", ".nc4", ".hdf5")) {
                for (String command : List.of("ls", "plan -d /x", "dump")) {
                    Run run = Run.of((command + " " + host + "/v1.0/x" + end + "/group/data").split(" "));
                    assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
                    assertTrue(run.err().contains("'" + end + "'") && run.err().contains("FILE::PATH"), run.err());
                }
            }
            assertFalse(Run.of("ls", host + "/folder/x").err().contains("FILE::PATH"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void listsMembersOfAGroup() {
        String file = Fixtures.path("numbers_earliest").toString();
        Run run = Run.of("ls", "-l", file + "/chunked");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("dataset  be_f8  (7, 9) float64be chunks "), run.out());
        assertTrue(Run.of("ls", "-r", file).out().contains("dataset  chunked/be_f8  (7, 9) float64be"), run.out());
    }

    @Test
    void printsAttributesOfAnObject() {
        String file = Fixtures.path("attributes_earliest").toString();
        Run run = Run.of("attrs", file);
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void explainsAnUnknownCommand() {
        Run run = Run.of("frobnicate");
        assertEquals(ExitCode.USAGE, run.status());
        assertEquals(1, run.errorLines(), run.err());
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(ExitCode.NOT_FOUND, Run.of("ls", "/no/such/file.h5").status());
        String file = Fixtures.path("numbers_earliest").toString();
        assertEquals(ExitCode.NOT_FOUND, Run.of("attrs", file, "/no/such").status());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/x.h5, http://h/x.h5, /",
        "HTTPS://h/x.h5/g, HTTPS://h/x.h5, /g",
        "https://h/x.hdf5/g/d, https://h/x.hdf5, /g/d",
        "https://h/x.he5/g, https://h/x.he5, /g",
        "https://h/x.nc/g, https://h/x.nc, /g",
        "https://h/x.h5ad/g, https://h/x.h5ad/g, /",
        "https://h/a.h5/b.h5, https://h/a.h5, /b.h5",
        "https://h/a.h5.d/b.h5, https://h/a.h5.d/b.h5, /",
        "https://h/x.h5#frag/g, https://h/x.h5#frag/g, /",
        "https://h/x.h5?a=1::, https://h/x.h5?a=1, /",
        "https://h/x.h5?a=1::g, https://h/x.h5?a=1::g, /",
        "s3://b/x.h5?v=1, s3://b/x.h5?v=1, /",
        "s3://b/a#b.h5/g, s3://b/a#b.h5, /g",
        "s3://b/x*.h5, s3://b/x*.h5, /",
        "s3://b/[x].h5/g, s3://b/[x].h5, /g",
        "a::b, a, /b",
        "a::/b::c, a, /b::c",
        "::a, ::a, /",
        "a::, a, /",
        "a:b, a:b, /",
        "x.h5, x.h5, /",
        "none/x.h5/g, none/x.h5/g, /"
    })
    void takesNamesApart(String text, String file, String path) {
        assertEquals(new Location(file, path), Location.parse(text));
    }

    @Test
    void aNameThatIsThereIsNoPattern(@TempDir Path folder) throws IOException {
        Files.copy(Fixtures.path("numbers_earliest"), folder.resolve("a.h5"));
        for (String pattern : List.of("*.h5", "?.h5", "{a,b}.h5", "[a].h5")) {
            Run run = Run.of("ls", folder.resolve(pattern).toString());
            assertEquals(0, run.status(), pattern + run.err());
        }
        for (String other : List.of("*.h4", "??.h5", "{b,c}.h5", "[!a].h5", "~/a.h5", "$HOME/a.h5", "%61.h5")) {
            Run run = Run.of("ls", folder.resolve(other).toString());
            assertEquals(ExitCode.NOT_FOUND, run.status(), other + run.err());
        }
        Path literal = Files.copy(Fixtures.path("numbers_earliest"), folder.resolve("a[1] *%20?#.h5"));
        assertEquals(0, Run.of("ls", literal.toString()).status());
        assertEquals(0, Run.of("ls", literal + "/chunked/i1").status());
        assertEquals(0, Run.of("ls", literal.toUri().toString()).status());
        assertEquals(0, Run.of("dump", "-H", literal.toUri() + "::/chunked/i1").status());
    }

    @Test
    void theNameOfAFileIsNotEmpty() {
        assertThrows(UsageException.class, () -> Location.parse(""));
        assertThrows(UsageException.class, () -> Location.of("", "/x"));
        assertThrows(UsageException.class, () -> Location.all(List.of("")));
        assertEquals(List.of(), Location.all(List.of()));
    }
}
