// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which version this is: of what commit, and on which Java. */
final class Version {
    private Version() {}

    static String text() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            // A jar whose resources cannot be read has no version to tell.
        }
        return "h5coro: Version " + value(build, "version") + ", commit " + value(build, "commit") + ", Java "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    /** A value that the build has filled in; it cannot know the commit of a source tree without .git. */
    private static String value(Properties build, String key) {
        String value = build.getProperty(key, "");
        return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
    }
}
