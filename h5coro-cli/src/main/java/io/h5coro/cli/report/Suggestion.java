// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What may have been meant by a word that nothing is called: the nearest one, at most two letters away. Pure. */
public final class Suggestion {
    private static final int MOST_LETTERS = 2;

    /** Names of a group that are compared; each costs as much as its length squared. */
    private static final int MOST_NAMES = 100_000;

    private static final int LONGEST_NAME = 200;

    private Suggestion() {}

    /** "; did you mean …?", or nothing. */
    public static String of(String word, Collection<String> known) {
        return nearest(word, known).map(Suggestion::question).orElse("");
    }

    private static String question(String word) {
        return "; did you mean " + word + "?";
    }

    /** The nearest of the words that are known. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String best = null;
        // A word of one or two letters is within two letters of everything.
        int distance = Math.min(MOST_LETTERS, word.length() - 1) + 1;
        for (String candidate : known) {
            int letters = distance(word, candidate, distance);
            if (letters < distance) {
                distance = letters;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Counts letters to change, add, leave out or swap with their neighbour; {@code most} for more than that. The
     * rows of the usual table are kept for three letters: those of the letter before the last, of the last, and of
     * this one. From {@code "tmep"} to {@code "temp"} it is 1, for the swap; without swaps it would be 2.
     */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) >= most || a.length() > LONGEST_NAME) {
            return most;
        }
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + other);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return Math.min(most, last[b.length()]);
    }

    /** "; did you mean /a/path?" for a path that does not exist, or nothing. Reads the groups on the way. */
    public static String ofPath(H5Coro file, String path) {
        try {
            return walk(file, path).map(Suggestion::question).orElse("");
        } catch (H5Exception e) {
            return "";
        }
    }

    /** Follows a path until a name is missing in a group, and looks for the nearest of the group's names. */
    private static Optional<String> walk(H5Coro file, String path) {
        Group group = file.root();
        String parent = "";
        String[] names = path.replaceAll("^/+|/+$", "").split("/+", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            Optional<Link> link = group.link(name);
            if (link.isPresent()) {
                parent += "/" + name;
                if (!(file.object(parent) instanceof Group next)) {
                    return Optional.empty();
                }
                group = next;
                continue;
            }
            List<String> members = new ArrayList<>();
            group.links().stream().limit(MOST_NAMES).forEach(member -> members.add(member.name()));
            String before = parent;
            String rest = String.join("/", List.of(names).subList(i + 1, names.length));
            return nearest(name, members).map(near -> whole(file, before + "/" + near, rest));
        }
        return Optional.empty();
    }

    /** The path with what stood behind the wrong name, where that exists there. */
    private static String whole(H5Coro file, String found, String rest) {
        if (rest.isEmpty()) {
            return found;
        }
        try {
            file.object(found + "/" + rest);
            return found + "/" + rest;
        } catch (H5Exception e) {
            return found;
        }
    }
}
