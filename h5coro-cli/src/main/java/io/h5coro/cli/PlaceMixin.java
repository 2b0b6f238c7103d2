// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Options and place that all commands about one object have. */
final class PlaceMixin {
    @Parameters(index = "0", paramLabel = "FILE[::PATH]", description = Location.RULE)
    String location = "";

    @Mixin
    OpenMixin open = new OpenMixin();
}
