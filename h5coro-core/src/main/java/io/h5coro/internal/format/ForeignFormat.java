// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file is that is not HDF5, as its first bytes tell. Pure. */
public final class ForeignFormat {
    /** First bytes that {@link #nameOf} looks at. */
    public static final int HEAD_BYTES = 512;

    /** Where "ustar" stands in the first header of an archive. */
    private static final int TAR_MAGIC_OFFSET = 257;

    /**
     * What files of a format begin with.
     *
     * @param start the bytes, as ISO 8859-1
     * @param name what to say of the file
     */
    private record Magic(String start, String name) {}

    /** The first that fits is taken: a longer start has to stand before a shorter one that begins it. */
    private static final List<Magic> MAGIC = List.of(
            new Magic("CDF\1", "a netCDF-3 file (classic format)"),
            new Magic("CDF\2", "a netCDF-3 file (64-bit offsets)"),
            new Magic("CDF\5", "a netCDF-3 file (CDF-5, 64-bit data)"),
            new Magic("\u000e\u0003\u0013\u0001", "an HDF4 file"),
            new Magic("\u0089HDF", "an HDF5 file damaged in its first bytes, as by a transfer in text mode"),
            new Magic("\u001f\u008b", "compressed with gzip"),
            new Magic("\u001f\u009d", "compressed with compress"),
            new Magic("PK\3\4", "a zip archive"),
            new Magic("PK\5\6", "an empty zip archive"),
            new Magic("BZh", "compressed with bzip2"),
            new Magic("(\u00b5/\u00fd", "compressed with zstd"),
            new Magic("\u00fd7zXZ\0", "compressed with xz"),
            new Magic("\u0004\"M\u0018", "compressed with lz4"),
            new Magic("7z\u00bc\u00af'\u001c", "a 7z archive"),
            new Magic("GRIB", "a GRIB file"),
            new Magic("BUFR", "a BUFR file"),
            new Magic("II*\0", "a TIFF file"),
            new Magic("MM\0*", "a TIFF file"),
            new Magic("II+\0", "a BigTIFF file"),
            new Magic("MM\0+", "a BigTIFF file"),
            new Magic("PAR1", "a Parquet file"),
            new Magic("ARROW1", "an Arrow file"),
            new Magic("FEA1", "a Feather file"),
            new Magic("\u0093NUMPY", "a numpy file (.npy)"),
            new Magic("MATLAB 5.0 MAT-file", "a MATLAB file of version 5 to 7.2 (from 7.3 on it is HDF5)"),
            new Magic("SIMPLE  =", "a FITS file"),
            new Magic("SQLite format 3\0", "an SQLite database"),
            new Magic("\u0089PNG", "a PNG image"),
            new Magic("\u00ff\u00d8\u00ff", "a JPEG image"),
            new Magic("%PDF-", "a PDF file"),
            new Magic("version https://git-lfs.github.com/spec/", "a Git LFS pointer: the file itself was not fetched"),
            new Magic("version https://hawser.github.com/spec/", "a Git LFS pointer: the file itself was not fetched"),
            new Magic("/annex/objects/", "a git-annex pointer: the file itself was not fetched"));

    private ForeignFormat() {}

    /**
     * What to say of a file; empty when its first bytes do not tell.
     *
     * @param head its first bytes, as many as there are up to {@link #HEAD_BYTES}
     */
    public static Optional<String> nameOf(byte[] head) {
        if (head.length == 0) {
            return Optional.of("empty");
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        for (Magic magic : MAGIC) {
            if (start.startsWith(magic.start)) {
                return Optional.of(magic.name);
            }
        }
        if (start.startsWith("ustar", TAR_MAGIC_OFFSET)) {
            return Optional.of("a tar archive");
        }
        if (start.chars().allMatch(c -> c == 0)) {
            return Optional.of("zeros where it begins, as a download that was not completed");
        }
        return text(start);
    }

    private static Optional<String> text(String start) {
        String text = (start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
            return Optional.of("an HTML page, as a server gives for a login or an error");
        }
        if (text.startsWith("<?xml") || text.startsWith("<error>")) {
            return Optional.of(text.contains("<html") ? "an HTML page" : "XML text, as a server gives for an error");
        }
        if (text.startsWith("{") || text.startsWith("[{") || text.equals("[]")) {
            return Optional.of("JSON text");
        }
        if (text.contains(".git/annex/objects/")) {
            return Optional.of("a git-annex pointer: the file itself was not fetched");
        }
        return Optional.empty();
    }
}
