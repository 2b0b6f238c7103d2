// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for one name. Immutable. Matching takes time linear in the lengths of name and pattern, whatever either is.
 *
 * <pre>
 * pattern  matches
 * *        any letters, also none
 * ?        one letter
 * [a-cx]   one letter of these; [!a] or [^a] any other one
 * {ab,c*}  one of these patterns
 * </pre>
 *
 * <p>A bracket that is not closed stands for itself, and a dot at the start of a name is matched by a dot only: both as
 * in shells.
 */
final class NamePattern {
    /** Marks a letter of a pattern that stands for itself. Above every code point. */
    static final int PLAIN = 1 << 24;

    /*
     * The pattern as a machine. It has a set of places; each letter moves all of them at once.
     *   a{b,c*}d
     *   0 letter a   1 fork 2 or 4   2 letter b   3 jump 8
     *   4 star 5 or 7   5 any letter   6 jump 4   7 jump 8   8 letter d   9 the end
     */

    private enum Kind {
        LETTER,
        ONE_OF,
        FORK,
        /** The fork of a {@code *}. */
        STAR,
        JUMP,
        END
    }

    /**
     * A step.
     *
     * @param next for a fork or jump: where to go on
     * @param other for a fork: where else
     * @param letters for a step that takes a letter: which ones
     */
    private record Step(Kind kind, int next, int other, IntPredicate letters) {}

    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder start = new StringBuilder();
    private boolean isLiteral = true;

    /**
     * Compiles a pattern.
     *
     * @param letters code points, with {@link #PLAIN} added to those that stand for themselves
     */
    NamePattern(int[] letters) {
        compile(letters, 0, letters.length);
        add(Kind.END, 0, 0, NamePattern::none);
    }

    /** Takes no letter. */
    private static boolean none(int letter) {
        return false;
    }

    /** Returns whether the pattern is a name: {@link #start()} is the whole of it. */
    boolean isLiteral() {
        return isLiteral;
    }

    /** Returns the letters that each name begins with that matches. */
    String start() {
        return start.toString();
    }

    private void compile(int[] letters, int from, int to) {
        int at = from;
        while (at < to) {
            int letter = letters[at];
            int close =
                    letter == '[' ? closeOfSet(letters, at, to) : letter == '{' ? closeOfChoice(letters, at, to) : 0;
            if (letter == '*') {
                star();
            } else if (letter == '?') {
                wild(any -> true);
            } else if (letter == '[' && close > 0) {
                wild(set(letters, at + 1, close));
                at = close;
            } else if (letter == '{' && close > 0) {
                choice(letters, at + 1, close);
                at = close;
            } else {
                letter(letter & ~PLAIN);
            }
            at++;
        }
    }

    private void letter(int letter) {
        if (isLiteral) {
            start.appendCodePoint(letter);
        }
        add(Kind.LETTER, 0, 0, one -> one == letter);
    }

    private void wild(IntPredicate letters) {
        isLiteral = false;
        add(Kind.ONE_OF, 0, 0, letters);
    }

    private void star() {
        int here = steps.size();
        isLiteral = false;
        add(Kind.STAR, here + 1, here + 3, NamePattern::none);
        add(Kind.ONE_OF, 0, 0, any -> true);
        add(Kind.JUMP, here, 0, NamePattern::none);
    }

    /** Compiles the patterns between braces: each has a fork before it and a jump behind it. */
    private void choice(int[] letters, int from, int to) {
        isLiteral = false;
        List<Integer> jumps = new ArrayList<>();
        int begin = from;
        for (int comma = comma(letters, begin, to); comma < to; comma = comma(letters, begin, to)) {
            int fork = steps.size();
            add(Kind.FORK, fork + 1, 0, NamePattern::none);
            compile(letters, begin, comma);
            jumps.add(steps.size());
            add(Kind.JUMP, 0, 0, NamePattern::none);
            steps.set(fork, new Step(Kind.FORK, fork + 1, steps.size(), NamePattern::none));
            begin = comma + 1;
        }
        compile(letters, begin, to);
        jumps.forEach(jump -> steps.set(jump, new Step(Kind.JUMP, steps.size(), 0, NamePattern::none)));
    }

