// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import io.h5coro.model.TimeType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types in DDL; expected is h5dump's text. */
final class TypeTextTest {
    private static final IntegerType I4 = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    private static String text(ElementType type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Sink out = Sink.to(bytes);
        Style style = Style.of(80, new Style.Elements(false, false, false, CFormat.GENERAL));
        Page page = new Page(out, style, 3);
        page.newLine();
        ByteText text = new ByteText().add("TYPE ");
        TypeText.add(page, text, type);
        page.put(text, 0, 0);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8).replaceFirst("^\nTYPE ", "");
    }

    private static IntegerType integer(int size, int offset, int precision, BitPadding high) {
        return new IntegerType(size, Order.LITTLE_ENDIAN, true, offset, precision, BitPadding.ZERO, high);
    }

    @Test
    void integersOfTheLibraryHaveNames() {
        assertEquals("H5T_STD_I32LE", text(I4));
        assertEquals("H5T_STD_U64BE", text(IntegerType.of(8, Order.BIG_ENDIAN, false)));
        assertEquals("H5T_STD_I8BE", text(IntegerType.of(1, Order.BIG_ENDIAN, true)));
    }

    @Test
    void otherIntegersAreDescribed() {
        assertEquals("32-bit little-endian integer 12-bit precision", text(integer(4, 0, 12, BitPadding.ZERO)));
        assertEquals("32-bit little-endian integer 32-bit precision", text(integer(4, 0, 32, BitPadding.ONE)));
        assertEquals(
                "24-bit big-endian unsigned integer 24-bit precision",
                text(IntegerType.of(3, Order.BIG_ENDIAN, false)));
        assertEquals("8-bit integer 5-bit precision", text(integer(1, 2, 5, BitPadding.ZERO)));
    }

    @Test
    void floatingPointNumbers() {
        assertEquals("H5T_IEEE_F16LE", text(FloatType.ieee(2, Order.LITTLE_ENDIAN)));
        assertEquals("H5T_IEEE_F64BE", text(FloatType.ieee(8, Order.BIG_ENDIAN)));
        assertEquals("128-bit little-endian floating-point 80-bit precision", text(WideFloatTest.EXTENDED));
        assertEquals("H5T_COMPLEX { H5T_IEEE_F32LE }", text(new ComplexType(FloatType.ieee(4, Order.LITTLE_ENDIAN))));
    }

    @Test
    void bitFieldsTimesAndReferences() {
        assertEquals(
                "H5T_STD_B16BE", text(new BitfieldType(2, Order.BIG_ENDIAN, 0, 16, BitPadding.ZERO, BitPadding.ZERO)));
        assertEquals(
                "undefined bitfield",
                text(new BitfieldType(2, Order.BIG_ENDIAN, 0, 9, BitPadding.ZERO, BitPadding.ZERO)));
        assertEquals("H5T_TIME: not yet implemented", text(new TimeType(4, Order.LITTLE_ENDIAN, 32)));
        assertEquals("H5T_REFERENCE { H5T_STD_REF_OBJECT }", text(new ReferenceType(8, ReferenceType.Kind.OBJECT)));
        assertEquals("H5T_REFERENCE { H5T_STD_REF_DSETREG }", text(new ReferenceType(12, ReferenceType.Kind.REGION)));
        assertEquals("H5T_REFERENCE { H5T_STD_REF }", text(new ReferenceType(64, ReferenceType.Kind.ATTRIBUTE)));
    }

    @Test
    void arraysAndSequencesWrapTheirBase() {
        assertEquals("H5T_ARRAY { [3][2] H5T_STD_I32LE }", text(new ArrayType(I4, Shape.of(3, 2))));
        assertEquals(
                "H5T_VLEN { H5T_ARRAY { [2] H5T_STD_I32LE } }",
                text(new SequenceType(16, new ArrayType(I4, Shape.of(2)))));
    }

    @Test
    void textTakesLinesOfItsOwn() {
        assertEquals(
                """
                H5T_STRING {
                   STRSIZE 5;
                   STRPAD H5T_STR_SPACEPAD;
                   CSET H5T_CSET_ASCII;
                   CTYPE H5T_C_S1;
                }""", text(new StringType(5, false, StringType.Padding.SPACE_PADDED, StringType.CharacterSet.ASCII)));
        assertEquals("""
                H5T_OPAQUE {
                   OPAQUE_TAG "a tag";
                }""", text(new OpaqueType(3, "a tag")));
    }

    @Test
    void membersStandOnLinesWithTheirNames() {
        EnumType named =
                new EnumType(I4, List.of(new EnumType.Member("RED", 0), new EnumType.Member("A_NAME_OF_18_BYTES", -1)));
        assertEquals(
                """
                H5T_COMPOUND {
                   H5T_STD_I32LE "i";
                   H5T_ENUM {
                      H5T_STD_I32LE;
                      "RED"              0;
                      "A_NAME_OF_18_BYTES" -1;
                   } "e";
                }""",
                text(new CompoundType(
                        8, List.of(new CompoundType.Member("i", 0, I4), new CompoundType.Member("e", 4, named)))));
    }

    @Test
    void dataspaces() {
        assertEquals("DATASPACE  SCALAR", TypeText.dataspace(Dataspace.scalar()));
        assertEquals("DATASPACE  NULL", TypeText.dataspace(Dataspace.none()));
        assertEquals("DATASPACE  SIMPLE { ( 2, 3 ) / ( 2, 3 ) }", TypeText.dataspace(Dataspace.simple(Shape.of(2, 3))));
        Dataspace growing = new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2, 3), new long[] {Dataspace.UNLIMITED, 5});
        assertEquals("DATASPACE  SIMPLE { ( 2, 3 ) / ( H5S_UNLIMITED, 5 ) }", TypeText.dataspace(growing));
    }
}
