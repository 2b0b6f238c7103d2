// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import io.h5coro.H5Coro;
import io.h5coro.export.Export;
import io.h5coro.export.internal.refs.Concatenation;
import io.h5coro.export.internal.refs.FileAddress;
import io.h5coro.export.internal.refs.FileScan;
import io.h5coro.export.internal.refs.ReferenceFolder;
import io.h5coro.export.internal.refs.ReferenceJson;
import io.h5coro.export.internal.refs.ReferenceSet;
import io.h5coro.export.internal.refs.ScanRules;
import io.h5coro.export.internal.source.TargetFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * References to the chunks of HDF5 files: where each begins, how long it is and how it is decoded, in the form of
 * kerchunk. With them xarray and Zarr open the files themselves, without HDF5. Immutable.
 *
 * <pre>{@code
 * References references = References.of(file, ReferenceOptions.at("s3://bucket/granule.h5"));
 * references.writeJson(Path.of("granule.json"));
 * references.refused().forEach(System.err::println);
 * }</pre>
 *
 * <p>Variables, dimensions and attributes are those of the labelled view ({@link io.h5coro.labels.Labels}). A dataset
 * that Zarr would not read exactly is inlined when it is small ({@link ReferenceOptions#inlineBytes()}), and otherwise
 * refused by name; the others are unaffected.
 */
public final class References {
    private final ReferenceSet set;

    private References(ReferenceSet set) {
        this.set = set;
    }

    /**
     * Makes the references of a file; blocks. Reads all metadata, and the values that are inlined.
     *
     * @throws io.h5coro.error.H5Exception when the file cannot be read. A dataset that cannot be read is refused
     */
    public static References of(H5Coro file, ReferenceOptions options) {
        FileAddress address = FileAddress.of(options.address(), options.keepQuery());
        ScanRules rules = new ScanRules(file.root().file(), address, options.inlineBytes(), options.concatenated());
        return new References(FileScan.of(file, rules));
    }

    /**
     * Puts references of several files one behind the other along a dimension: each was made with
     * {@link ReferenceOptions#along}. Variables that do not have the dimension are those of the first file.
     *
     * <p>A variable is refused when files differ in its type, its other dimensions, its filters or in what its numbers
     * mean (units, scale), or when the lengths of its parts are no multiples of its chunks and it is too large to be
     * inlined.
     *
     * @param parts at least one, in their order along the dimension
     * @throws IllegalArgumentException when no variable of the first has the dimension
     */
    public static References concat(List<References> parts, String dimension) {
        return new References(
                Concatenation.of(parts.stream().map(part -> part.set).toList(), dimension));
    }

    /** Returns the datasets that the references do not have, in the order of the file. */
    public List<RefusedVariable> refused() {
        return set.refused();
    }

    /** Returns what else is not as in the file: attributes without a JSON form, labels that lead nowhere. */
    public List<String> notes() {
        return set.notes();
    }

    /** Returns the number of variables. */
    public int variableCount() {
        return set.variableCount();
    }

    /** Returns the number of chunks. */
    public long chunkCount() {
        return set.chunkCount();
    }

    /**
     * Writes JSON: one object with "version" 1 and "refs".
     *
     * @param out is neither flushed nor closed
     * @throws IOException when the stream takes no more
     */
    public void writeJson(OutputStream out) throws IOException {
        ReferenceJson.write(set, out);
    }

    /**
     * Writes JSON to a file, which is there when it is complete.
     *
     * @throws IOException when the file cannot be written
     */
    public void writeJson(Path target) throws IOException {
        TargetFile.write(target, this::writeJson);
    }

    /**
     * Writes a folder of Parquet, of which readers load only what they need: for many chunks. Its file
     * {@code .zmetadata} is written last.
     *
     * @param folder is made when it is not there
     * @throws java.nio.file.FileAlreadyExistsException when there is something in it
     * @throws IllegalArgumentException when the module {@code h5coro-parquet} is not there
     * @throws IOException when a file cannot be written
     */
    public void writeParquet(Path folder) throws IOException {
        ReferenceFolder.write(set, folder, Export.to("parquet").format());
    }

    /** Returns the numbers of variables and chunks. */
    @Override
    public String toString() {
        return "references (" + variableCount() + " variables, " + chunkCount() + " chunks)";
    }
}
