// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.unsupported;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSpaceInfoMessageTest {
    private static void is(FileSpaceInfo expected, MessageBytes message) {
        parses(expected, message, FileSpaceInfoMessage::parse);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "4, 8", "8, 4"})
    void readsVersion1WithAndWithoutItsTwelveManagers(int offsets, int lengths) {
        MessageBytes lost = new MessageBytes(offsets, lengths)
                .u8(1, 1, 0)
                .length(5, 8192)
                .u16(0)
                .address(-1);
        is(new FileSpaceInfo(1, false, 5, 8192), lost);
        MessageBytes kept = new MessageBytes(offsets, lengths)
                .u8(1, 0, 1)
                .length(1, 4096)
                .u16(9)
                .address(0x800);
        for (int i = 0; i < 12; i++) {
            kept.address(i == 0 ? 0x900 : -1);
        }
        is(new FileSpaceInfo(0, true, 1, 4096), kept);
    }

    /** How H5O__fsinfo_decode maps the strategies of HDF5 1.10.0; the default page is 4096 bytes, the threshold 1. */
    @Test
    void readsTheStrategiesOfVersion0AsThoseOfVersion1() {
        MessageBytes managers = new MessageBytes(8, 4).u8(0, 1).length(7).address(-1, 1, 2, 3, 4, 5);
        is(new FileSpaceInfo(0, true, 7, 4096), managers);
        is(new FileSpaceInfo(0, false, 7, 4096), new MessageBytes().u8(0, 2).length(7));
        is(new FileSpaceInfo(2, false, 1, 4096), new MessageBytes().u8(0, 3).length(7));
        is(new FileSpaceInfo(3, false, 1, 4096), new MessageBytes().u8(0, 4).length(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 255})
    void refusesOtherStrategiesOfVersion0(int strategy) {
        malformed(new MessageBytes().u8(0, strategy).length(7), FileSpaceInfoMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(2, 0, 0).zeros(40), FileSpaceInfoMessage::parse);
    }
}
