// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A version that the caller knows from an earlier reader. */
@Timeout(60)
final class S3ExpectedVersionTest extends FakeServerCase {
    @Test
    void theFirstRequestCarriesIt() throws Exception {
        try (FakeServer server = new FakeServer(FakeServerCase::serve);
                RangeReader reader = open(options(server.uri()).build())) {
            assertEquals(Optional.empty(), reader.strongVersion());
            assertTrue(reader.expect("\"one\"", CONTENT.length));
            assertEquals(OptionalLong.of(CONTENT.length), reader.size());
            assertEquals(0, server.requests().size());
            assertEquals(10, read(reader, 5, 10).length);
            assertEquals("\"one\"", server.requests().get(0).header("if-match"));
            assertEquals(Optional.of("\"one\""), reader.strongVersion());
        }
    }

    @Test
    void anotherOneIsChangedAlsoWhereTheServerDoesNotCompare() throws Exception {
        try (FakeServer server = new FakeServer(FakeServerCase::serve)) {
            try (RangeReader reader = open(options(server.uri()).build())) {
                assertTrue(reader.expect("\"two\"", CONTENT.length));
                failure(Kind.CHANGED, reader, 0, 10);
            }
            try (RangeReader reader = open(options(server.uri()).build())) {
                assertTrue(reader.expect("\"one\"", CONTENT.length + 1));
                failure(Kind.CHANGED, reader, 0, 10);
            }
        }
    }

    @Test
    void aWeakOneOrOneThatComesTooLateIsNotExpected() throws Exception {
        try (FakeServer server = new FakeServer(FakeServerCase::serve);
                RangeReader reader = open(options(server.uri()).build())) {
            assertFalse(reader.expect("W/\"one\"", CONTENT.length));
            assertFalse(reader.expect("Tue, 1 Apr 2025", CONTENT.length));
            assertFalse(reader.expect("\"one\"", -1));
            assertEquals(10, read(reader, 5, 10).length);
            assertFalse(reader.expect("\"one\"", CONTENT.length));
        }
    }

    @Test
    void theSameKeyElsewhereIsAnotherObject() throws Exception {
        try (FakeServer one = new FakeServer(FakeServerCase::serve);
                FakeServer two = new FakeServer(FakeServerCase::serve);
                RangeReader here = open(options(one.uri()).build());
                RangeReader again = open(options(one.uri()).build());
                RangeReader there = open(options(two.uri()).build())) {
            assertEquals(here.identity(), again.identity());
            assertFalse(here.identity().equals(there.identity()));
            assertFalse(here.identity().orElseThrow().contains("KEY"));
            assertEquals(List.of(), one.requests());
        }
    }
}
