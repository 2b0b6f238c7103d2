// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Elements as objects; {@link ArrayValues#get(int)} says of which class. Pure. */
final class BoxedValues {
    private BoxedValues() {}

    static Object of(H5Array array, int i) {
        if (array instanceof FloatArray floats) {
            return floats.values()[i];
        }
        if (array instanceof DoubleArray || array instanceof WideFloatArray) {
            return Conversions.doubleAt(array, i);
        }
        if (array instanceof StringArray strings) {
            return strings.getString(i);
        }
        if (array instanceof OpaqueArray opaque) {
            return opaque.bytes(i);
        }
        if (array instanceof CompoundArray compound) {
            return record(compound, i);
        }
        if (array instanceof ComplexArray complex) {
            return complex.parts().copyOfRange(2 * i, 2 * i + 2);
        }
        return whole(array, i);
    }

    private static Object whole(H5Array array, int i) {
        boolean unsigned = ArrayRules.isUnsigned(array.type());
        if (array instanceof ByteArray || array instanceof ShortArray || (array instanceof IntArray && !unsigned)) {
            return (int) array.getLong(i);
        }
        if (array instanceof IntArray || (array instanceof LongArray && !unsigned)) {
            return array.getLong(i);
        }
        return array.getBigInteger(i);
    }

    private static Map<String, Object> record(CompoundArray compound, int i) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<CompoundType.Member> members = compound.type().members();
        for (int k = 0; k < members.size(); k++) {
            values.put(members.get(k).name(), compound.fields().get(k).get(i));
        }
        return Collections.unmodifiableMap(values);
    }
}
