// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens files in the folder (the key prefix) of the file that names them, and below it. Thread-safe; keeps no state.
 *
 * <ul>
 *   <li>Of an absolute path, the last component is looked for in that folder, which is one of the places where libhdf5
 *       looks.
 *   <li>{@code ..}, names with a scheme ({@code scheme://}) and names that no object can have are refused.
 *   <li>Every other character of a name stands for itself; it is escaped where it has a meaning in an address.
 *   <li>A backslash separates folders as a slash does, unless there is a local file with that name.
 * </ul>
 *
 * <pre>{@code
 * SiblingFiles.Opener opener = location -> Storages.open(location, StorageOptions.none());
 * FileResolver beside = SiblingFiles.ofLocation(path.toString(), opener);
 * }</pre>
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Fint.c">H5F_prefix_open_file</a>
 */
public final class SiblingFiles implements FileResolver {
    /** With {@code //}: all else with a colon, such as {@code wrfout-01:00:00.h5}, is a name. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);

    private final String folder;
    private final boolean escapes;
    private final boolean local;
    private final Opener opener;

    /** Opens readers by location. Thread-safe. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens one object. Sends no request.
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

    /**
     * Returns a resolver for the files beside a path.
     *
     * @param opener opens the paths that this resolver makes
     */
    public static FileResolver ofPath(String path, Opener opener) {
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf(java.io.File.separatorChar)) + 1;
        return new SiblingFiles(path.substring(0, end), false, true, opener);
    }

    /**
     * Returns a resolver for the files beside a location, as {@link Storages#open(String, StorageOptions)} takes it.
     *
     * @param opener opens the locations that this resolver makes
     */
    public static FileResolver ofLocation(String location, Opener opener) {
        Optional<String> scheme = LocationText.scheme(location);
        if (scheme.isEmpty()) {
            return ofPath(location, opener);
        }
        boolean web = scheme.get().equals("http") || scheme.get().equals("https");
        return ofUri(location, web || scheme.get().equals("file"), web, opener);
    }

    /**
     * Returns a resolver for the files beside a URI. The URI's query, such as a signature, is not used for them.
     *
     * @param opener opens the URIs that this resolver makes, in which special characters are escaped
     */
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

    /**
     * Returns where the resolver of {@link #ofLocation} looks for a file. Sends no request.
     *
     * @param location of the file that names it; the result has no query
     * @param name as that file states it
     * @throws StorageException of kind {@link Kind#ACCESS_DENIED} when the name is refused
     */
    public static String beside(String location, String name) throws StorageException {
        SiblingFiles files = (SiblingFiles) ofLocation(location, any -> {
            throw new StorageException(Kind.ACCESS_DENIED, "is not to be opened");
        });
        return files.located(files.relative(name));
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
        return escapes ? LocationText.escaped(name) : name;
    }
}
