// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Options and place that all commands about one object have. */
public final class PlaceMixin {
    @Parameters(index = "0", paramLabel = "FILE[::PATH]", description = Location.RULE)
    public String location = "";

    @Mixin
    public OpenMixin open = new OpenMixin();
}
