// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.option;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Users and hashes of their passwords, as a file has them: a line {@code user:pbkdf2-sha256:rounds:salt:hash} for each.
 * Lines that are empty or begin with {@code #} mean nothing. Immutable.
 */
public final class PasswordFile {
    private static final String METHOD = "pbkdf2-sha256";
    private static final int ROUNDS = 310_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int HASH_BITS = 256;
    private static final int SALT_BYTES = 16;

    private final Map<String, Hash> users;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Hash(int rounds, byte[] salt, byte[] hash) {}

    private PasswordFile(Map<String, Hash> users) {
        this.users = users;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when a line is not of the form; the message has its number, and nothing of it
     */
    public static PasswordFile read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new FileNotFoundException("the file of the passwords is not there, or not to be read");
        }
        Map<String, Hash> users = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                String[] parts = line.strip().split(":", -1);
                int rounds = Integer.parseInt(parts[2]);
                if (parts.length != 5 || !parts[1].equals(METHOD) || rounds < 1 || rounds > MOST_ROUNDS) {
                    throw new IllegalArgumentException(METHOD);
                }
                users.put(parts[0], new Hash(rounds, bytes(parts[3]), bytes(parts[4])));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "line " + number + " of the password file is not user:" + METHOD + ":rounds:salt:hash");
            }
        }
        return new PasswordFile(users);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }

    /**
     * Returns the line of a user.
     *
     * @throws IllegalArgumentException when the name holds a colon, or begins with a number sign
     */
    public static String line(String user, char[] password) {
        if (user.isEmpty() || user.startsWith("#") || user.chars().anyMatch(c -> c == ':' || c < ' ')) {
            throw new IllegalArgumentException("the name of a user holds no colon, and begins with no number sign");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder();
        String hash = encoder.encodeToString(hash(password, salt, ROUNDS));
        return String.join(":", user, METHOD, Integer.toString(ROUNDS), encoder.encodeToString(salt), hash);
    }

    /** Returns whether a user has a password. Takes as long for a user that is not there. */
    public boolean matches(String user, char[] password) {
        Hash known = users.get(user);
        Hash compared = known == null ? new Hash(ROUNDS, new byte[SALT_BYTES], new byte[1]) : known;
        byte[] found = hash(password, compared.salt(), compared.rounds());
        return MessageDigest.isEqual(found, compared.hash()) && known != null;
    }

    private static byte[] hash(char[] password, byte[] salt, int rounds) {
        try {
            KeySpec spec = new PBEKeySpec(password, salt, rounds, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of users. */
    @Override
    public String toString() {
        return users.size() + " users";
    }
}