    private void add(Kind kind, int next, int other, IntPredicate letters) {
        steps.add(new Step(kind, next, other, letters));
    }

    /** Returns the next comma that is in no inner bracket, else the end. */
    private static int comma(int[] letters, int from, int to) {
        int found = outer(letters, from, to, ',');
        return found < 0 ? to : found;
    }

    /** Returns the brace that closes the one at {@code open}; 0 without one. */
    private static int closeOfChoice(int[] letters, int open, int to) {
        return Math.max(0, outer(letters, open + 1, to, '}'));
    }

    /** Returns the first place of a letter that is in no inner bracket; -1 when there is none. */
    private static int outer(int[] letters, int from, int to, int wanted) {
        int depth = 0;
        for (int at = from; at < to; at++) {
            if (depth == 0 && letters[at] == wanted) {
                return at;
            }
            if (letters[at] == '[') {
                at = Math.max(at, closeOfSet(letters, at, to));
            } else if (letters[at] == '{') {
                depth++;
            } else if (letters[at] == '}') {
                depth--;
            }
        }
        return -1;
    }

    /** Returns the bracket that closes the one at {@code open}; 0 without one. The first letter of a set may be one. */
    private static int closeOfSet(int[] letters, int open, int to) {
        int first = open + 1;
        if (first < to && (letters[first] == '!' || letters[first] == '^')) {
            first++;
        }
        for (int at = first + 1; at < to; at++) {
            if (letters[at] == ']') {
                return at;
            }
        }
        return 0;
    }

    private static IntPredicate set(int[] letters, int from, int to) {
        boolean negated = letters[from] == '!' || letters[from] == '^';
        IntPredicate all = NamePattern::none;
        for (int at = negated ? from + 1 : from; at < to; at++) {
            int low = letters[at] & ~PLAIN;
            boolean range = at + 2 < to && letters[at + 1] == '-';
            int high = range ? letters[at + 2] & ~PLAIN : low;
            all = all.or(letter -> low <= letter && letter <= high);
            at += range ? 2 : 0;
        }
        return negated ? all.negate() : all;
    }

    /** Returns whether a name is one that the pattern means. */
    boolean matches(String name) {
        BitSet places = new BitSet(steps.size());
        boolean hidden = name.startsWith(".");
        go(places, 0, hidden);
        int letter;
        for (int i = 0; i < name.length() && !places.isEmpty(); i += Character.charCount(letter)) {
            letter = name.codePointAt(i);
            places = after(places, letter, i == 0 && hidden);
        }
        return places.get(steps.size() - 1);
    }

    private BitSet after(BitSet places, int letter, boolean hidden) {
        BitSet next = new BitSet(steps.size());
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            Step step = steps.get(place);
            boolean takes = step.kind == Kind.LETTER || step.kind == Kind.ONE_OF && !hidden;
            if (takes && step.letters.test(letter)) {
                go(next, place + 1, false);
            }
        }
        return next;
    }

    /**
     * Adds a place, and those that are reached from it without a letter.
     *
     * @param hidden whether the next letter is a dot at the start, before which no {@code *} may stand
     */
    private void go(BitSet places, int place, boolean hidden) {
        Step step = steps.get(place);
        if (places.get(place) || step.kind == Kind.STAR && hidden) {
            return;
        }
        places.set(place);
        if (step.kind == Kind.FORK || step.kind == Kind.STAR || step.kind == Kind.JUMP) {
            go(places, step.next, hidden);
        }
        if (step.kind == Kind.FORK || step.kind == Kind.STAR) {
            go(places, step.other, hidden);
        }
    }
}
