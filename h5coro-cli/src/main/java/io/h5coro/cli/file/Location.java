// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.storage.LocationText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file and an object in it, as a command line names them: "FILE PATH", "FILE::PATH", or "FILE/PATH" where it is plain
 * where the file ends.
 *
 * @param file path or URI of the file
 * @param path absolute path of the object
 */
public record Location(String file, String path) {
    private static final String BEGINS =
            "path begins behind '::' (the last one that '/' or nothing follows); else where a local file ends; else,"
                    + " in an address without query, behind the first part that ends in .h5, .hdf5, .he5, .nc or"
                    + " .nc4.";

    private static final String FORMS =
            "A file, and the path of an object in it: FILE PATH, FILE::PATH or FILE/PATH. In one argument the "
                    + BEGINS;

    /** For the help of commands that take one file and one path: {@link #of}. */
    public static final String RULE = FORMS + " In two arguments both are taken as they are. " + FoundFiles.RULE;

    /** For the help of commands that take any number: {@link #all}. */
    public static final String RULE_OF_MANY = FORMS
            + " An argument behind a file is a path in it, unless it is an address, a local file, or ends as files"
            + " do and begins with no '/'. " + FoundFiles.RULE;

    /** For the help of commands that take a file and a path in one argument only: {@link #parse}. */
    public static final String RULE_OF_ONE = "A file, or an object in it: FILE::PATH or FILE/PATH. The " + BEGINS;

    /** With two slashes: a name may have a colon. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    private static final Pattern FILE_PART =
            Pattern.compile(".*?\\.(?:h5|hdf5|he5|nc|nc4)(?=/|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FILE_END = Pattern.compile(".*\\.(?:h5|hdf5|he5|nc|nc4)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_WITH_PATH = Pattern.compile("[^:]*\\.[A-Za-z][A-Za-z0-9]{0,7}::");
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");
    private static final String SEPARATOR = "::";

    /**
     * Checks the file.
     *
     * @throws UsageException when it is empty, as an unset variable of a shell is
     */
    public Location {
        if (file.isEmpty()) {
            throw new UsageException("the name of a file is empty");
        }
    }

    public static Location parse(String text) {
        if (!isUri(text)) {
            Location local = local(text);
            if (local != null) {
                return local;
            }
        }
        int separator = separator(text);
        if (separator > 0) {
            return new Location(text.substring(0, separator), absolute(text.substring(separator + SEPARATOR.length())));
        }
        Matcher m = FILE_PART.matcher(text);
        boolean split = !hasQuery(text) && m.lookingAt() && (isUri(text) || FoundFiles.isPattern(m.group()));
        return split
                ? new Location(text.substring(0, m.end()), absolute(text.substring(m.end())))
                : new Location(text, "/");
    }

    /**
     * All that the arguments of a command name. An argument behind a file is a path in it, unless it is a file itself:
     * an address, a local file, or a name that ends as files do. An argument behind a folder is a file or folder.
     */
    public static List<Location> all(List<String> arguments) {
        List<Location> all = new ArrayList<>();
        String file = null;
        boolean bare = false;
        for (String argument : arguments) {
            if (file == null || isFolder(file) || isFileOfItsOwn(argument)) {
                file = argument;
                bare = true;
                all.add(parse(argument));
                continue;
            }
            if (bare) {
                all.remove(all.size() - 1);
                bare = false;
            }
            all.add(of(file, argument));
        }
        return all;
    }

    private static boolean isFileOfItsOwn(String argument) {
        if (isUri(argument) || local(argument) != null) {
            return true;
        }
        boolean looksSo = FILE_WITH_PATH.matcher(argument).lookingAt()
                || FILE_END.matcher(argument).matches();
        return looksSo && (!argument.startsWith("/") || isPatternInAFolder(argument));
    }

    /** Returns whether a text is a pattern, and there is a local folder before its first wildcard. */
    private static boolean isPatternInAFolder(String text) {
        Matcher wild = WILD.matcher(text);
        return FoundFiles.isPattern(text)
                && wild.find()
                && text.lastIndexOf('/', wild.start()) > 0
                && isFolder(text.substring(0, text.lastIndexOf('/', wild.start())));
    }

    /** Returns whether a text names a folder, in which there are no objects; an address on the web may be a file. */
    private static boolean isFolder(String text) {
        return !WEB.matcher(text).matches() && FoundFiles.folder(text).isPresent();
    }

    /**
     * The file and path of two arguments: an address is taken as it is, of a local name the beginning that is a file.
     *
     * @param path null when there is only one argument
     */
    public static Location of(String file, @org.jspecify.annotations.Nullable String path) {
        if (path == null) {
            return parse(file);
        }
        Location local = isUri(file) ? null : local(file);
        return new Location(local == null ? file : local.file, absolute(path));
    }

    private static boolean hasQuery(String text) {
        return WEB.matcher(text).matches() && (text.indexOf('?') >= 0 || text.indexOf('#') >= 0);
    }

    /** Where the path begins; -1 when every '::' is part of the file's name. */
    private static int separator(String text) {
        int last = -1;
        for (int i = text.indexOf(SEPARATOR, 1); i > 0; i = text.indexOf(SEPARATOR, i + 1)) {
            int behind = i + SEPARATOR.length();
            if (behind == text.length() || text.charAt(behind) == '/') {
                last = i;
            }
        }
        int any = text.lastIndexOf(SEPARATOR);
        if (last > 0 || any <= 0 || hasQuery(text)) {
            return last;
        }
        boolean fileGoesOn =
                FILE_PART.matcher(text.substring(any + SEPARATOR.length())).lookingAt();
        return fileGoesOn && !FILE_END.matcher(text.substring(0, any)).matches() ? -1 : any;
    }

    /** The longest beginning that is a local file, before a slash or a separator; null when none is. */
    private static @org.jspecify.annotations.Nullable Location local(String text) {
        for (int end = text.length(); end > 0; end = before(text, end)) {
            if (isFile(text.substring(0, end))) {
                String rest = text.substring(end);
                return new Location(
                        text.substring(0, end), absolute(rest.startsWith(SEPARATOR) ? rest.substring(2) : rest));
            }
        }
        return null;
    }

    private static int before(String text, int end) {
        return Math.max(text.lastIndexOf('/', end - 1), text.lastIndexOf(SEPARATOR, end - 1));
    }

    private static boolean isFile(String name) {
        try {
            return java.nio.file.Files.isRegularFile(
                    name.startsWith("file:") ? Path.of(java.net.URI.create(name)) : Path.of(name));
        } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return false;
        }
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Whether a name is a URI, so that its parts are not those of a local path. */
    static boolean isUri(String location) {
        return URI.matcher(location).lookingAt() && !location.regionMatches(true, 0, "file:", 0, 5);
    }

    /** Returns whether a location is on another machine. */
    public static boolean isRemote(String location) {
        return isUri(location);
    }

    /** What is written above the output for one of several files. */
    public String heading() {
        return shown(file) + (path.equals("/") ? "" : " " + path);
    }

    /** A location without user, password, query and fragment. */
    public static String shown(String location) {
        return LocationText.shown(location);
    }
}
