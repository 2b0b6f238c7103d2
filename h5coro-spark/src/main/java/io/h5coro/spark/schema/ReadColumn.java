// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.schema;

import io.h5coro.model.DatasetRequest;
import io.h5coro.spark.option.SourceOptions;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column that is read, and what of each file it is. Immutable.
 *
 * @param name of the column
 * @param path of the dataset, or of the object of an attribute; empty for a column that no file stores
 * @param attribute of the object; empty for a dataset
 * @param type in Spark
 */
public record ReadColumn(String name, Source source, String path, String attribute, DataType type)
        implements Serializable {
    /** The name of the column of files' locations. */
    public static final String FILE = "_file";

    /** The name of the column of rows' numbers in their file. */
    public static final String ROW = "_row";

    /** Where values come from. */
    public enum Source {
        /** A dataset that has the rows. */
        DATASET,
        /** A scalar or an attribute. */
        BROADCAST,
        /** The location of the file. */
        FILE,
        /** The number of the row in its file. */
        ROW
    }

    /**
     * Finds what a column is.
     *
     * @param table columns of the table, which hide metadata columns of the same name
     */
    public static ReadColumn of(StructField field, StructType table, SourceOptions options) {
        String name = field.name();
        DataType type = field.dataType();
        boolean isMetadata =
                options.fileColumns() || !Arrays.asList(table.fieldNames()).contains(name);
        if (isMetadata && name.equals(FILE)) {
            return new ReadColumn(name, Source.FILE, "", "", type);
        }
        if (isMetadata && name.equals(ROW)) {
            return new ReadColumn(name, Source.ROW, "", "", type);
        }
        for (String broadcast : options.broadcast()) {
            if (broadcastName(broadcast).equals(name)) {
                int at = broadcast.indexOf('@', broadcast.lastIndexOf('/') + 1);
                String path = at < 0 ? broadcast : at == 0 ? "/" : broadcast.substring(0, at);
                String attribute = at < 0 ? "" : broadcast.substring(at + 1);
                return new ReadColumn(
                        name, Source.BROADCAST, path.length() > 1 && path.endsWith("/") ? "/" : path, attribute, type);
            }
        }
        for (String group : options.groups().subList(1, options.groups().size())) {
            if (name.startsWith(prefix(group))) {
                return new ReadColumn(name, Source.DATASET, "/" + name, "", type);
            }
        }
        String group = options.groups().get(0);
        return new ReadColumn(name, Source.DATASET, (group.equals("/") ? "" : group) + "/" + name, "", type);
    }

    /** The columns that are metadata of every table. */
    static StructType metadata() {
        return new StructType().add(FILE, DataTypes.StringType, false).add(ROW, DataTypes.LongType, false);
    }

    /** What the names of a further group's columns begin with. */
    static String prefix(String group) {
        return group.substring(1) + "/";
    }

    /** The name of the column of a scalar or an attribute: its last part. */
    static String broadcastName(String broadcast) {
        int slash = broadcast.lastIndexOf('/');
        int at = broadcast.indexOf('@', slash + 1);
        return broadcast.substring(Math.max(slash, at) + 1);
    }

    /** Returns the request for the whole of a scalar or an attribute, by the column's name. */
    public DatasetRequest broadcastRequest() {
        return (attribute.isEmpty() ? DatasetRequest.of(path) : DatasetRequest.attribute(path, attribute)).named(name);
    }

    /** Returns what an error names. */
    public String object() {
        return attribute.isEmpty() ? path : path + "@" + attribute;
    }
}
