// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ForeignFormatTest {
    /** First bytes, and a word of what is said of them. */
    static List<String> kinds() {
        return List.of(
                "CDF\1\0|netCDF-3",
                "CDF\2\0|netCDF-3",
                "CDF\5\0|CDF-5",
                "\16\3\23\1|HDF4",
                "BZh91AY|bzip2",
                "(\u00b5/\u00fd|zstd",
                "GRIB\0|GRIB",
                "II*\0|TIFF",
                "MM\0*|TIFF",
                "II+\0|BigTIFF",
                "PAR1|Parquet",
                "\u0093NUMPY\1|numpy",
                "version https://git-lfs.github.com/spec/v1|Git LFS",
                "/annex/objects/SHA256E-s1--ab.h5|git-annex",
                "../.git/annex/objects/a/b/c|git-annex",
                "<!DOCTYPE html><html>|HTML",
                "\n <html>|HTML",
                "<?xml version='1.0'?><Error>|XML",
                "{\"zarr_format\":2}|JSON",
                "[{}|JSON",
                "MATLAB 5.0 MAT-file|MATLAB",
                "\u0089HDF\n\u001a\n|damaged",
                "\0\0\0\0|zeros");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysWhatAFileIsInstead(String kind, @TempDir Path folder) throws IOException {
        String start = kind.substring(0, kind.indexOf('|'));
        String name = kind.substring(kind.indexOf('|') + 1);
        String padding = start.startsWith("\0") ? "\0".repeat(3000) : "  ";
        Path file = Files.write(folder.resolve("x.h5"), (start + padding).getBytes(StandardCharsets.ISO_8859_1));
        MalformedFileException e = Assertions.assertThrows(MalformedFileException.class, () -> H5Coro.open(file));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("not an HDF5 file: it is ") && message.contains(name), message);
    }

    @Test
    void saysThatAFileIsEmptyCompressedOrAnArchive(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(new byte[100]);
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("x/.zgroup"));
        }
        assertEquals(
                "compressed with gzip", ForeignFormat.nameOf(gzip.toByteArray()).orElseThrow());
        assertEquals("a zip archive", ForeignFormat.nameOf(zip.toByteArray()).orElseThrow());
        Path empty = Files.createFile(folder.resolve("empty.h5"));
        MalformedFileException e = Assertions.assertThrows(MalformedFileException.class, () -> H5Coro.open(empty));
        assertTrue(String.valueOf(e.getMessage()).contains("it is empty"), e.getMessage());
    }
}
