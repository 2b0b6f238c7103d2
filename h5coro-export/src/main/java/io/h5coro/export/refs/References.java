// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import io.h5coro.H5Coro;
import io.h5coro.export.internal.refs.FileAddress;
import io.h5coro.export.internal.refs.FileScan;
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
        return new References(FileScan.of(file, new ScanRules(address, options.inlineBytes(), options.concatenated())));
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

    /** Returns the numbers of variables and chunks. */
    @Override
    public String toString() {
        return "references (" + variableCount() + " variables, " + chunkCount() + " chunks)";
    }
}
