// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A complex number in rectangular form (class 11): real part, then imaginary part. Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof ComplexType complex) {
 *     System.out.println("two parts of type " + complex.base().shortName());
 * }
 * }</pre>
 *
 * @param base type of each part
 */
public record ComplexType(FloatType base) implements ElementType {
    @Override
    public int size() {
        return 2 * base.size();
    }
}
