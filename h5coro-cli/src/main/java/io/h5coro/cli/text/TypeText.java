// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Datatypes and dataspaces in DDL, over as many lines as they take. */
public final class TypeText {
    /** Columns that the names of an enumeration are filled up to, with one blank behind. */
    private static final int NAME_WIDTH = 16;

    private final Page page;
    /** The line under way. Invariant: the page has all lines before it. */
    private final ByteText text;

    private TypeText(Page page, ByteText text) {
        this.page = page;
        this.text = text;
    }

    /** Writes all lines of a type but the last, which stays in {@code text} for its caller to end. */
    public static void add(Page page, ByteText text, ElementType type) {
        new TypeText(page, text).add(type);
    }

    /** A line with a dataspace's extent. */
    public static String dataspace(Dataspace space) {
        return switch (space.kind()) {
            case NULL -> "DATASPACE  NULL";
            case SCALAR -> "DATASPACE  SCALAR";
            case SIMPLE ->
                "DATASPACE  SIMPLE { ( " + lengths(space.shape().dimensions()) + " ) / ( " + lengths(space.maximum())
                        + " ) }";
        };
    }

    /** Returns the lengths of dimensions, as in "10, H5S_UNLIMITED". */
    private static String lengths(long[] dimensions) {
        return LongStream.of(dimensions)
                .mapToObj(d -> d == Dataspace.UNLIMITED ? "H5S_UNLIMITED" : Long.toString(d))
                .collect(Collectors.joining(", "));
    }

    private void add(ElementType type) {
        if (type instanceof StringType string) {
            string(string);
        } else if (type instanceof OpaqueType opaque) {
            begin("H5T_OPAQUE {");
            line("OPAQUE_TAG \"" + page.oneLine(opaque.tag()) + "\";");
            end("}");
        } else if (type instanceof CompoundType compound) {
            begin("H5T_COMPOUND {");
            for (CompoundType.Member member : compound.members()) {
                page.newLine();
                text.clear();
                add(member.type());
                text.add(" \"").add(page.oneLine(member.storedName().exact())).add("\";");
                page.put(text);
            }
            end("}");
        } else if (type instanceof EnumType enumeration) {
            enumeration(enumeration);
        } else if (type instanceof SequenceType sequence) {
            wrapped("H5T_VLEN { ", sequence.base());
        } else if (type instanceof ComplexType complex) {
            wrapped("H5T_COMPLEX { ", complex.base());
        } else if (type instanceof ArrayType array) {
            wrapped(
                    "H5T_ARRAY { "
                            + LongStream.of(array.shape().dimensions())
                                    .mapToObj(d -> "[" + d + "]")
                                    .collect(Collectors.joining("", "", " ")),
                    array.base());
        } else {
            text.add(simple(type));
        }
    }

    private void wrapped(String before, ElementType base) {
        text.add(before);
        add(base);
        text.add(" }");
    }

    private void begin(String first) {
        text.add(first);
        page.put(text);
        page.deeper();
    }

    private void line(String content) {
        page.line(text.clear().add(content));
    }

    /** Ends a block: its last line stays in the text, since a member's name or a semicolon may follow. */
    private void end(String last) {
        page.back();
        page.newLine();
        text.clear().add(last);
    }

    private void string(StringType type) {
        begin("H5T_STRING {");
        line("STRSIZE " + (type.variable() ? "H5T_VARIABLE" : Integer.toString(type.size())) + ";");
        line("STRPAD "
                + switch (type.padding()) {
                    case NULL_TERMINATED -> "H5T_STR_NULLTERM;";
                    case NULL_PADDED -> "H5T_STR_NULLPAD;";
                    case SPACE_PADDED -> "H5T_STR_SPACEPAD;";
                });
        line(type.charset() == StringType.CharacterSet.UTF_8 ? "CSET H5T_CSET_UTF8;" : "CSET H5T_CSET_ASCII;");
        line("CTYPE H5T_C_S1;");
        end("}");
    }

