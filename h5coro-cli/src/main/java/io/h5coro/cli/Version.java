// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

/** Which version this is. */
final class Version {
    private Version() {}

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "h5coro: Version " + (version == null ? "(not from a jar)" : version);
    }
}
