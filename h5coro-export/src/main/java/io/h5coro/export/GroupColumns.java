// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import io.h5coro.Dataset;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The datasets of a group that are exported together. Immutable.
 *
 * @param requests one for each
 * @param left those that are not: they have another number of rows, no dimension, or no values
 */
public record GroupColumns(List<DatasetRequest> requests, List<Dataset> left) {
    /** Copies the lists. */
    public GroupColumns {
        requests = List.copyOf(requests);
        left = List.copyOf(left);
    }

    static GroupColumns of(List<Dataset> datasets, boolean isTable) {
        Map<Long, Integer> frequencies = new TreeMap<>();
        for (Dataset dataset : datasets) {
            if (hasRows(dataset)) {
                frequencies.merge(dataset.shape().dimension(0), 1, Integer::sum);
            }
        }
        long rows = -1;
        int most = 0;
        for (Map.Entry<Long, Integer> frequency : frequencies.entrySet()) {
            if (frequency.getValue() >= most) {
                most = frequency.getValue();
                rows = frequency.getKey();
            }
        }
        List<DatasetRequest> requests = new ArrayList<>();
        List<Dataset> left = new ArrayList<>();
        for (Dataset dataset : datasets) {
            boolean row = hasRows(dataset) && dataset.shape().dimension(0) == rows;
            boolean taken = isTable ? row : dataset.dataspace().kind() != Dataspace.Kind.NULL;
            if (taken) {
                requests.add(dataset.request());
            } else {
                left.add(dataset);
            }
        }
        return new GroupColumns(requests, left);
    }

    /** The shape of a null dataspace says that it has no values, not that it has no rows. */
    private static boolean hasRows(Dataset dataset) {
        return dataset.dataspace().kind() != Dataspace.Kind.NULL
                && dataset.shape().rank() > 0;
    }
}
