// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.json.Json;
import io.h5coro.model.DatasetStorage;
import java.util.List;
import java.util.Locale;

/** What {@code doctor} finds in a file, as the fields of its object. Numbers are in bytes. */
final class DoctorJson {
    private DoctorJson() {}

    static void write(Json json, Checkup.Found found) {
        FileFinding whole = found.whole();
        List<DatasetFinding> datasets = found.datasets();
        json.field("bytes", whole.sizeBytes()).field("superblock", whole.info().superblockVersion());
        if (whole.isPaged()) {
            json.field("pageBytes", whole.info().fileSpace().pageBytes());
        }
        json.field("groups", found.listed().groups())
                .field("complete", found.listed().complete());
        json.object("metadata")
                .field("requests", whole.cost().metadataRequests())
                .field("bytes", whole.cost().metadataBytes())
                .field("waves", whole.cost().metadataWaves())
                .end();
        advice(
                json,
                whole.advice(
                        datasets.stream().anyMatch(dataset -> !dataset.advice().isEmpty())));
        json.array("datasets");
        for (DatasetFinding dataset : datasets) {
            dataset(json.object(), dataset);
            json.end();
        }
        json.end();
    }

    private static void dataset(Json json, DatasetFinding dataset) {
        json.field("path", dataset.path())
                .field("shape", dataset.shape().dimensions())
                .field("bytes", (long) dataset.valueBytes())
                .field("storage", dataset.storage().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (dataset.storage() instanceof DatasetStorage.Chunked chunked) {
            json.field("chunks", (long) dataset.chunks())
                    .field("chunkShape", chunked.chunkShape().dimensions())
                    .field("index", chunked.index().name().toLowerCase(Locale.ROOT));
            dataset.stored().ifPresent(bytes -> json.field("storedBytes", bytes));
        }
        advice(json, dataset.advice());
    }

    private static void advice(Json json, List<String> advice) {
        json.array("advice");
        advice.forEach(json::value);
        json.end();
    }
}
