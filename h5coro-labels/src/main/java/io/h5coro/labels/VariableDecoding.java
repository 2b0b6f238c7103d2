// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.Where;
import io.h5coro.labels.cf.Attributes;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.cf.CfOptions;
import io.h5coro.model.H5Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a variable are decoded. Its decoder is made when it is first asked for, so that wrong attributes of
 * one variable do not matter to others. Immutable.
 *
 * @param scanned the variable
 * @param joins whether the last dimension is that of the characters of texts
 * @param bounded the variable whose cells this one is the bounds of: it lends its units; null where there is none
 */
record VariableDecoding(
        ScannedDataset scanned, boolean joins, @Nullable ScannedDataset bounded, CfOptions options) {
    CfDecoder decoder() {
        Attributes attributes =
                bounded == null ? scanned.attributes() : lent(scanned.attributes(), bounded.attributes());
        int joined = joins
                ? Math.toIntExact(scanned.shape().dimension(scanned.shape().rank() - 1))
                : -1;
        return new CfDecoder(attributes, scanned.dataset().type(), joined, options);
    }

    private static Attributes lent(Attributes own, Attributes lender) {
        return new Attributes() {
            @Override
            public Optional<H5Array> values(String name) {
                boolean lends = name.equals("units") || name.equals("calendar");
                Optional<H5Array> values = own.values(name);
                return lends && values.isEmpty() ? lender.values(name) : values;
            }

            @Override
            public Where where() {
                return own.where();
            }
        };
    }

    static ValueKind kind(CfDecoder.Result result) {
        return switch (result) {
            case ARRAY -> ValueKind.ARRAY;
            case TIMES -> ValueKind.TIMES;
            case DURATIONS -> ValueKind.DURATIONS;
        };
    }
}
