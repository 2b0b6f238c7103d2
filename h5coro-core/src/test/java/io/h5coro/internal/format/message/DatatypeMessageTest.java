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
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.FloatType.Normalization;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import io.h5coro.model.StringType.CharacterSet;
import io.h5coro.model.StringType.Padding;
import io.h5coro.model.TimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatatypeMessageTest {
    private static void is(ElementType expected, MessageBytes message) {
        parses(expected, message, DatatypeMessage::parse);
    }

    private static void refused(MessageBytes message) {
        malformed(message, DatatypeMessage::parse);
    }

    /** Class bits: 0 order, 1 low padding, 2 high padding, 3 signed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void readsIntegersOfEveryVersion(int version) {
        is(
                IntegerType.of(4, Order.LITTLE_ENDIAN, true),
                head(0, version, 0x08, 4).u16(0, 32));
        is(
                new IntegerType(4, Order.BIG_ENDIAN, false, 3, 17, BitPadding.ONE, BitPadding.ZERO),
                head(0, version, 0x03, 4).u16(3, 17));
        is(
                new IntegerType(2, Order.LITTLE_ENDIAN, true, 0, 16, BitPadding.ZERO, BitPadding.ONE),
                head(0, version, 0x0c, 2).u16(0, 16));
    }

    @Test
    void readsBitfields() {
        is(
                new BitfieldType(2, Order.BIG_ENDIAN, 1, 12, BitPadding.ZERO, BitPadding.ONE),
                head(4, 1, 0x05, 2).u16(1, 12));
    }

    /** Class bits: 0 and 6 order, 1 to 3 paddings, 4 and 5 normalization, 8 to 15 place of the sign. */
    @Test
    void readsFloatingPointNumbers() {
        is(FloatType.ieee(4, Order.LITTLE_ENDIAN), float32());
        is(
                FloatType.ieee(8, Order.BIG_ENDIAN),
                head(1, 3, 0x3f21, 8).u16(0, 64).u8(52, 11, 0, 52).u32(1023));
        is(
                FloatType.ieee(2, Order.LITTLE_ENDIAN),
                head(1, 1, 0x0f20, 2).u16(0, 16).u8(10, 5, 0, 10).u32(15));
    }

    @Test
    void readsFloatingPointFieldsThatAreNotIeee() {
        FloatType expected = new FloatType(
                4,
                Order.VAX,
                2,
                24,
                BitPadding.ONE,
                BitPadding.ZERO,
                BitPadding.ONE,
                Normalization.MSB_SET,
                25,
                17,
                8,
                2,
                15,
                0xffff_ffffL);
        is(expected, head(1, 3, 0x195b, 4).u16(2, 24).u8(17, 8, 2, 15).u32(0xffff_ffffL));
    }

    /** As H5O__dtype_decode_helper does. */
    @Test
    void theBitOfTheVaxOrderCountsFromVersionThreeOn() {
        is(
                FloatType.ieee(8, Order.BIG_ENDIAN),
                head(1, 2, 0x3f61, 8).u16(0, 64).u8(52, 11, 0, 52).u32(1023));
        is(
                FloatType.ieee(8, Order.LITTLE_ENDIAN),
                head(1, 1, 0x3f60, 8).u16(0, 64).u8(52, 11, 0, 52).u32(1023));
        refused(head(1, 3, 0x3f60, 8).u16(0, 64).u8(52, 11, 0, 52).u32(1023));
    }

    @Test
    void refusesNumbersInVaxOrderThatAreNoWords() {
        refused(head(1, 3, 0x1f61, 7).u16(0, 32).u8(23, 8, 0, 23).u32(129));
        refused(head(1, 3, 0x1f61, 5).u16(0, 32).u8(23, 8, 0, 23).u32(129));
    }

    @Test
    void refusesFloatingPointFieldsOutsideTheNumber() {
        refused(head(1, 1, 0x2020, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(25, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(23, 8, 10, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(23, 0, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(23, 8, 0, 0).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(1, 32).u8(23, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(2, 24).u8(17, 8, 0, 15).u32(127));
    }

    /** Sign, exponent and mantissa two by two; each is inside of the number. */
    @Test
    void refusesFloatingPointFieldsThatShareBits() {
        refused(head(1, 1, 0x1720, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1620, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(22, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f20, 4).u16(0, 32).u8(23, 8, 7, 17).u32(127));
    }

    @Test
    void refusesOrdersAndNormalizationsThatDoNotExist() {
        refused(head(1, 3, 0x1f60, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127));
        refused(head(1, 1, 0x1f30, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127));
    }

    @Test
    void refusesNumbersWithoutBitsOrWithMoreThanTheirBytesHave() {
        for (int kind : new int[] {0, 4}) {
            refused(head(kind, 1, 0, 4).u16(0, 0));
            refused(head(kind, 1, 0, 4).u16(0, 33));
            refused(head(kind, 1, 0, 4).u16(1, 32));
            refused(head(kind, 1, 0, 4).u16(0xffff, 0xffff));
            refused(head(kind, 1, 0, 0).u16(0, 8));
        }
    }

    @Test
    void readsTimes() {
        is(new TimeType(4, Order.BIG_ENDIAN, 32), head(2, 1, 1, 4).u16(32));
        refused(head(2, 1, 1, 0).u16(32));
    }

    @Test
    void readsStringsOfFixedLength() {
        is(new StringType(5, false, Padding.NULL_TERMINATED, CharacterSet.ASCII), head(3, 1, 0x00, 5));
        is(new StringType(5, false, Padding.NULL_PADDED, CharacterSet.UTF_8), head(3, 1, 0x11, 5));
        is(new StringType(9, false, Padding.SPACE_PADDED, CharacterSet.ASCII), head(3, 3, 0x02, 9));
        refused(head(3, 1, 0x03, 5));
        refused(head(3, 1, 0x20, 5));
    }

    @Test
    void readsOpaqueTypesWithTheirTag() {
        is(new OpaqueType(12, "raw"), head(5, 1, 8, 12).text("raw").zeros(5));
        is(new OpaqueType(12, "rawbytes"), head(5, 1, 8, 12).text("rawbytes"));
        is(new OpaqueType(1, ""), head(5, 1, 0, 1));
        refused(head(5, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, OBJECT, 8",
        "1, REGION, 12",
        "0x12, REVISED_OBJECT, 18",
        "0x13, REVISED_REGION, 18",
        "0x14, ATTRIBUTE, 18"
    })
    void readsReferences(String bits, ReferenceType.Kind kind, int size) {
        is(new ReferenceType(size, kind), head(7, 1, Integer.decode(bits), size));
    }

    @Test
    void refusesReferencesThatDoNotExist() {
        refused(head(7, 1, 0x15, 8));
        refused(head(7, 1, 0x00, 0));
        refused(head(7, 1, 0x00, 40));
        refused(head(7, 1, 0x01, 8));
        refused(head(7, 4, 0x12, 12));
        refused(head(7, 4, 0x13, 1042));
        refused(head(7, 4, 0x14, 64));
        unsupported(head(7, 4, 0x02, 18), DatatypeMessage::parse);
        unsupported(head(7, 4, 0x23, 18), DatatypeMessage::parse);
    }

    /**
     * An element is a length(4), a collection's address and an index(4); bits 0-3 kind, 4-7 padding, 8-11 character
     * set.
     */
    @Test
    void readsVariableLengthTypes() {
        is(
                new SequenceType(16, IntegerType.of(2, Order.LITTLE_ENDIAN, false)),
                head(9, 1, 0, 16).add(integer(2, false)));
        is(
                new StringType(16, true, Padding.NULL_PADDED, CharacterSet.UTF_8),
                head(9, 1, 0x111, 16).add(integer(1, false)));
        is(
                new SequenceType(16, new SequenceType(16, IntegerType.of(8, Order.LITTLE_ENDIAN, true))),
                head(9, 3, 0, 16).add(head(9, 1, 0, 16)).add(integer(8, true)));
    }

    /** libhdf5 takes the length times the size of the base type. */
    @Test
    void charactersOfVariableLengthStringsAreBytes() {
        refused(head(9, 1, 0x111, 16).add(integer(2, false)));
        refused(head(9, 1, 1, 16).add(head(5, 1, 0, 5).zeros(8)));
    }

    @Test
    void variableLengthElementsAreAsLongAsTheFilesAddressesMakeThem() {
        MessageBytes narrow = new MessageBytes(4, 4).u8(0x19).u24(0).u32(12).add(integer(2, false));
        assertEquals(12, DatatypeMessage.parse(narrow.cursor()).size());
        refused(head(9, 1, 0, 12).add(integer(2, false)));
        refused(head(9, 1, 2, 16).add(integer(2, false)));
        refused(head(9, 1, 0x031, 16).add(integer(1, false)));
        refused(head(9, 1, 0x201, 16).add(integer(1, false)));
    }

    @Test
    void readsArraysWhosePermutationEndedWithVersion2() {
        ArrayType expected = new ArrayType(IntegerType.of(2, Order.LITTLE_ENDIAN, true), Shape.of(3, 5));
        is(expected, head(10, 2, 0, 30).u8(2).zeros(3).u32(3, 5).u32(0, 1).add(integer(2, true)));
        is(expected, head(10, 3, 0, 30).u8(2).u32(3, 5).add(integer(2, true)));
        is(expected, head(10, 4, 0, 30).u8(2).u32(3, 5).add(integer(2, true)));
    }

    @Test
    void refusesArraysWhoseSizeIsNotThatOfTheirElements() {
        refused(head(10, 3, 0, 28).u8(2).u32(3, 5).add(integer(2, true)));
        refused(head(10, 3, 0, 0).u8(1).u32(0).add(integer(2, true)));
        refused(head(10, 3, 0, 2).u8(0).add(integer(2, true)));
        refused(head(10, 3, 0, 0).u8(2).u32(0xffff_ffffL, 0xffff_ffffL).add(integer(2, true)));
        refused(head(10, 3, 0, 4).u8(33).zeros(4 * 33).add(integer(2, true)));
        refusesWithoutAllocating(head(10, 3, 0, 4).u8(32).u32(1, 1), DatatypeMessage::parse);
    }

    /** HDF5 2.0: bit 0 homogeneous, bits 1 and 2 the form, 0 rectangular. */
    @Test
    void readsComplexNumbers() {
        is(
                new ComplexType(FloatType.ieee(4, Order.LITTLE_ENDIAN)),
                head(11, 5, 1, 8).add(float32()));
        unsupported(head(11, 5, 0, 8).add(float32()), DatatypeMessage::parse);
        unsupported(head(11, 5, 3, 8).add(float32()), DatatypeMessage::parse);
        refused(head(11, 5, 1, 12).add(float32()));
        refused(head(11, 5, 1, 8).add(integer(4, true)));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14, 15})
    void refusesClassesThatDoNotExist(int kind) {
        refused(head(kind, 3, 0, 8).zeros(40));
    }

    @Test
    void refusesOtherVersionsAndSizesThatNoArrayHas() {
        unsupported(head(0, 6, 8, 4).u16(0, 32), DatatypeMessage::parse);
        unsupported(head(0, 15, 8, 4).u16(0, 32), DatatypeMessage::parse);
        refusesWithoutAllocating(head(3, 1, 0, 0x8000_0000L), DatatypeMessage::parse);
        refusesWithoutAllocating(head(5, 1, 8, 0xffff_ffffL).zeros(8), DatatypeMessage::parse);
    }

    @Test
    void typesWithinTypesEndBeforeTheStackDoes() {
        MessageBytes deep = new MessageBytes();
        for (int i = 0; i < 20_000; i++) {
            deep.add(head(9, 1, 0, 16));
        }
        refused(deep.add(integer(4, true)));
        MessageBytes plausible = new MessageBytes();
        for (int i = 0; i < 30; i++) {
            plausible.add(head(9, 1, 0, 16));
        }
        is(DatatypeMessage.parse(plausible.add(integer(4, true)).cursor()), plausible);
    }
}
