// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens files in the folder (the key prefix) of the one that names them, and below it. Of an absolute path the last
 * component is looked for in that folder, which is one of the places where libhdf5 looks. Refused are {@code ..}, names
 * with a scheme ({@code scheme://}), and names that no object can have. Thread-safe; keeps no state.
 *
 * <p>Every other letter of a name stands for itself, escaped where it means something in an address. A backslash
 * separates folders as a slash does, unless there is a local file whose name has it.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Fint.c">H5F_prefix_open_file</a>
 */
public final class SiblingFiles implements FileResolver {
    /** With {@code //}: all else with a colon, such as {@code wrfout-01:00:00.h5}, is a name. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private final String folder;
    private final boolean escapes;
    private final boolean local;
    private final Opener opener;

    /** Opens a location, without a request. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens one object.
         *
         * @throws StorageException when the location is not usable
         */
        RangeReader open(String location) throws StorageException;
    }

    /**
     * The files below a folder.
     *
     * @param folder ends with a slash, unless it is the working folder, which is empty
     * @param escapes whether it is a URI in which special letters are escaped
     * @param local whether it is a path
     */
    private SiblingFiles(String folder, boolean escapes, boolean local, Opener opener) {
        this.folder = folder;
        this.escapes = escapes;
        this.local = local;
        this.opener = opener;
    }

    /** The files beside a path. */
    public static FileResolver ofPath(String path, Opener opener) {
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf(java.io.File.separatorChar)) + 1;
        return new SiblingFiles(path.substring(0, end), false, true, opener);
    }

    /** The files beside a location as {@link Storages#open(String, StorageOptions)} takes it. */
    public static FileResolver ofLocation(String location, Opener opener) {
        Optional<String> scheme = LocationText.scheme(location);
        if (scheme.isEmpty()) {
            return ofPath(location, opener);
        }
        boolean web = scheme.get().equals("http") || scheme.get().equals("https");
        return ofUri(location, web || scheme.get().equals("file"), web, opener);
    }

    /** The files beside a URI, in which special letters are escaped; its query, such as a signature, is not theirs. */
    public static FileResolver ofUri(String uri, Opener opener) {
        return ofUri(uri, true, true, opener);
    }

    private static FileResolver ofUri(String uri, boolean escapes, boolean query, Opener opener) {
        String path = query ? uri.split("[?#]", 2)[0] : uri;
        int authority = path.indexOf("://");
        int slash = path.lastIndexOf('/');
        boolean hasFolder = slash > authority + 2;
        return new SiblingFiles(hasFolder ? path.substring(0, slash + 1) : path + "/", escapes, false, opener);
    }

    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        return Optional.of(opener.open(located(relative(name))));
    }

    @Override
    public FileResolver within(String name) {
        String located;
        try {
            located = located(relative(name));
        } catch (StorageException refused) {
            return FileResolver.none();
        }
        return new SiblingFiles(located.substring(0, located.lastIndexOf('/') + 1), escapes, local, opener);
    }

    /** The location of a name; beside a file of the working folder, a name must not look like an address. */
    private String located(String relative) {
        return (folder.isEmpty() && relative.indexOf(':') >= 0 ? "./" : folder) + escaped(relative);
    }

    private String relative(String name) throws StorageException {
        if (isLocalName(name)) {
            return name;
        }
        boolean absolute = name.startsWith("/")
                || name.startsWith("\\")
                || DRIVE.matcher(name).matches();
        String path = absolute ? name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1) : name;
        boolean refused =
                path.isBlank() || path.indexOf(0) >= 0 || SCHEME.matcher(path).matches();
        StringBuilder plain = new StringBuilder();
        for (String part : path.split("[/\\\\]", -1)) {
            refused |= part.equals("..");
            if (!part.isEmpty() && !part.equals(".")) {
                plain.append(plain.length() == 0 ? "" : "/").append(part);
            }
        }
        if (refused || plain.length() == 0) {
            throw new StorageException(
                    Kind.ACCESS_DENIED,
                    "the file names another one, '" + name + "', which is not in its folder: only a FileResolver of"
                            + " yours can open it");
        }
        return plain.toString();
    }

    /** Whether a name with a backslash, and without a slash, is that of a file beside this one. */
    private boolean isLocalName(String name) {
        if (!local || name.indexOf('\\') < 0 || name.indexOf('/') >= 0 || java.io.File.separatorChar != '/') {
            return false;
        }
        try {
            return Files.exists(Path.of(folder + name));
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    private String escaped(String name) {
        if (!escapes) {
            return name;
        }
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf((char) b) >= 0) {
                out.append((char) b);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }
}
