// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens files in the folder (the key prefix) of the one that names them, and below it. Of an absolute path the last
 * component is looked for in that folder, which is one of the places where libhdf5 looks. Refused are {@code ..}, names with
 * a scheme, and names that no object can have. Thread-safe; keeps no state.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Fint.c">H5F_prefix_open_file</a>
 */
public final class SiblingFiles implements FileResolver {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private final String folder;
    private final boolean escapes;
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

    private SiblingFiles(String folder, boolean escapes, Opener opener) {
        this.folder = folder;
        this.escapes = escapes;
        this.opener = opener;
    }

    /** The files beside a path. */
    public static FileResolver ofPath(String path, Opener opener) {
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf(java.io.File.separatorChar)) + 1;
        return new SiblingFiles(path.substring(0, end), false, opener);
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
        return new SiblingFiles(hasFolder ? path.substring(0, slash + 1) : path + "/", escapes, opener);
    }

    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        return Optional.of(opener.open(folder + escaped(relative(name))));
    }

    @Override
    public FileResolver within(String name) {
        String relative;
        try {
            relative = escaped(relative(name));
        } catch (StorageException refused) {
            return FileResolver.none();
        }
        return new SiblingFiles(folder + relative.substring(0, relative.lastIndexOf('/') + 1), escapes, opener);
    }

    private static String relative(String name) throws StorageException {
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
