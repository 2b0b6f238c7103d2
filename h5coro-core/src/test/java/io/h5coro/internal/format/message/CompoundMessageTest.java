// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static io.h5coro.internal.format.message.TypeBytes.float32;
import static io.h5coro.internal.format.message.TypeBytes.head;
import static io.h5coro.internal.format.message.TypeBytes.integer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.CompoundType.Member;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The members of compounds and enumerations, reached through the datatype message that holds them. */
final class CompoundMessageTest {
    private static final IntegerType SHORT = IntegerType.of(2, Order.LITTLE_ENDIAN, true);
    private static final IntegerType BYTE = IntegerType.of(1, Order.LITTLE_ENDIAN, true);

    private static void is(ElementType expected, MessageBytes message) {
        parses(expected, message, DatatypeMessage::parse);
    }

    private static void refused(MessageBytes message) {
        malformed(message, DatatypeMessage::parse);
    }

    /** What follows a member's offset in version 1: rank(1) 0(3) permutation(4) 0(4) dimensions(4 x 4). */
    private static MessageBytes dimensions(int rank, long first, long second) {
        return new MessageBytes().u8(rank, 0, 0, 0).zeros(8).u32(first, second, 0, 0);
    }

    @Test
    void membersOfVersion1MayBeArrays() {
        MessageBytes message = head(6, 1, 3, 28);
        message.padded("x").u32(0).add(dimensions(0, 0, 0)).add(integer(2, true));
        message.padded("temperature").u32(4).add(dimensions(0, 0, 0)).add(float32());
        message.padded("grid").u32(8).add(dimensions(2, 2, 5)).add(integer(2, true));
        is(
                new CompoundType(
                        28,
                        List.of(
                                new Member("x", 0, SHORT),
                                new Member("temperature", 4, FloatType.ieee(4, Order.LITTLE_ENDIAN)),
                                new Member("grid", 8, new ArrayType(SHORT, Shape.of(2, 5))))),
                message);
    }

    @Test
    void namesArePaddedInVersion2AndNotFrom3On() {
        CompoundType expected =
                new CompoundType(8, List.of(new Member("x", 0, SHORT), new Member("eight888", 6, SHORT)));
        is(
                expected,
                head(6, 2, 2, 8)
                        .add(new MessageBytes().padded("x").u32(0))
                        .add(integer(2, true))
                        .add(new MessageBytes().padded("eight888").u32(6))
                        .add(integer(2, true)));
        for (int version : new int[] {3, 4, 5}) {
            is(
                    expected,
                    head(6, version, 2, 8)
                            .name("x")
                            .u8(0)
                            .add(integer(2, true))
                            .name("eight888")
                            .u8(6)
                            .add(integer(2, true)));
        }
    }

    /** As many bytes as the compound's size needs (H5VM_limit_enc_size): 255 one, 256 two, 65 536 three, 2^24 four. */
    @ParameterizedTest
    @CsvSource({"255, 1", "256, 2", "65535, 2", "65536, 3", "16777215, 3", "16777216, 4", "2147483647, 4"})
    void offsetsAreAsWideAsTheSizeNeedsFromVersion3On(int size, int width) {
        MessageBytes message = head(6, 3, 1, size).name("last");
        int offset = size - 2;
        for (int i = 0; i < width; i++) {
            message.u8(offset >> 8 * i & 0xff);
        }
        is(new CompoundType(size, List.of(new Member("last", offset, SHORT))), message.add(integer(2, true)));
    }

    @Test
    void eachNestedTypeHasAVersionOfItsOwn() {
        MessageBytes inner =
                head(6, 1, 1, 2).padded("y").u32(0).add(dimensions(0, 0, 0)).add(integer(2, true));
        MessageBytes message = head(6, 3, 1, 4).name("in").u8(2).add(inner);
        CompoundType expected = new CompoundType(2, List.of(new Member("y", 0, SHORT)));
        is(new CompoundType(4, List.of(new Member("in", 2, expected))), message);
    }

    @Test
    void refusesMembersOutsideTheCompound() {
        refused(head(6, 3, 1, 4).name("x").u8(3).add(integer(2, true)));
        refused(head(6, 3, 1, 4).name("x").u8(5).add(integer(2, true)));
        refused(head(6, 2, 1, 4).padded("x").u32(0xffff_ffffL).add(integer(2, true)));
        refused(head(6, 3, 1, 1).name("x").u8(0).add(integer(2, true)));
    }

    @Test
    void refusesCompoundsWithoutMembersOrBytesAndRanksThatDoNotExist() {
        refused(head(6, 3, 0, 4));
        refused(head(6, 3, 1, 0).name("x").u8(0).add(integer(2, true)));
        refused(head(6, 1, 1, 64).padded("x").u32(0).add(dimensions(5, 1, 1)).add(integer(2, true)));
        refused(head(6, 1, 1, 64)
                .padded("x")
                .u32(0)
                .add(dimensions(2, 0x7fff_ffff, 0x7fff_ffff))
                .add(integer(2, true)));
    }

    @Test
    void moreMembersThanAreThereAllocateNothing() {
        refusesWithoutAllocating(head(6, 3, 0xffff, 4).name("x").u8(0).add(integer(2, true)), DatatypeMessage::parse);
        refusesWithoutAllocating(head(8, 3, 0xffff, 2).add(integer(2, true)).name("x"), DatatypeMessage::parse);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void readsEnumerationsOfEveryVersion(int version) {
        MessageBytes message = head(8, version, 2, 2).add(integer(2, true));
        message = version < 3
                ? message.padded("on").padded("off")
                : message.name("on").name("off");
        is(
                new EnumType(SHORT, List.of(new EnumType.Member("on", -2), new EnumType.Member("off", 300))),
                message.u16(-2, 300));
    }

    @Test
    void enumerationValuesHaveOrderOffsetAndSignOfTheirBase() {
        MessageBytes bigEndian = head(8, 3, 1, 4).add(head(0, 1, 0x01, 4).u16(0, 32));
        assertEquals(
                0xffff_fffeL,
                first(bigEndian.name("a").u8(0xff, 0xff, 0xff, 0xfe))
                        .members()
                        .get(0)
                        .value());
        MessageBytes inTheMiddle = head(8, 3, 1, 2).add(head(0, 1, 0x08, 2).u16(4, 8));
        assertEquals(
                -1, first(inTheMiddle.name("a").u16(0xbff5)).members().get(0).value());
        MessageBytes wide = head(8, 3, 1, 16).add(head(0, 1, 0x00, 16).u16(0, 128));
        assertEquals(7, first(wide.name("a").u64(7, 0)).members().get(0).value());
        unsupported(
                head(8, 3, 1, 16)
                        .add(head(0, 1, 0x00, 16).u16(0, 128))
                        .name("a")
                        .u64(7, 1),
                DatatypeMessage::parse);
    }

    private static EnumType first(MessageBytes message) {
        return (EnumType) DatatypeMessage.parse(message.cursor());
    }

    @Test
    void readsAnEnumerationWithoutMembers() {
        is(new EnumType(BYTE, List.of()), head(8, 3, 0, 1).add(integer(1, true)));
    }

    @Test
    void refusesEnumerationsOfOtherTypesAndOtherSizes() {
        unsupported(head(8, 3, 1, 4).add(float32()).name("a").u32(0), DatatypeMessage::parse);
        refused(head(8, 3, 1, 4).add(integer(2, true)).name("a").u16(0));
    }
}
