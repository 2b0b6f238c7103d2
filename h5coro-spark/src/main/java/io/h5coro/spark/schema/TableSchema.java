// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.schema;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import io.h5coro.spark.file.Lease;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SourceOptions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table, and what is known of the file that they were found in. Immutable.
 *
 * @param columns those that files store, and {@code _file} and {@code _row} where they are asked for
 * @param file the first file that can be read
 * @param sizeBytes of that file, also where it was named and not listed
 * @param rows of that file
 */
public record TableSchema(StructType columns, ListedFile file, long sizeBytes, long rows) {
    /**
     * Finds the columns in the first readable file.
     *
     * @param files of the table; one is opened, more only when files that cannot be read are skipped
     * @throws H5Exception when the first file cannot be read, or none of them
     * @throws IllegalArgumentException when the file has no such columns
     */
    public static TableSchema of(SourceOptions options, List<ListedFile> files) {
        return of(options, files, OpenFiles.of(options.opening()));
    }

    /** Finds them in files that are opened otherwise than options say. */
    public static TableSchema of(SourceOptions options, List<ListedFile> files, OpenFiles open) {
        RuntimeException first = null;
        for (ListedFile file : files) {
            try (Lease lease = open.open(file.noting())) {
                return new Inference(lease.file(), file, options).schema();
            } catch (H5Exception | IllegalArgumentException e) {
                if (!options.skip()) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IllegalArgumentException("a table without files") : first;
    }

    /** The search in one open file. */
    private record Inference(H5Coro open, ListedFile file, SourceOptions options) {
        TableSchema schema() {
            Map<String, Dataset> datasets = datasets();
            long rows = options.rows()
                    .map(path -> rowsOf(open.dataset(path)))
                    .orElseGet(() -> mostFrequent(datasets.values()));
            StructType columns = new StructType();
            for (Map.Entry<String, Dataset> entry : datasets.entrySet()) {
                Dataset dataset = entry.getValue();
                if (dataset.shape().rank() > 0 && dataset.shape().dimension(0) == rows) {
                    Optional<DataType> type = type(dataset);
                    if (type.isPresent()) {
                        columns = columns.add(entry.getKey(), type.get(), dataset.type() instanceof StringType);
                    }
                }
            }
            columns = withBroadcast(columns);
            if (options.fileColumns()) {
                for (var field : ReadColumn.metadata().fields()) {
                    columns = columns.add(field);
                }
            }
            requireDistinct(columns);
            long size = open.reader().size().orElse(file.sizeBytes());
            return new TableSchema(columns, file, size, rows);
        }

        /** The datasets of all groups by the names of their columns. */
        private Map<String, Dataset> datasets() {
            Map<String, Dataset> datasets = new LinkedHashMap<>();
            List<String> groups = options.groups();
            for (String group : groups) {
                String prefix = group.equals(groups.get(0)) ? "" : ReadColumn.prefix(group);
                open.list(group).variables().forEach((name, dataset) -> datasets.put(prefix + name, dataset));
            }
            return datasets;
        }

        private long rowsOf(Dataset dataset) {
            if (dataset.shape().rank() == 0) {
                throw new IllegalArgumentException(
                        file.shown() + ": " + options.rows().orElse("") + " is a scalar and has no rows");
            }
            return dataset.shape().dimension(0);
        }

        /** Of first dimensions that are as frequent, the largest. */
        private long mostFrequent(Iterable<Dataset> datasets) {
            Map<Long, Integer> counts = new LinkedHashMap<>();
            for (Dataset dataset : datasets) {
                if (dataset.shape().rank() > 0) {
                    counts.merge(dataset.shape().dimension(0), 1, Integer::sum);
                }
            }
            return counts.entrySet().stream()
                    .max(Comparator.comparing((Map.Entry<Long, Integer> e) -> e.getValue())
                            .thenComparing(Map.Entry::getKey))
                    .map(Map.Entry::getKey)
                    .orElseThrow(() -> new IllegalArgumentException(file.shown() + ": the group " + options.groups()
                            + " has no dataset with rows; option group names the group of the columns"));
        }

        private Optional<DataType> type(Dataset dataset) {
            try {
                return SparkTypes.of(dataset.type(), SparkTypes.row(dataset.shape()), options.enumNames());
            } catch (UnsupportedFeatureException e) {
                // A column that no query can read; the others can be read.
                return Optional.empty();
            }
        }

        private StructType withBroadcast(StructType columns) {
            StructType all = columns;
            for (String broadcast : options.broadcast()) {
                String name = ReadColumn.broadcastName(broadcast);
                ReadColumn column = ReadColumn.of(
                        new StructField(name, DataTypes.NullType, true, Metadata.empty()), new StructType(), options);
                H5Array value = open.read(column.broadcastRequest());
                DataType type = broadcastType(value.type(), value.shape(), options.enumNames())
                        .orElseThrow(() -> new IllegalArgumentException(
                                file.shown() + ": " + broadcast + " has a type that Spark has not"));
                all = all.add(name, type, value.type() instanceof StringType);
            }
            return all;
        }

        private void requireDistinct(StructType columns) {
            Set<String> names = new HashSet<>();
            for (String name : columns.fieldNames()) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException(file.shown() + ": two columns are named " + name);
                }
            }
        }
    }

    /** Returns the type of a column whose every row is the same value: an array only where there are several. */
    public static Optional<DataType> broadcastType(ElementType element, Shape shape, boolean enumNames) {
        return SparkTypes.of(element, shape.elementCount() == 1 ? Shape.scalar() : shape, enumNames);
    }
}
