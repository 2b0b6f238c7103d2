// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportFormat;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.export.internal.source.ColumnNames;
import io.h5coro.export.internal.source.Selected;
import io.h5coro.export.internal.source.SelectedTable;
import io.h5coro.export.internal.source.Selection;
import io.h5coro.export.internal.source.TargetFile;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Writes datasets, or slices of them, to a file that other programs open. Immutable.
 *
 * <pre>{@code
 * List<DatasetRequest> columns = List.of(
 *         DatasetRequest.parse("/gt1l/heights/h_ph[0:1000]"), DatasetRequest.parse("/gt1l/heights/lat_ph[0:1000]"));
 * Export.to("csv").write(file, columns, Path.of("heights.csv"));
 * }</pre>
 *
 * <p>Memory use does not grow with the datasets; see {@link #withBudgetBytes(long)}. What a format cannot hold is
 * refused before anything is written.
 *
 * <p>The names of columns are the last parts of the paths. Where two of these are equal, all columns have their paths,
 * without the slash in front; where two paths are equal, the names of the requests. A request that was
 * {@link DatasetRequest#named(String) named} has its name, unless that begins with a slash.
 */
public final class Export {
    private final ExportFormat format;
    private final long budgetBytes;
    private final ColumnDecoder decoder;

    private Export(ExportFormat format, long budgetBytes, ColumnDecoder decoder) {
        this.format = format;
        this.budgetBytes = budgetBytes;
        this.decoder = decoder;
    }

    /**
     * Exports to a format: "npy", "npz", "csv", "ndjson", "arrow" (a file of Arrow IPC), "arrows" (a stream of it),
     * "parquet" with the module {@code h5coro-parquet}, or another {@link ExportFormat} that is installed.
     *
     * @throws IllegalArgumentException when no such format is there; the message says which are
     */
    public static Export to(String format) {
        for (ExportFormat one : ServiceLoader.load(ExportFormat.class, Export.class.getClassLoader())) {
            if (one.name().equals(format)) {
                return new Export(one, BlockOptions.defaults().budgetBytes(), dataset -> Optional.empty());
            }
        }
        String hint = format.equals("parquet") ? "; add the module h5coro-parquet" : "";
        throw new IllegalArgumentException(
                "no format '" + format + "'; there are " + String.join(", ", formats()) + hint);
    }

    /** Returns the names of the formats that are there, in alphabetical order. */
    public static List<String> formats() {
        return ServiceLoader.load(ExportFormat.class, Export.class.getClassLoader()).stream()
                .map(provider -> provider.get().name())
                .sorted()
                .toList();
    }

    /** Returns the format. */
    public ExportFormat format() {
        return format;
    }

    /**
     * Returns a copy with another memory budget: approximate bytes of the rows that are written, of those that are read
     * meanwhile, and of their stored bytes. Texts and sequences of variable length count with 16 bytes each. Default:
     * that of {@link BlockOptions#defaults()}.
     *
     * @throws IllegalArgumentException when {@code bytes} is not positive
     */
    public Export withBudgetBytes(long bytes) {
        return new Export(format, BlockOptions.defaults().withBudgetBytes(bytes).budgetBytes(), decoder);
    }

    /**
     * Returns a copy that writes other values than those that are stored. Members of compounds that are requested alone
     * are written as they are stored. Default: what is stored.
     */
    public Export withDecoder(ColumnDecoder other) {
        return new Export(format, budgetBytes, other);
    }

    /**
     * Writes datasets to a stream.
     *
     * @param requests datasets, slices of them, or members of compounds; each is a column
     * @param out is neither flushed nor closed
     * @throws ExportRefusedException when the format cannot hold a column, or columns of a table have different numbers
     *     of rows; nothing was written then
     * @throws io.h5coro.error.SelectionException when a slice does not fit its dataset; nothing was written then
     * @throws NotFoundException when a path leads to no dataset; nothing was written then
     * @throws io.h5coro.error.LimitExceededException when one row exceeds the memory budget
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     * @throws IOException when the stream takes no more
     */
    public void write(H5Coro file, List<DatasetRequest> requests, OutputStream out) throws IOException {
        format.write(checked(file, requests), out);
    }

    /**
     * Writes datasets to a file, as {@link #write(H5Coro, List, OutputStream)} does. The file is there when it is
     * complete: until then its bytes are in another one in the same folder, which is deleted when the export fails.
     * What is there under the name and is no file, such as a pipe, is written to as it is.
     *
     * @throws IOException when the file cannot be written
     */
    public void write(H5Coro file, List<DatasetRequest> requests, Path target) throws IOException {
        SelectedTable table = checked(file, requests);
        TargetFile.write(target, out -> format.write(table, out));
    }

    private SelectedTable checked(H5Coro file, List<DatasetRequest> requests) {
        if (requests.isEmpty()) {
            throw new ExportRefusedException("no dataset was named");
        }
        List<Dataset> datasets = datasets(file, requests);
        List<String> names = ColumnNames.of(requests);
        String source = file.reader().source();
        List<Selected> all = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            all.add(decoded(Selection.of(source, datasets.get(i), requests.get(i), names.get(i))));
        }
        SelectedTable table = new SelectedTable(file, all, budgetBytes);
        format.check(table.columns());
        if (format.isTable()) {
            checkRows(table.columns());
        }
        return table;
    }

    /** Finds the datasets: those that are named by paths are looked up together. */
    private static List<Dataset> datasets(H5Coro file, List<DatasetRequest> requests) {
        List<String> paths = requests.stream()
                .filter(request -> request.target() == null)
                .map(DatasetRequest::path)
                .toList();
        List<H5Object> found = new ArrayList<>(file.objects(paths));
        List<Dataset> datasets = new ArrayList<>();
        for (DatasetRequest request : requests) {
            H5Object object = request.target() == null ? found.remove(0) : file.dataset(request);
            if (!(object instanceof Dataset dataset)) {
                throw new NotFoundException(Where.object(file.reader().source(), request.path()), "is not a dataset");
            }
            datasets.add(dataset);
        }
        return datasets;
    }

    private Selected decoded(Selected stored) {
        return decoder.decoding(stored.dataset())
                .filter(decoding -> stored.member() == null)
                .map(decoding -> stored.decoded(decoding.type(), decoding.joined(), decoding.values()))
                .orElse(stored);
    }

    private void checkRows(List<ExportColumn> columns) {
        if (columns.stream().mapToLong(ExportColumn::rows).distinct().count() > 1) {
            throw new ExportRefusedException(
                    "columns of " + format.name() + " have one number of rows, and these do not: "
                            + columns.stream()
                                    .map(column -> column.path() + " has " + column.rows())
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * Returns a request for each dataset of a group that goes into one table: of the datasets that are in the group
     * itself those that share the most frequent number of rows, or the larger number where two are equally frequent.
     * For a format that is no table, such as NPZ, all of them.
     *
     * @param group path of a group
     * @return the requests, and the datasets that are left out
     * @throws NotFoundException when the path leads to no group
     */
    public GroupColumns group(H5Coro file, String group) {
        return GroupColumns.of(List.copyOf(file.list(group).variables().values()), format.isTable());
    }
}
