// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** The words of a netrc file. Confined to one thread. */
final class NetrcTokens {
    private final String text;
    /** Index of the next letter to look at. Invariant: from 0 to the length of the text. */
    private int at;
    /** Invariant: 1 plus the number of line feeds before {@link #at}. */
    private int line = 1;

    NetrcTokens(String text) {
        this.text = text;
    }

    /** The number of the line of the last word, from 1. */
    int line() {
        return line;
    }

    /**
     * Returns the next word without its quotation marks; null at the end of the text.
     *
     * @throws StorageException of kind {@code INVALID} when a quoted word does not end on its line
     */
    @Nullable
    String next() throws StorageException {
        skipBlanks();
        if (at >= text.length()) {
            return null;
        }
        return text.charAt(at) == '"' ? quoted() : plain();
    }

    /**
     * Returns the next word, which an entry needs.
     *
     * @throws StorageException of kind {@code INVALID} when the text ends before it
     */
    String value() throws StorageException {
        String word = next();
        if (word == null) {
            throw Netrc.invalid("ends within an entry, at line " + line);
        }
        return word;
    }

    /**
     * Passes a macro, which ends with an empty line or with the text. Lines may end in {@code \n} or {@code \r\n};
     * of the two kinds of empty line the nearer one counts. Stops at the empty line, so that its line feed is still
     * counted.
     */
    void skipMacro() {
        int end = text.indexOf("\n\n", at);
        int windows = text.indexOf("\n\r\n", at);
        int stop = end < 0 ? windows : windows < 0 ? end : Math.min(end, windows);
        int target = stop < 0 ? text.length() : stop + 1;
        while (at < target) {
            step();
        }
    }

    /**
     * Passes white space and comments. A hash starts a comment only where a word could start: {@code a#b} is one
     * word.
     */
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

    /**
     * Returns a word in quotation marks. A backslash makes the letter behind it an ordinary one, so {@code "a\"b"}
     * is the word {@code a"b}; a line feed ends the word even behind a backslash, which is then an error.
     */
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
