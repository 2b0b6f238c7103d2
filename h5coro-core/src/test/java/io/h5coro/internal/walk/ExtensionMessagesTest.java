// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static io.h5coro.internal.walk.BuiltFile.group;
import static io.h5coro.internal.walk.BuiltFile.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The messages of the superblock extension that opening a file reads; a cut one keeps it from being opened. */
final class ExtensionMessagesTest {
    private static HdfFile open(int type, MessageBytes body) {
        BuiltFile file = new BuiltFile();
        long extension = file.header(message(type, body));
        return file.open(file.header(group()), extension);
    }

    private static void refusesEveryPrefix(int type, MessageBytes whole) {
        for (int length = 0; length < whole.size(); length++) {
            MessageBytes cut = new MessageBytes();
            for (byte b : Arrays.copyOf(whole.toArray(), length)) {
                cut.u8(b);
            }
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> open(type, cut), type + " of " + length);
            assertEquals(MessageBytes.SOURCE, e.where().source());
        }
    }

    @Test
    void readsHowFreeSpaceIsManaged() {
        MessageBytes body =
                new MessageBytes().u8(1, 1, 0).length(5, 8192).u16(0).address(-1);
        assertEquals(new FileSpaceInfo(1, false, 5, 8192), open(0x17, body).fileSpace());
        refusesEveryPrefix(0x17, body);
    }

    /** version 0(1) table(O) indexes(1); the table itself is read when a message is asked for. */
    @Test
    void findsTheTableOfSharedMessages() {
        MessageBytes body = new MessageBytes().u8(0).address(0x30).u8(2);
        assertEquals(-1, open(0x0f, body).superblock().driverInfoAddress());
        refusesEveryPrefix(0x0f, body);
        for (int indexes : new int[] {0, 9, 255}) {
            MessageBytes wrong = new MessageBytes().u8(0).address(0x30).u8(indexes);
            assertThrows(MalformedFileException.class, () -> open(0x0f, wrong), indexes + " indexes");
        }
        MessageBytes newer = new MessageBytes().u8(1).address(0x30).u8(2);
        assertThrows(UnsupportedFeatureException.class, () -> open(0x0f, newer));
    }

    /** version 0(1) address(O) length(L) */
    @Test
    void whatStandsInACacheImageCountsInsteadOfTheFilesBytes() {
        BuiltFile file = new BuiltFile();
        long at = file.append(new MessageBytes().text("stale").zeros(3));
        MessageBytes image =
                new MessageBytes().text("MDCI").u8(0, 0).length(22 + 36).u32(1);
        image.u8(7, 0, 1, 0)
                .u16(0, 0, 0)
                .u32(0)
                .address(at)
                .length(6)
                .text("right!")
                .checksum();
        long block = file.append(image);
        long extension = file.header(
                message(0x18, new MessageBytes().u8(0).address(block).length(image.size())));
        HdfFile open = file.open(file.header(group()), extension);
        assertEquals("right!", open.space().read(at, 8, "text").text(8));
    }

    @Test
    void refusesACacheImageMessageThatIsCutOrLeadsOutOfTheFile() {
        refusesEveryPrefix(0x18, new MessageBytes().u8(0).address(0x30).length(22));
        MessageBytes outside = new MessageBytes().u8(0).address(0x10_0000).length(22);
        assertThrows(MalformedFileException.class, () -> open(0x18, outside));
        MessageBytes longer = new MessageBytes().u8(0).address(0x30).length(1L << 40);
        assertThrows(MalformedFileException.class, () -> open(0x18, longer));
        MessageBytes newer = new MessageBytes().u8(1).address(0x30).length(22);
        assertThrows(UnsupportedFeatureException.class, () -> open(0x18, newer));
    }
}
