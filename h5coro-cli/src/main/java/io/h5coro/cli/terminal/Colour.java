// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

/** What a word is, as a colour on a terminal. */
public enum Colour {
    /** Of a group, as of a folder. */
    GROUP("1;34"),
    /** Of a link. */
    LINK("36"),
    /** What matters less. */
    FAINT("2"),
    /** What cannot be read. */
    WRONG("31");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** Returns a text in this colour, where output has colours. */
    public String of(String text, Look look) {
        return look.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
