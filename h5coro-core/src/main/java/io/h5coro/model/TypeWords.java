// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/** Writes {@link ElementType#shortName()}: a type in a word or two, however many members it has. Pure. */
final class TypeWords {
    private static final int MOST_MEMBERS = 8;

    /** Beyond this length no further member is named. */
    private static final int MOST_LETTERS = 120;

    private static final int MOST_LETTERS_OF_NAME = 40;

    private final StringBuilder text = new StringBuilder();

    private TypeWords() {}

    static String of(ElementType type) {
        TypeWords words = new TypeWords();
        words.add(type);
        return words.text.toString();
    }

    private void add(ElementType type) {
        if (type instanceof CompoundType compound) {
            compound(compound);
        } else if (type instanceof ArrayType array) {
            add(array.base());
            text.append('[');
            for (int d = 0; d < array.shape().rank(); d++) {
                text.append(d == 0 ? "" : ", ").append(array.shape().dimension(d));
            }
            text.append(']');
        } else if (type instanceof SequenceType sequence) {
            text.append("vlen(");
            add(sequence.base());
            text.append(')');
        } else if (type instanceof EnumType enumeration && !enumeration.isBoolean()) {
            text.append("enum(");
            add(enumeration.base());
            text.append(')');
        } else {
            text.append(word(type));
        }
    }

    private static String word(ElementType type) {
        int bits = 8 * type.size();
        if (type instanceof IntegerType integer) {
            return (integer.signed() ? "int" : "uint") + number(type.size(), integer.order(), integer.precision());
        }
        if (type instanceof BitfieldType field) {
            return "bitfield" + number(type.size(), field.order(), field.precision());
        }
        if (type instanceof FloatType floating) {
            return floating(floating);
        }
        if (type instanceof ComplexType complex) {
            String part = floating(complex.base());
            return part.equals("float" + bits / 2) ? "complex" + bits : "complex(" + part + ")";
        }
        if (type instanceof StringType string) {
            return string.variable() ? "string" : "string[" + string.size() + "]";
        }
        if (type instanceof OpaqueType) {
            return "opaque[" + type.size() + "]";
        }
        if (type instanceof ReferenceType reference) {
            return reference(reference.kind());
        }
        return type instanceof TimeType time ? "time" + number(type.size(), time.order(), time.precision()) : "bool";
    }

    private static String number(int size, ElementType.Order order, int precision) {
        int bits = 8 * size;
        return bits + suffix(size, order) + (precision == bits ? "" : "(" + precision + " bits)");
    }

    private static String suffix(int size, ElementType.Order order) {
        if (order == ElementType.Order.VAX) {
            return "vax";
        }
        return size > 1 && order == ElementType.Order.BIG_ENDIAN ? "be" : "";
    }

    private static String floating(FloatType type) {
        String order = suffix(type.size(), type.order());
        int exponent = type.exponentSize();
        int mantissa = type.mantissaSize();
        if (type.size() == 2 && exponent == 8 && mantissa == 7) {
            return "bfloat16" + order;
        }
        boolean usual =
                type.isIeee() || order.equals("vax") || (type.size() == 16 && exponent == 15 && mantissa == 112);
        return "float" + 8 * type.size() + order + (usual ? "" : "(e" + exponent + "m" + mantissa + ")");
    }

    private static String reference(ReferenceType.Kind kind) {
        return switch (kind) {
            case OBJECT, REVISED_OBJECT -> "reference";
            case REGION, REVISED_REGION -> "region reference";
            case ATTRIBUTE -> "attribute reference";
        };
    }

    private void compound(CompoundType type) {
        text.append("compound{");
        int named = 0;
        for (CompoundType.Member member : type.members()) {
            text.append(named == 0 ? "" : ", ");
            if (named++ == MOST_MEMBERS || text.length() > MOST_LETTERS) {
                text.append('…');
                break;
            }
            text.append(VisibleText.of(member.name(), MOST_LETTERS_OF_NAME)).append(": ");
            add(member.type());
        }
        text.append('}');
    }
}
