// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.option.SourceOptions;
import io.h5coro.spark.schema.ReadColumn;
import io.h5coro.spark.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The rows of some files. Immutable.
 *
 * @param rowType columns of the table
 * @param known the file in which they were found; empty where the user gave them
 */
record RowsTable(StructType rowType, SourceOptions options, List<ListedFile> files, Optional<TableSchema> known)
        implements SupportsRead, SupportsMetadataColumns {
    private record FileColumn(String name, DataType dataType, String comment) implements MetadataColumn {
        @Override
        public boolean isNullable() {
            return false;
        }
    }

    @Override
    public String name() {
        return "h5coro " + options.groups() + " of " + files.size() + " files from " + files.get(0);
    }

    /** Deprecated in Spark, and abstract there in the oldest release. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return rowType;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public MetadataColumn[] metadataColumns() {
        if (options.fileColumns()) {
            return new MetadataColumn[0];
        }
        return new MetadataColumn[] {
            new FileColumn(ReadColumn.FILE, DataTypes.StringType, "location of the file"),
            new FileColumn(ReadColumn.ROW, DataTypes.LongType, "number of the row in its file, from 0")
        };
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
        return new RowsScanBuilder(this);
    }

    @Override
    public String toString() {
        return name();
    }
}
