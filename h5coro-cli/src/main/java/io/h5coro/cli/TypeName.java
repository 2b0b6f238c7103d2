// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.stream.Collectors;

/** Types in a word: int32, float64, string, {a: int8, b: uint16[3]}. */
final class TypeName {
    private static final int MOST_MEMBERS = 8;

    private TypeName() {}

    static String of(ElementType type) {
        if (type instanceof IntegerType integer) {
            return (integer.signed() ? "int" : "uint") + 8 * integer.size();
        }
        if (type instanceof FloatType floating) {
            return "float" + 8 * floating.size();
        }
        if (type instanceof StringType string) {
            return string.variable() ? "string" : "string[" + string.size() + "]";
        }
        if (type instanceof BitfieldType bits) {
            return "bits" + 8 * bits.size();
        }
        if (type instanceof OpaqueType opaque) {
            return "opaque[" + opaque.size() + "]";
        }
        if (type instanceof EnumType enumeration) {
            return enumeration.isBoolean() ? "bool" : "enum(" + of(enumeration.base()) + ")";
        }
        if (type instanceof ArrayType array) {
            return of(array.base()) + array.shape().toString().replace('(', '[').replaceAll(",?\\)", "]");
        }
        if (type instanceof SequenceType sequence) {
            return "sequence(" + of(sequence.base()) + ")";
        }
        if (type instanceof ComplexType complex) {
            return "complex" + 8 * complex.size();
        }
        if (type instanceof CompoundType compound) {
            return compound(compound);
        }
        return type instanceof ReferenceType ? "reference" : "time" + 8 * type.size();
    }

    private static String compound(CompoundType type) {
        String members = type.members().stream()
                .limit(MOST_MEMBERS)
                .map(m -> m.name() + ": " + of(m.type()))
                .collect(Collectors.joining(", "));
        return "{" + members + (type.members().size() > MOST_MEMBERS ? ", ..." : "") + "}";
    }
}