    private void enumeration(EnumType type) {
        begin("H5T_ENUM {");
        page.newLine();
        text.clear();
        add(type.base());
        text.add(";");
        page.put(text);
        for (EnumType.Member member : type.members()) {
            text.clear().add('"').add(page.oneLine(member.storedName().exact())).add('"');
            int padding = Math.max(NAME_WIDTH - (text.length() - 2), 0) + 1;
            text.add(" ".repeat(padding));
            text.add(type.base().signed() ? Long.toString(member.value()) : Long.toUnsignedString(member.value()));
            text.add(';');
            page.newLine();
            page.begin();
            page.put(text);
        }
        end("}");
    }

    /** A type of one word or line. */
    private static String simple(ElementType type) {
        if (type instanceof IntegerType integer) {
            return integer(integer);
        }
        if (type instanceof FloatType floating) {
            return floating(floating);
        }
        if (type instanceof BitfieldType bits) {
            boolean named = isNativeSize(bits.size())
                    && bits.offset() == 0
                    && bits.precision() == 8 * bits.size()
                    && bits.lowPadding() == ElementType.BitPadding.ZERO
                    && bits.highPadding() == ElementType.BitPadding.ZERO;
            return named ? "H5T_STD_B" + 8 * bits.size() + suffix(bits.order()) : "undefined bitfield";
        }
        if (type instanceof ReferenceType reference) {
            return "H5T_REFERENCE { "
                    + switch (reference.kind()) {
                        case OBJECT -> "H5T_STD_REF_OBJECT";
                        case REGION -> "H5T_STD_REF_DSETREG";
                        case REVISED_OBJECT, REVISED_REGION, ATTRIBUTE -> "H5T_STD_REF";
                    }
                    + " }";
        }
        // The words of h5dump, which cannot show this type; the API reads its values as integers.
        return "H5T_TIME: not yet implemented";
    }

    private static String integer(IntegerType type) {
        if (isNativeSize(type.size())
                && type.isPlain()
                && type.lowPadding() == ElementType.BitPadding.ZERO
                && type.highPadding() == ElementType.BitPadding.ZERO) {
            return "H5T_STD_" + (type.signed() ? "I" : "U") + 8 * type.size() + suffix(type.order());
        }
        return 8 * type.size() + "-bit" + order(type.size(), type.order()) + (type.signed() ? "" : " unsigned")
                + " integer " + type.precision() + "-bit precision";
    }

    private static String floating(FloatType type) {
        boolean zeros = type.lowPadding() == ElementType.BitPadding.ZERO
                && type.highPadding() == ElementType.BitPadding.ZERO
                && type.internalPadding() == ElementType.BitPadding.ZERO;
        if (zeros && type.isIeee()) {
            return "H5T_IEEE_F" + 8 * type.size() + suffix(type.order());
        }
        if (type.order() == ElementType.Order.VAX && zeros && type.exponentBias() == 0x81 && type.size() == 4) {
            return "H5T_VAX_F32";
        }
        if (type.order() == ElementType.Order.VAX && zeros && type.exponentBias() == 0x401 && type.size() == 8) {
            return "H5T_VAX_F64";
        }
        return 8 * type.size() + "-bit" + order(type.size(), type.order()) + " floating-point " + type.precision()
                + "-bit precision";
    }

    /** Returns whether a type of this many bytes can be one of libhdf5's named types. */
    private static boolean isNativeSize(int size) {
        return size == 1 || size == 2 || size == 4 || size == 8;
    }

    private static String suffix(ElementType.Order order) {
        return order == ElementType.Order.BIG_ENDIAN ? "BE" : "LE";
    }

    private static String order(int size, ElementType.Order order) {
        if (size <= 1) {
            return "";
        }
        return switch (order) {
            case LITTLE_ENDIAN -> " little-endian";
            case BIG_ENDIAN -> " big-endian";
            case VAX -> " mixed-endian";
        };
    }
}
