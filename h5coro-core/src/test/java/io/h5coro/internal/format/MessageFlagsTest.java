// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What libhdf5 2.0 refuses of a header with such a message when it opens the file for reading (tried on each). */
final class MessageFlagsTest {
    private static ObjectHeaderChunk chunk(int type, int flags) {
        byte[] bytes = {(byte) type, 0, 8, 0, (byte) flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        return ObjectHeaderChunk.parseV1(Cursor.of(bytes, new Cursor.Origin("header", 8, 8), 0));
    }

    @Test
    void refusesAnUnknownMessageThatSaysFailAlways() {
        for (int flags : List.of(0x80, 0x88, 0x90)) {
            for (int unknown : List.of(0x09, 0x19, 0x40, 0xff)) {
                assertEquals(true, chunk(unknown, flags).messages().get(0).forbidsReading(), unknown + " " + flags);
            }
            for (int known : List.of(0x01, 0x08, 0x0a, 0x18)) {
                assertEquals(false, chunk(known, flags).messages().get(0).forbidsReading(), known + " " + flags);
            }
        }
    }

    @Test
    void readsBesidesAnUnknownMessageThatForbidsWriting() {
        for (int flags : List.of(0x00, 0x08, 0x10, 0x18, 0x30)) {
            assertEquals(false, chunk(0x09, flags).messages().get(0).forbidsReading(), "" + flags);
        }
    }

    @Test
    void refusesFlagsThatContradictEachOther() {
        for (int flags : List.of(0x06, 0x20, 0x38)) {
            assertThrows(MalformedFileException.class, () -> chunk(0x09, flags), "" + flags);
            assertThrows(MalformedFileException.class, () -> chunk(0x05, flags), "" + flags);
        }
    }
}
