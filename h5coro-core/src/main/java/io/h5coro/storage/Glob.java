// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A location with wildcards. Immutable.
 *
 * <p>Each part between slashes is a {@link NamePattern}, and a part {@code **} stands for any number of folders, also
 * none. Wildcards stand for themselves
 *
 * <ul>
 *   <li>in the path of a local file that exists
 *   <li>behind a backslash, unless the location is an address on the web or of a {@code file:}
 *   <li>as a percent escape, where it is one: {@code %2A}
 * </ul>
 *
 * On the web a question mark begins the query and is no wildcard, and an address with a query or fragment has none.
 */
final class Glob {
    /** Longer than any key; bounds what a pattern costs. */
    private static final int MOST_LETTERS = 1_024;

    private static final String WILD = "*?[{";

    /** What a backslash takes the meaning of. Before any other letter it stands for itself. */
    private static final String SPECIAL = "*?[]{},\\!^-";

    /** A {@code file:} address of this machine, with its absolute path as group 1. */
    private static final Pattern LOCAL =
            Pattern.compile("(?i:file:(?://(?:localhost)?(?=/))?)(/(?!/).*)", Pattern.DOTALL);

    private final Place place;

    /** The pattern of each part; null for {@code **}. */
    private final List<@Nullable NamePattern> parts = new ArrayList<>();

    /** Whether no part is a pattern. */
    private final boolean isLiteral;

    /**
     * What a path is a path in.
     *
     * @param root the location before the path
     * @param path the path as it is written
     * @param escaped whether it has percent escapes
     */
    private record Place(String root, String path, boolean escaped) {
        static Place of(String location) {
            Optional<String> scheme = LocationText.scheme(location);
            if (scheme.isEmpty()) {
                return new Place("", location.replace(File.separatorChar, '/'), false);
            }
            if (scheme.get().equals("file")) {
                Matcher local = LOCAL.matcher(location);
                return local.matches() ? new Place("file://", local.group(1), true) : new Place(location, "", true);
            }
            int slash = location.indexOf('/', location.indexOf(':') + 3);
            int path = slash < 0 ? location.length() : slash + 1;
            boolean web = scheme.get().equals("http") || scheme.get().equals("https");
            return new Place(location.substring(0, path), location.substring(path), web);
        }

        boolean isLocal() {
            return root.isEmpty() || root.equals("file://");
        }
    }

    private Glob(Place place, boolean wild) throws StorageException {
        this.place = place;
        boolean literal = true;
        for (String part : place.path().split("/", -1)) {
            boolean deep = wild && part.equals("**");
            @Nullable NamePattern pattern = deep ? null : new NamePattern(letters(part, place, wild));
            parts.add(pattern);
            literal &= pattern != null && pattern.isLiteral();
        }
        isLiteral = literal;
        if (!literal && place.path().endsWith("/")) {
            // A slash at the end asks for the files in the folders that match.
            parts.set(parts.size() - 1, new NamePattern(new int[] {'*'}));
        }
    }

    /**
     * Parses a location.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when a part of it is too long for a pattern
     */
    static Glob of(String location) throws StorageException {
        Optional<String> plain = plain(location);
        return new Glob(Place.of(plain.orElse(location)), plain.isEmpty());
    }

    /**
     * Returns the location that is meant when there are no wildcards in it; empty when there are.
     *
     * @throws StorageException as {@link #of}
     */
    static Optional<String> plain(String location) throws StorageException {
        Place place = Place.of(location);
        boolean web = place.escaped() && !place.isLocal();
        boolean hasQuery = web && (location.indexOf('?') >= 0 || location.indexOf('#') >= 0);
        boolean isPlain = place.path().chars().noneMatch(letter -> WILD.indexOf(letter) >= 0);
        if (isPlain || hasQuery || isLocal(place, Files::exists)) {
            return Optional.of(location);
        }
        Glob glob = new Glob(place, true);
        return glob.isLiteral
                ? Optional.of(place.escaped() ? location : place.root() + glob.literalPath())
                : Optional.empty();
    }

