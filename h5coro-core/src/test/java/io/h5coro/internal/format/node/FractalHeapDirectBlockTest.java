// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.bytes.MessageBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FractalHeapDirectBlockTest {
    private static final long OWNER = 0x1000;

    /** Offsets in the heap have 4 bytes: it may grow to 2^32 bytes. */
    private static FractalHeapHeader header(boolean checksums) {
        return new FractalHeapHeader(
                OWNER, 7, checksums, 4096, -1, 4, 512, 65_536, 32, 0, 10, new byte[0], Cursor.UNDEFINED, 0);
    }

    /** Signature, version, heap, offset 1024 in the heap, checksum over all with itself as zero, then "object". */
    private static byte[] block(boolean checksums) {
        MessageBytes block = new MessageBytes().text("FHDB").u8(0).u64(OWNER).u32(1024);
        int head = block.size();
        byte[] bytes =
                (checksums ? block.u32(0) : block).text("object").zeros(9).toArray();
        if (checksums) {
            int hash = Lookup3.hash(bytes, 0, bytes.length);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(head, hash);
        }
        return bytes;
    }

    private static FractalHeapDirectBlock parse(byte[] bytes, boolean checksums, long offset) {
        Cursor.Origin origin = new Cursor.Origin(MessageBytes.SOURCE, 8, 8);
        return FractalHeapDirectBlock.parse(bytes, origin, MessageBytes.ADDRESS, header(checksums), offset, true);
    }

    @ParameterizedTest
    @CsvSource({"false, 17", "true, 21"})
    void givesTheObjectsBehindItsHead(boolean checksums, int head) {
        FractalHeapDirectBlock block = parse(block(checksums), checksums, 1024);
        assertEquals(head, block.headBytes());
        assertArrayEquals("object".getBytes(), block.object(head, 6).bytes(6));
        assertEquals(0, block.object(head + 15, 0).remaining());
    }

    @Test
    void refusesObjectsOutsideItsBytes() {
        FractalHeapDirectBlock block = parse(block(true), true, 1024);
        for (long[] place : new long[][] {
            {20, 6}, {0, 1}, {-1, 1}, {21, 16}, {36, 1}, {21, -1}, {Long.MAX_VALUE, 1}, {21, Long.MAX_VALUE}
        }) {
            assertThrows(MalformedFileException.class, () -> block.object(place[0], place[1]), Arrays.toString(place));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesEveryPrefixOfItsHead(boolean checksums) {
        byte[] bytes = block(checksums);
        for (int length = 0; length < (checksums ? 21 : 17); length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> parse(cut, checksums, 1024), "of " + length);
            assertEquals(MessageBytes.SOURCE, e.where().source());
        }
    }

    @Test
    void theChecksumCoversHeadObjectsAndFreeSpace() {
        byte[] bytes = block(true);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 4;
            assertThrows(H5Exception.class, () -> parse(damaged, true, 1024), "byte " + i);
        }
        for (int length = 21; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedFileException.class, () -> parse(cut, true, 1024), "of " + length);
        }
    }

    @Test
    void refusesABlockOfAnotherHeapOrPlace() {
        assertThrows(MalformedFileException.class, () -> parse(block(true), true, 512));
        byte[] foreign = block(false);
        foreign[6] ^= 1;
        assertThrows(MalformedFileException.class, () -> parse(foreign, false, 1024));
    }
}
