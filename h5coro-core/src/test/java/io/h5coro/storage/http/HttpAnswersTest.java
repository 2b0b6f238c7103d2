// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static io.h5coro.storage.ServerFault.chunked;
import static io.h5coro.storage.ServerFault.header;
import static io.h5coro.storage.ServerFault.ignoreRange;
import static io.h5coro.storage.ServerFault.none;
import static io.h5coro.storage.ServerFault.redirect;
import static io.h5coro.storage.ServerFault.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of servers that are right in an unusual way, or wrong in one that another request mends. */
@Timeout(60)
final class HttpAnswersTest {
    private static final int SIZE = 300_000;
    private static final ByteRange MIDDLE = new ByteRange(1_000, 200_000);
    private static final ByteRange OVER_THE_END = new ByteRange(250_000, 100_000);

    private final byte[] content = noise(SIZE, 1);
    private FaultyHttpServer server;
    private RangeReader reader;

    @BeforeEach
    void start() throws Exception {
        server = FaultyHttpServer.start().put("/x.h5", content);
        reader = open(HttpOptions.builder(), StorageOptions.none());
    }

    @AfterEach
    void stop() throws Exception {
        reader.close();
        server.close();
    }

    private RangeReader open(HttpOptions.Builder options, StorageOptions more) throws Exception {
        HttpOptions quick = options.backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return Storages.open(server.uri("/x.h5"), more.with(HttpOptions.class, quick));
    }

    private void reopen(HttpOptions.Builder options) throws Exception {
        reader.close();
        reader = open(options, StorageOptions.none());
    }

    private void assertReads(ByteRange range) throws Exception {
        byte[] expected = Arrays.copyOfRange(content, (int) range.offset(), (int) Math.min(range.end(), SIZE));
        assertArrayEquals(expected, get(reader.read(range)));
    }

    private String message(Kind kind, ByteRange range) {
        StorageException failure = failure(kind, reader.read(range));
        for (Throwable at = failure; at != null; at = at.getCause()) {
            assertFalse(String.valueOf(at.getMessage()).matches("(?s).*[\\x00-\\x1f\\x7f].*"), "raw: " + at);
            assertTrue(String.valueOf(at.getMessage()).length() < 600, "long: " + at);
        }
        return String.valueOf(failure.getMessage());
    }

    @Test
    void aRangeWhoseEndLiesBehindTheObjectIsAskedForUpToItsSize() throws Exception {
        server.always(request -> {
            String end = request.header("Range").orElse("").replaceAll(".*-", "");
            return Long.parseLong(end) >= SIZE ? status(416, "Content-Range: bytes */" + SIZE) : none();
        });
        assertReads(OVER_THE_END);
        assertReads(MIDDLE);
        assertEquals(3, server.requests());
    }

    @Test
    void theDocumentOfARefusedRangeTellsTheSize() throws Exception {
        ServerFault document = answer -> {
            status(416).spoil(answer);
            answer.body("<Error><Code>InvalidRange</Code><ActualObjectSize>" + SIZE + "</ActualObjectSize></Error>");
        };
        server.next(document);
        assertEquals(0, get(reader.read(new ByteRange(SIZE, 10))).length);
        assertEquals(OptionalLong.of(SIZE), reader.size());
        server.next(document);
        assertTrue(message(Kind.RANGE_REFUSED, MIDDLE).contains("of 300000"));
    }

    @Test
    void aWholeObjectOfUntoldLengthIsTakenWhereItFits() throws Exception {
        server.always(request -> answer -> {
            ignoreRange().spoil(answer);
            chunked(false).spoil(answer);
        });
        assertTrue(message(Kind.PROTOCOL, new ByteRange(0, SIZE - 1)).contains("ignores Range"));
        assertTrue(message(Kind.PROTOCOL, MIDDLE).contains("ignores Range"));
        assertReads(new ByteRange(0, SIZE + 1L));
        assertEquals(OptionalLong.of(SIZE), reader.size());
    }