    /**
     * Returns the folder that a location without wildcards names, with a slash at its end: it has one, names no path at
     * all, or is a local folder. Empty when it names none.
     *
     * @throws StorageException as {@link #of}
     */
    static Optional<String> folder(String location) throws StorageException {
        Optional<String> plain = plain(location);
        Place place = Place.of(location);
        boolean isHost = !place.isLocal() && place.path().isEmpty();
        boolean isFolder =
                isHost || location.endsWith("/") || !location.isBlank() && isLocal(place, Files::isDirectory);
        String uri = place.isLocal() && place.escaped()
                ? place.root() + LocationText.escaped(decoded(place.path()))
                : plain.orElse("");
        return isFolder && plain.isPresent() ? Optional.of(uri.endsWith("/") ? uri : uri + "/") : Optional.empty();
    }

    private static boolean isLocal(Place place, Predicate<Path> kind) {
        try {
            return place.isLocal() && kind.test(Path.of(place.escaped() ? decoded(place.path()) : place.path()));
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    private String literalPath() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            NamePattern part = parts.get(i);
            path.append(i == 0 ? "" : "/").append(part == null ? "" : part.start());
        }
        return path.toString();
    }

    /** Returns the letters of a part as {@link NamePattern} takes them. */
    private static int[] letters(String part, Place place, boolean wild) throws StorageException {
        if (!wild) {
            String name = place.escaped() ? decoded(part) : part;
            return name.codePoints().map(letter -> letter | NamePattern.PLAIN).toArray();
        }
        int[] all = place.escaped() ? unescaped(part) : withoutBackslashes(part);
        if (all.length > MOST_LETTERS && Arrays.stream(all).anyMatch(letter -> WILD.indexOf(letter) >= 0)) {
            throw new StorageException(
                    Kind.INVALID, "a pattern has more than " + MOST_LETTERS + " letters in one part");
        }
        return all;
    }

    private static int[] withoutBackslashes(String part) {
        int[] letters = part.codePoints().toArray();
        int[] kept = new int[letters.length];
        int count = 0;
        for (int i = 0; i < letters.length; i++) {
            boolean escape = letters[i] == '\\' && i + 1 < letters.length && SPECIAL.indexOf(letters[i + 1]) >= 0;
            i += escape ? 1 : 0;
            kept[count++] = escape ? letters[i] | NamePattern.PLAIN : letters[i];
        }
        return Arrays.copyOf(kept, count);
    }

    /** Decodes each run of percent escapes; what they stand for is no wildcard. */
    private static int[] unescaped(String part) {
        List<Integer> letters = new ArrayList<>();
        int at = 0;
        while (at < part.length()) {
            int end = at;
            while (LocationText.isEscape(part, end)) {
                end += 3;
            }
            if (end > at) {
                decoded(part.substring(at, end)).codePoints().forEach(one -> letters.add(one | NamePattern.PLAIN));
                at = end;
            } else {
                int letter = part.codePointAt(at);
                letters.add(letter);
                at += Character.charCount(letter);
            }
        }
        return letters.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Decodes percent escapes as UTF-8. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int letter;
        for (int i = 0; i < text.length(); i += Character.charCount(letter)) {
            letter = text.codePointAt(i);
            if (LocationText.isEscape(text, i)) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    int size() {
        return parts.size();
    }

    /** Returns the pattern of a part; null for {@code **}. */
    @Nullable
    NamePattern part(int index) {
        return parts.get(index);
    }

    /** Returns the location before the first part. */
    String root() {
        return place.root();
    }

    /** Returns a name as it is written in a location. */
    String written(String name) {
        return place.escaped() ? LocationText.escaped(name) : name;
    }

    /** Returns the names of a part of a location. */
    List<String> names(String written) {
        return List.of((place.escaped() ? decoded(written) : written).split("/", -1));
    }

    /**
     * Returns whether the parts from {@code first} on match names of folders and a file in them.
     *
     * <p>A set of places in the pattern moves with each name, as in {@link NamePattern}. {@code **} stays where it is
     * for a name that is not hidden.
     */
    boolean matches(int first, List<String> names) {
        BitSet places = new BitSet();
        go(places, first);
        for (String name : names) {
            BitSet next = new BitSet();
            places.stream().filter(place -> place < size()).forEach(place -> {
                NamePattern pattern = part(place);
                if (pattern == null && !name.startsWith(".")) {
                    go(next, place);
                } else if (pattern != null && pattern.matches(name)) {
                    go(next, place + 1);
                }
            });
            places = next;
        }
        return places.get(size());
    }

    /** Adds a place, and the one behind it where {@code **} stands for no folder. */
    private void go(BitSet places, int place) {
        int at = place;
        places.set(at);
        while (at < size() && part(at) == null) {
            at++;
            places.set(at);
        }
    }
}
