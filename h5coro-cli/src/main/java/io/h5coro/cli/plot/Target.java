// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.cli.report.FileProblem;
import io.h5coro.cli.report.UsageException;
import io.h5coro.export.internal.source.TargetFile;
import io.h5coro.plot.Figure;
import io.h5coro.plot.PngPicture;
import io.h5coro.plot.SvgPicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The file that gets a picture.
 *
 * @param vector whether it is an SVG, and not a PNG
 */
record Target(Path path, boolean vector) {
    static Target parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new UsageException("the name of a picture ends in .png or .svg, and '" + text + "' does not");
        }
        try {
            return new Target(Path.of(text), name.endsWith(".svg"));
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "' is no name of a file here");
        }
    }

    /** Writes a figure; the file is there when it is complete. */
    void write(Figure figure) {
        byte[] bytes = vector ? SvgPicture.encode(figure).getBytes(StandardCharsets.UTF_8) : PngPicture.encode(figure);
        try {
            TargetFile.write(path, out -> out.write(bytes));
        } catch (IOException e) {
            throw FileProblem.unwritten(path, e);
        }
    }
}
