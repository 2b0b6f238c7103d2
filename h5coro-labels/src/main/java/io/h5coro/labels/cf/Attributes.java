// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.StringArray;
import java.util.Optional;

/**
 * The attributes of one object as decoding needs them: texts and numbers by name, or an error that names object and
 * attribute.
 */
public interface Attributes {
    /** Returns the values of an attribute; empty when the object has none of that name. */
    Optional<H5Array> values(String name);

    /** Returns the object that has the attributes. */
    Where where();

    /** Returns an attribute that is one text; empty when there is none or it is something else. */
    default Optional<String> text(String name) {
        return values(name)
                .filter(values -> values.length() == 1 && values instanceof StringArray)
                .map(values -> values.getString(0));
    }

    /**
     * Returns an attribute that must be one number.
     *
     * @throws MalformedFileException when it is something else
     */
    default Optional<H5Array> number(String name) {
        Optional<H5Array> values = values(name);
        values.ifPresent(found -> {
            if (found.length() != 1 || !isNumeric(found)) {
                throw malformed(name, "one number", found);
            }
        });
        return values;
    }

    /** Returns the failure of an attribute that is not what it must be. */
    default MalformedFileException malformed(String name, String expected, H5Array found) {
        return new MalformedFileException(
                where(),
                "attribute '" + name + "' is " + found.type().shortName() + " of shape " + found.shape() + ", expected "
                        + expected);
    }

    /** Returns whether elements are numbers that arithmetic works on. */
    static boolean isNumeric(H5Array values) {
        return isNumeric(values.type());
    }

    /** Returns whether elements of a type are numbers that arithmetic works on. */
    static boolean isNumeric(ElementType type) {
        return type instanceof IntegerType || type instanceof FloatType || type instanceof EnumType;
    }
}
