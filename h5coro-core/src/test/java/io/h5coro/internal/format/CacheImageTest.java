// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class CacheImageTest {
    private static final Function<Cursor, CacheImage> VERIFYING = c -> CacheImage.parse(c, true);
    private static final Function<Cursor, CacheImage> TRUSTING = c -> CacheImage.parse(c, false);

    private static MessageBytes image(int version, MessageBytes... entries) {
        int size = 4 + 1 + 1 + 8 + 4 + 4;
        for (MessageBytes entry : entries) {
            size += entry.size();
        }
        MessageBytes image =
                new MessageBytes().text("MDCI").u8(version, 0).length(size).u32(entries.length);
        for (MessageBytes entry : entries) {
            image.add(entry);
        }
        return image.checksum();
    }

    /** type(1) flags(1) ring(1) age(1) children(2) dirty children(2) parents(2) rank(4) address size parents bytes */
    private static MessageBytes entry(long address, long size, long[] parents, int... bytes) {
        MessageBytes entry =
                new MessageBytes().u8(7, 0, 1, 0).u16(0, 0, parents.length).u32(3);
        return entry.address(address).length(size).address(parents).u8(bytes);
    }

    private static MessageBytes two() {
        return image(0, entry(100, 3, new long[] {1, 2}, 11, 12, 13), entry(200, 2, new long[0], 21, 22));
    }

    @Test
    void whatItHoldsReplacesWhatStandsInTheFile() {
        CacheImage image = VERIFYING.apply(two().cursor());
        assertFalse(image.isEmpty());
        byte[] bytes = new byte[105];
        image.overlay(98, bytes);
        assertArrayEquals(new byte[] {0, 0, 11, 12, 13, 0}, java.util.Arrays.copyOf(bytes, 6));
        assertArrayEquals(new byte[] {0, 21, 22}, java.util.Arrays.copyOfRange(bytes, 101, 104));
        byte[] part = new byte[2];
        image.overlay(102, part);
        assertArrayEquals(new byte[] {13, 0}, part);
        byte[] before = new byte[1];
        image.overlay(100, before);
        assertArrayEquals(new byte[] {11}, before);
    }

    @Test
    void anEmptyOneReplacesNothing() {
        assertTrue(VERIFYING.apply(image(0).cursor()).isEmpty());
        assertTrue(CacheImage.none().isEmpty());
        byte[] bytes = {5};
        CacheImage.none().overlay(0, bytes);
        assertArrayEquals(new byte[] {5}, bytes);
    }

    @Test
    void refusesEveryPrefixAndEveryDamage() {
        refusesEveryPrefix(two(), VERIFYING);
        refusesEveryPrefix(two(), TRUSTING);
        damageEndsInATypedError(two(), TRUSTING);
        malformed(new MessageBytes().add(image(0)).u8(0), VERIFYING);
    }

    @Test
    void refusesEntriesWithoutAPlaceOrBytes() {
        malformed(image(0, entry(-1, 1, new long[0], 9)), VERIFYING);
        malformed(image(0, entry(100, 0, new long[0])), VERIFYING);
    }

    @Test
    void sizesAboveWhatIsThereAllocateNothing() {
        refusesWithoutAllocating(image(0, entry(100, Long.MAX_VALUE, new long[0], 9)), VERIFYING);
        refusesWithoutAllocating(image(0, entry(100, 0x7fff_ffff, new long[0], 9)), VERIFYING);
        MessageBytes counted = new MessageBytes()
                .text("MDCI")
                .u8(0, 0)
                .length(22)
                .u32(0xffff_ffffL)
                .checksum();
        refusesWithoutAllocating(counted, VERIFYING);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(image(1), VERIFYING);
    }
}
