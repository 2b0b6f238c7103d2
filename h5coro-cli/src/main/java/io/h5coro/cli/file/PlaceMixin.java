// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Options and place that all commands about one object have. */
public final class PlaceMixin {
    @Parameters(index = "0", paramLabel = "FILE[::PATH]", description = Location.RULE)
    private String location = "";

    @Mixin
    private OpenMixin open = new OpenMixin();

    /** The argument that names a file, and perhaps an object in it. */
    public String location() {
        return location;
    }

    /** Takes the first place of a line that was parsed without picocli, and how files are opened. */
    public void take(PlainLine line) {
        location = line.places().get(0);
        open.take(line);
    }

    public OpenMixin open() {
        return open;
    }
}
