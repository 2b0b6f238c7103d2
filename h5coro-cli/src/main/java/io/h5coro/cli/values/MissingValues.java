// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Attribute;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FillInfo;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that stand for missing ones: those of the attributes _FillValue and missing_value; without these, the fill
 * value of the dataset, if its writer gave one.
 */
final class MissingValues {
    /** For the help. */
    static final String RULE =
            "Missing are NaN and the values of the attributes _FillValue and missing_value; without these, the"
                    + " dataset's fill value, if its writer gave one.";

    private static final List<String> ATTRIBUTES = List.of("_FillValue", "missing_value");

    private MissingValues() {}

    /** Reads those of many datasets together. */
    static Map<Wanted, List<H5Array>> of(H5Coro file, List<Wanted> all, Report report) {
        Map<String, Wanted> owners = new HashMap<>();
        List<DatasetRequest> requests = new ArrayList<>();
        for (Wanted wanted : all) {
            for (Attribute attribute : wanted.dataset().attributes()) {
                if (ATTRIBUTES.contains(attribute.name()) && isNumber(attribute)) {
                    String name = Integer.toString(requests.size());
                    owners.put(name, wanted);
                    requests.add(
                            wanted.dataset().attributeRequest(attribute.name()).named(name));
                }
            }
        }
        Map<Wanted, List<H5Array>> found = new HashMap<>();
        ReadPromise promise = file.readDatasets(requests);
        owners.forEach((name, wanted) -> {
            List<H5Array> values = found.computeIfAbsent(wanted, none -> new ArrayList<>());
            try {
                values.add(promise.get(name));
            } catch (H5Exception e) {
                report.error(wanted.name(), e);
            }
        });
        all.forEach(wanted -> found.computeIfAbsent(wanted, MissingValues::fill));
        return found;
    }

    private static boolean isNumber(Attribute attribute) {
        return attribute.failure().isEmpty()
                && (attribute.type() instanceof IntegerType || attribute.type() instanceof FloatType);
    }

    private static List<H5Array> fill(Wanted wanted) {
        try {
            FillInfo fill = wanted.dataset().fill();
            return fill.state() == FillInfo.State.USER_DEFINED
                    ? fill.value().stream().toList()
                    : List.of();
        } catch (H5Exception e) {
            // Reading the values meets it again, and says it.
            return List.of();
        }
    }
}
