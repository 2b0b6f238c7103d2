// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.spark.file.FileListing;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SourceOptions;
import io.h5coro.spark.read.FileReport;
import io.h5coro.spark.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.SessionConfigSupport;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code h5coro}: HDF5 files as a table. Spark makes it by its name. {@code docs/spark.md} describes its
 * options.
 *
 * <pre>{@code
 * Dataset<Row> photons = spark.read().format("h5coro")
 *         .option("group", "/gt1l/heights")
 *         .load("s3://bucket/prefix/ATL03_*.h5");
 * }</pre>
 *
 * <p>The files are listed once, when the table is loaded; all queries on it read those. Confined to one thread.
 */
public final class H5CoroSource implements TableProvider, DataSourceRegister, SessionConfigSupport {
    /** The schema that was found last, and the options in which it was: Spark asks for the table right after it. */
    private @Nullable Found found;

    private record Found(CaseInsensitiveStringMap options, List<ListedFile> files, TableSchema schema) {}

    /** Made by Spark. */
    public H5CoroSource() {}

    @Override
    public String shortName() {
        return "h5coro";
    }

    /** Options for all tables of a session begin with {@code spark.datasource.h5coro}. */
    @Override
    public String keyPrefix() {
        return "h5coro";
    }

    /** Returns true: a schema of the user's saves the driver the opening of a file. */
    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        SourceOptions parsed = SourceOptions.of(options);
        if (SourceOptions.isOfFiles(options)) {
            return FileReport.COLUMNS;
        }
        return find(options, parsed).schema().columns();
    }

    private Found find(CaseInsensitiveStringMap options, SourceOptions parsed) {
        List<ListedFile> files = list(parsed);
        Found news = new Found(options, files, TableSchema.of(parsed, files));
        found = news;
        return news;
    }

    private static List<ListedFile> list(SourceOptions options) {
        return FileListing.of(
                options.locations(), OpenFiles.of(options.opening()).storage());
    }

    @Override
    public Table getTable(StructType columns, Transform[] partitioning, Map<String, String> properties) {
        CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
        SourceOptions parsed = SourceOptions.of(options);
        if (SourceOptions.isOfFiles(options)) {
            return new FilesTable(table(find(options, parsed), parsed));
        }
        Found last = found;
        if (last != null
                && last.options().equals(options)
                && last.schema().columns().equals(columns)) {
            return table(last, parsed);
        }
        return new RowsTable(columns, parsed, list(parsed), Optional.empty());
    }

    private static RowsTable table(Found found, SourceOptions options) {
        return new RowsTable(found.schema().columns(), options, found.files(), Optional.of(found.schema()));
    }
}