    @Test
    void aWholeObjectWhoseEndIsThatOfTheConnectionIsNotTaken() throws Exception {
        server.always(request -> ServerFault.raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc"));
        message(Kind.PROTOCOL, new ByteRange(0, SIZE));
    }

    private static ServerFault withoutTotal() {
        return answer -> answer.header(
                "Content-Range",
                String.valueOf(answer.headers.get("Content-Range")).replaceAll("/.*", "/*"));
    }

    @ParameterizedTest
    @ValueSource(ints = {416, 206})
    void anObjectWhoseSizeIsNeverToldIsReadToItsEnd(int behind) throws Exception {
        server.always(request -> answer -> {
            boolean refused = answer.status == 416;
            withoutTotal().spoil(answer);
            if (refused) {
                status(behind).spoil(answer);
                answer.body("");
                answer.header("Content-Range", behind == 206 ? "bytes 300000-299999/*" : "");
            }
        });
        assertReads(MIDDLE);
        assertEquals(OptionalLong.empty(), reader.size());
        message(Kind.RANGE_REFUSED, new ByteRange(SIZE, 10));
        assertReads(OVER_THE_END);
        assertEquals(OptionalLong.of(SIZE), reader.size());
        assertReads(new ByteRange(SIZE - 5, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-chunked",
                "AWS-Chunked",
                "binary",
                "none",
                "8bit",
                "7bit",
                "utf-8",
                "UTF8",
                "iso-8859-1",
                "identity, aws-chunked",
                "utf-8,binary , ",
                "application/octet-stream"
            })
    void anEncodingThatIsNoneIsRead(String coding) throws Exception {
        server.always(request -> header("Content-Encoding", coding));
        assertReads(MIDDLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "aws-chunked, gzip", "base64", "dcb"})
    void anEncodingThatChangesBytesIsRefusedByItsName(String coding) throws Exception {
        server.always(request -> header("Content-Encoding", coding));
        assertTrue(message(Kind.PROTOCOL, MIDDLE).contains(coding.replaceAll(".*, ", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "/x.h5?response-content-disposition=attachment; filename=\"a b.nwb\""
                        + "~response-content-disposition=attachment;%20filename=%22a%20b.nwb%22",
                "/x.h5?a[0]=1|2&f={x}\\^`~a%5B0%5D=1%7C2&f=%7Bx%7D%5C%5E%60",
                "/x.h5?name=\u00c3\u00a9&p=%41%zz%~name=%C3%A9&p=%41%25zz%25",
                "/x.h5#part~''",
                "?b=c~b=c",
                "x.h5?<>~%3C%3E"
            })
    void aRedirectWithLettersThatNoUriHasIsFollowed(String location, String query) throws Exception {
        server.next(redirect(302, location));
        assertReads(MIDDLE);
        assertEquals("/x.h5", server.log().get(1).path());
        assertEquals(query, server.log().get(1).query());
    }

    @Test
    void aRedirectToManyChoicesIsFollowedToTheFirst() throws Exception {
        server.next(redirect(300, "/x.h5"));
        assertReads(MIDDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "ExpiredRequest", "RequestExpired", "TokenRefreshRequired"})
    void anAddressWhoseTimeIsOverIsRenewedWhateverTheStatusIs(String code) throws Exception {
        reopen(HttpOptions.builder().renewedUrl(() -> server.uri("/x.h5?new")));
        server.always(request -> request.query().equals("new")
                ? none()
                : answer -> {
                    status(400, "Content-Type: application/xml").spoil(answer);
                    answer.body("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>");
                });
        assertReads(MIDDLE);
        assertEquals(2, server.requests());
        reopen(HttpOptions.builder());
        assertTrue(message(Kind.ACCESS_DENIED, MIDDLE).contains("have expired (status 400 " + code + ")"));
    }

    @Test
    void oneGarbledStatusLineIsNotNoticed() throws Exception {
        server.next(ServerFault.raw("HTTP/1.1 2\u001b6 x\r\n\r\n"), ServerFault.raw("\u0007\u001b[2Jzzz\r\n\r\n"));
        assertReads(MIDDLE);
        assertEquals(3, server.requests());
    }

    @Test
    void whatAServerWritesInPlaceOfHttpIsCutAndEscaped() throws Exception {
        server.always(request -> ServerFault.raw("HTTP/1.1 \u001b[2J" + "x".repeat(5_000) + "\r\n\r\n"));
        message(Kind.PROTOCOL, MIDDLE);
        server.always(request -> ServerFault.raw("HTTP/1.1 206 OK\r\nContent-Length: \u001b[2J\r\n\r\n"));
        failure(Kind.PROTOCOL, reader.read(MIDDLE));
    }

    @Test
    void connectionsThatAreResetCostNoMoreRequestsThanAllowed() throws Exception {
        reopen(HttpOptions.builder().retries(7));
        server.always(request -> ServerFault.resetBeforeAnswer());
        assertTrue(message(Kind.UNAVAILABLE, MIDDLE).contains("gave up after 8 requests"));
        assertTrue(server.requests() > 4 && server.requests() <= 8, server.requests() + " requests");
    }

    @Test
    void aMarkOfTheEndThatIsKeptBackCostsNoTime() throws Exception {
        // Whoever waited for the mark would wait for an hour.
        reopen(HttpOptions.builder().attemptTimeout(Duration.ofHours(1)).totalTimeout(Duration.ofHours(1)));
        server.always(request -> chunked(true));
        assertReads(MIDDLE);
        assertReads(OVER_THE_END);
        assertEquals(2, server.requests());
    }

    @Test
    void chunkedBodiesKeepTheirConnection() throws Exception {
        server.always(request -> chunked(false));
        for (int i = 0; i < 20; i++) {
            assertReads(MIDDLE);
        }
        // A mark of the end that comes 100 ms after the last byte costs a connection, which is rare.
        assertTrue(server.connectionsSoFar() <= 5, server.connectionsSoFar() + " connections for 20 requests");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 416, 503})
    void anErrorWithoutEndIsReadToSomeKilobytes(int status) throws Exception {
        reopen(HttpOptions.builder().retries(0));
        server.always(request -> ServerFault.endless(status));
        failure(
                switch (status) {
                    case 403 -> Kind.ACCESS_DENIED;
                    case 404 -> Kind.NOT_FOUND;
                    case 416 -> Kind.RANGE_REFUSED;
                    case 503 -> Kind.UNAVAILABLE;
                    default -> Kind.PROTOCOL;
                },
                reader.read(MIDDLE));
        assertTrue(server.endlessBytes() < 20 << 20, server.endlessBytes() + " bytes, most of them in buffers");
    }

    @Test
    void aServerThatRefusesEveryConditionIsReadWhenItMayChange() throws Exception {
        server.always(request -> request.header("If-Match").isPresent() ? status(412) : none());
        assertReads(MIDDLE);
        assertTrue(message(Kind.CHANGED, MIDDLE).contains("refuses every condition"));
        reopen(HttpOptions.builder().allowChanging(true));
        assertReads(MIDDLE);
        assertReads(OVER_THE_END);
        assertEquals(Optional.empty(), reader.version());
        assertEquals(Optional.empty(), reader.strongVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag: \"%d\"", "ETag: W/\"%d\"", "Last-Modified: Mon, 01 Jan 2024 00:00:%02d GMT"})
    void aServerThatNamesAnotherVersionEachTimeIsReadWhenItMayChange(String form) throws Exception {
        String name = form.substring(0, form.indexOf(':'));
        server.withoutVersions()
                .always(request ->
                        header(name, String.format(form, server.requests()).substring(name.length() + 2)));
        assertReads(MIDDLE);
        message(Kind.CHANGED, MIDDLE);
        reader.close();
        reader = open(HttpOptions.builder(), StorageOptions.none().with(StorageOptions.ALLOW_CHANGING, "true"));
        assertReads(MIDDLE);
        assertReads(OVER_THE_END);
        server.put("/x.h5", noise(SIZE - 1, 1));
        message(Kind.CHANGED, MIDDLE);
    }

    @Test
    void anObjectThatIsReplacedWhileTagsFallAwayIsNeverMixed() throws Exception {
        server.next(ServerFault.shortBody(100_000), header("ETag", ""));
        assertTrue(message(Kind.CHANGED, MIDDLE).contains("now 300000 bytes and no version"));
    }

    @Test
    void anOptionThatIsNeitherTrueNorFalseIsRefused() throws Exception {
        StorageOptions odd = StorageOptions.none().with(StorageOptions.ALLOW_CHANGING, "SECRET");
        StorageException failure =
                assertThrows(StorageException.class, () -> Storages.open(URI.create("http://h/x"), odd));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("SECRET"));
    }
}
