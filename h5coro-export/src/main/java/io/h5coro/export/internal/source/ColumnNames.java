// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Names columns: as briefly as they differ. */
public final class ColumnNames {
    private static final List<Function<DatasetRequest, String>> FORMS =
            List.of(ColumnNames::lastPart, ColumnNames::path, DatasetRequest::name);

    private ColumnNames() {}

    /**
     * Returns a name for each request.
     *
     * @throws ExportRefusedException when two requests are the same
     */
    public static List<String> of(List<DatasetRequest> requests) {
        Set<String> twice = new HashSet<>();
        for (Function<DatasetRequest, String> form : FORMS) {
            List<String> names = requests.stream()
                    .map(request -> isNamed(request) ? request.name() : form.apply(request))
                    .toList();
            Set<String> seen = new HashSet<>();
            twice.clear();
            names.stream().filter(name -> !seen.add(name)).forEach(twice::add);
            if (twice.isEmpty()) {
                return names;
            }
        }
        throw new ExportRefusedException(
                "two columns have the name " + twice.iterator().next());
    }

    private static boolean isNamed(DatasetRequest request) {
        String name = request.name();
        return !name.startsWith("/") && !name.startsWith("#") && !isText(name, request);
    }

    /** Whether a name is a path without its slash, with slices or a member behind it. */
    private static boolean isText(String name, DatasetRequest request) {
        String path = request.path().substring(1);
        String behind = name.startsWith(path) ? name.substring(path.length()) : "other";
        return behind.isEmpty() || behind.startsWith("[") || behind.equals(member(request));
    }

    private static String lastPart(DatasetRequest request) {
        return request.path().substring(request.path().lastIndexOf('/') + 1) + member(request);
    }

    private static String path(DatasetRequest request) {
        return request.path().substring(request.path().startsWith("/") ? 1 : 0) + member(request);
    }

    private static String member(DatasetRequest request) {
        return request.field() == null ? "" : "." + request.field();
    }
}
