// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** The words of a netrc file. Confined to one thread. */
final class NetrcTokens {
    private final String text;
    private int at;
    private int line = 1;

    NetrcTokens(String text) {
        this.text = text;
    }

    /** The number of the line of the last word, from 1. */
    int line() {
        return line;
    }

    /** The next word, null at the end. */
    @Nullable
    String next() throws StorageException {
        skipBlanks();
        if (at >= text.length()) {
            return null;
        }
        return text.charAt(at) == '"' ? quoted() : plain();
    }

    /** A word that must be there. */
    String value() throws StorageException {
        String word = next();
        if (word == null) {
            throw Netrc.invalid("ends within an entry, at line " + line);
        }
        return word;
    }

    /** Passes a macro, which ends with an empty line. */
    void skipMacro() {
        int end = text.indexOf("\n\n", at);
        int windows = text.indexOf("\n\r\n", at);
        int stop = end < 0 ? windows : windows < 0 ? end : Math.min(end, windows);
        int target = stop < 0 ? text.length() : stop + 1;
        while (at < target) {
            step();
        }
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (Character.isWhitespace(letter)) {
                step();
            } else {
                return;
            }
        }
    }

    private void step() {
        line += text.charAt(at) == '\n' ? 1 : 0;
        at++;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws StorageException {
        StringBuilder word = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            at += escape ? 1 : 0;
            if (text.charAt(at) == '\n') {
                break;
            }
            word.append(text.charAt(at));
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            throw Netrc.invalid("has a quotation mark without its second, at line " + line);
        }
        at++;
        return word.toString();
    }
}
