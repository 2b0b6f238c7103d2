// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkMessageTest {
    private static final StoredText NAME = StoredText.of("abc");

    private static void is(Link expected, MessageBytes message) {
        parses(expected, message, LinkMessage::parse);
    }

    /** A link of a type other than hard, its name of one byte of length. */
    private static MessageBytes typed(int type) {
        return new MessageBytes().u8(1, 0x08, type, 3).text("abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void readsAHardLinkInTheFilesWidth(int width) {
        is(
                new Link.Hard(NAME, Link.NO_ORDER, 0x1c0),
                new MessageBytes(width, 8).u8(1, 0, 3).text("abc").address(0x1c0));
    }

    @Test
    void readsEveryWidthOfTheNamesLength() {
        is(
                new Link.Hard(NAME, -1, 8),
                new MessageBytes().u8(1, 1).u16(3).text("abc").address(8));
        is(
                new Link.Hard(NAME, -1, 8),
                new MessageBytes().u8(1, 2).u32(3).text("abc").address(8));
        is(
                new Link.Hard(NAME, -1, 8),
                new MessageBytes().u8(1, 3).u64(3).text("abc").address(8));
    }

    @Test
    void readsTypeOrderAndCharacterSetInTheirOrder() {
        MessageBytes all = new MessageBytes()
                .u8(1, 0x1c, 0)
                .u64(77)
                .u8(1)
                .u8(3)
                .text("abc")
                .address(0x40);
        is(new Link.Hard(NAME, 77, 0x40), all);
    }

    @Test
    void readsSoftLinks() {
        StoredText target = StoredText.of("/a/b c");
        is(new Link.Soft(NAME, -1, target), typed(1).u16(6).text("/a/b c"));
    }

    @Test
    void readsExternalLinks() {
        Link expected = new Link.External(NAME, -1, StoredText.of("f.h5"), StoredText.of("/x"));
        is(expected, typed(64).u16(9).u8(0).name("f.h5").name("/x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 200, 255})
    void readsUserDefinedLinksAsSuch(int type) {
        is(new Link.UserDefined(NAME, -1, type), typed(type).u16(4).u32(9));
        is(new Link.UserDefined(NAME, -1, type), typed(type).u16(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 63})
    void refusesReservedTypes(int type) {
        malformed(typed(type).u16(4).u32(9), LinkMessage::parse);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x40, 0x80})
    void refusesFlagsThatDoNotExist(int flags) {
        malformed(new MessageBytes().u8(1, flags, 3).text("abc").address(8), LinkMessage::parse);
    }

    @Test
    void refusesCharacterSetsThatDoNotExist() {
        malformed(new MessageBytes().u8(1, 0x10, 2, 3).text("abc").address(8), LinkMessage::parse);
    }

    @Test
    void refusesNamesAndValuesOfNoBytes() {
        malformed(new MessageBytes().u8(1, 0, 0).address(8), LinkMessage::parse);
        malformed(typed(1).u16(0), LinkMessage::parse);
        malformed(typed(64).u16(0), LinkMessage::parse);
    }

    @Test
    void refusesExternalLinksWithoutTheirTwoNames() {
        malformed(typed(64).u16(5).u8(0).text("f.h5"), LinkMessage::parse);
        malformed(typed(64).u16(8).u8(0).name("f.h5").text("/x"), LinkMessage::parse);
        unsupported(typed(64).u16(9).u8(0x10).name("f.h5").name("/x"), LinkMessage::parse);
    }

    @Test
    void aNameLongerThanTheMessageAllocatesNothing() {
        refusesWithoutAllocating(new MessageBytes().u8(1, 2).u32(0x7fff_ffff).text("abc"), LinkMessage::parse);
        refusesWithoutAllocating(new MessageBytes().u8(1, 3).u64(Long.MAX_VALUE).text("abc"), LinkMessage::parse);
        refusesWithoutAllocating(new MessageBytes().u8(1, 3).u64(-1).text("abc"), LinkMessage::parse);
        refusesWithoutAllocating(typed(1).u16(0xffff).text("/a"), LinkMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 0, 3).text("abc").address(8), LinkMessage::parse);
        unsupported(new MessageBytes().u8(2, 0, 3).text("abc").address(8), LinkMessage::parse);
    }
}
