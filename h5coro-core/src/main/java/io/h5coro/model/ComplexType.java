// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A complex number in rectangular form (class 11): real part, then imaginary part. Immutable.
 *
 * @param base type of each part
 */
public record ComplexType(FloatType base) implements ElementType {
    @Override
    public int size() {
        return 2 * base.size();
    }
}
