// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;

final class DriverInfoTest {
    private static MessageBytes block() {
        return new MessageBytes().u8(0, 0, 0, 0).u32(8).text("NCSAfami").u64(4096);
    }

    private static MessageBytes message() {
        return new MessageBytes().u8(0).text("NCSAmult").u16(8).u64(77);
    }

    @Test
    void readsTheBlockOfOldSuperblocks() {
        DriverInfo info = DriverInfo.parseBlock(block().cursor());
        assertEquals(DriverInfo.FAMILY, info.name());
        assertEquals(4096, info.information().copy().i64());
        assertEquals(8, DriverInfo.blockSize(block().cursor()));
        refusesEveryPrefix(block(), DriverInfo::parseBlock);
        damageEndsInATypedError(block(), DriverInfo::parseBlock);
    }

    @Test
    void readsTheMessageOfTheExtension() {
        DriverInfo info = DriverInfo.parseMessage(message().cursor());
        assertEquals(DriverInfo.MULTI, info.name());
        assertEquals(77, info.information().copy().i64());
        refusesEveryPrefix(message(), DriverInfo::parseMessage);
        damageEndsInATypedError(message(), DriverInfo::parseMessage);
    }

    @Test
    void informationLongerThanItsPlaceAllocatesNothing() {
        refusesWithoutAllocating(
                new MessageBytes()
                        .u8(0, 0, 0, 0)
                        .u32(0xffff_ffffL)
                        .text("NCSAfami")
                        .u64(1),
                DriverInfo::parseBlock);
        refusesWithoutAllocating(
                new MessageBytes().u8(0).text("NCSAfami").u16(0xffff).u64(1), DriverInfo::parseMessage);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(1, 0, 0, 0).u32(8).text("NCSAfami").u64(1), DriverInfo::parseBlock);
        unsupported(new MessageBytes().u8(1).text("NCSAfami").u16(8).u64(1), DriverInfo::parseMessage);
    }
}
