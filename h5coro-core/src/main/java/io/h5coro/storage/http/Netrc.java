// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users and passwords by host, from a netrc file. It has entries {@code machine NAME login USER password TEXT},
 * comments that start with a hash, texts in quotation marks, {@code macdef} up to an empty line, and {@code default}
 * for the object's host when it is not named. Immutable; {@code toString()} shows nothing of it.
 */
final class Netrc {
    /**
     * Most bytes of a file that are read. A person's file has some hundred bytes; a larger one is another file,
     * named by mistake.
     */
    private static final int MAX_BYTES = 1 << 20;

    /** Permissions that the file must not have. Execute permissions show no password. */
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** Values of an Authorization header by host in lower case. */
    private final Map<String, String> logins;
    /** That of the entry {@code default}; null without one. */
    private final @Nullable String otherwise;

    private Netrc(Map<String, String> logins, @Nullable String otherwise) {
        this.logins = Map.copyOf(logins);
        this.otherwise = otherwise;
    }

    /** The file of the user: that of the variable {@code NETRC}, else {@code .netrc} in the home folder. */
    static Path ofUser() {
        String named = System.getenv("NETRC");
        return named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), ".netrc") : Path.of(named);
    }

    /**
     * Reads a file that only its owner may be able to read.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when it is missing, readable by others or malformed
     */
    static Netrc read(Path file) throws StorageException {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw invalid("is open to other users; it holds passwords, so: chmod 600");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw invalid("is longer than " + MAX_BYTES + " bytes");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw invalid("does not exist");
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw invalid("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Parses the text of a file.
     *
     * @throws StorageException of kind {@link Kind#INVALID} that names a line and nothing of its text
     */
    static Netrc parse(String text) throws StorageException {
        NetrcTokens tokens = new NetrcTokens(text);
        Map<String, String> logins = new HashMap<>();
        String otherwise = null;
        Entry entry = null;
        for (String word = tokens.next(); word != null; word = tokens.next()) {
            if (word.equals("macdef")) {
                tokens.skipMacro();
            } else if (word.equals("machine") || word.equals("default")) {
                String host = word.equals("default") ? null : tokens.value().toLowerCase(Locale.ROOT);
                otherwise = entry == null ? otherwise : entry.into(logins, otherwise);
                entry = new Entry(host);
            } else if (entry == null || !entry.take(word, tokens)) {
                throw invalid("cannot be understood at line " + tokens.line());
            }
        }
        return new Netrc(logins, entry == null ? otherwise : entry.into(logins, otherwise));
    }

    /** One machine's login. Confined to the parser. */
    private static final class Entry {
        private final @Nullable String host;
        private String user = "";
        private @Nullable String password;

        Entry(@Nullable String host) {
            this.host = host;
        }

        /**
         * Takes a word of the entry and the value behind it; false for another word than {@code login},
         * {@code password} and {@code account}. An account is read and not used.
         */
        boolean take(String word, NetrcTokens tokens) throws StorageException {
            switch (word) {
                case "login" -> user = tokens.value();
                case "password" -> password = tokens.value();
                case "account" -> tokens.value();
                default -> {
                    return false;
                }
            }
            return true;
        }

        /**
         * Adds the login, unless it has no password. The first entry of a host counts, and so does the first
         * {@code default}.
         *
         * @param otherwise the login of {@code default} so far; null without one
         * @return the login of {@code default} after this entry
         */
        @Nullable
        String into(Map<String, String> logins, @Nullable String otherwise) {
            if (password == null) {
                return otherwise;
            }
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder().encodeToString(both);
            if (host == null) {
                return otherwise == null ? basic : otherwise;
            }
            logins.putIfAbsent(host, basic);
            return otherwise;
        }
    }

    /**
     * Returns the value of an {@code Authorization} header.
     *
     * @param host for this host, whatever its port
     * @param own whether it is the object's host, not one that it redirects to; {@code default} applies to the former
     *     only
     */
    Optional<String> authorization(String host, boolean own) {
        String named = logins.get(host.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(named != null || !own ? named : otherwise);
    }

    static StorageException invalid(String what) {
        return new StorageException(Kind.INVALID, "the netrc file " + what);
    }

    @Override
    public String toString() {
        return "Netrc(hidden)";
    }
}
