// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A value is not one of the type into which it was to be converted.
 *
 * <pre>{@code
 * try {
 *     int[] counts = file.read("/gt1l/heights/delta_time").toInts();
 * } catch (InexactValueException e) {
 *     System.out.println("the first that is no int: element " + e.index());
 * }
 * }</pre>
 */
public final class InexactValueException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final int index;

    private InexactValueException(int index, String message) {
        super(message);
        this.index = index;
    }

    /** Makes the failure for element {@code index} of an array. */
    static InexactValueException of(H5Array array, int index, String target) {
        String place = "element " + index;
        if (array.shape().rank() > 1) {
            place += " of shape " + array.shape();
        }
        H5Array one = array.copyOfRange(index, index + 1).withShape(Shape.scalar());
        return new InexactValueException(index, place + " is not exactly " + target + ": " + one);
    }

    /** Returns the index of the value, the first such one, in row-major order. */
    public int index() {
        return index;
    }
}
