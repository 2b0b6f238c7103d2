// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringTokenizer;

/** Reads lists of lists of whole numbers, as JSON has them. */
final class JsonList {
    private JsonList() {}

    static List<Object> parse(String text) {
        Deque<List<Object>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
        StringTokenizer tokens = new StringTokenizer(text, "[], ", true);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            switch (token) {
                case "[" -> {
                    List<Object> inner = new ArrayList<>();
                    open.peek().add(inner);
                    open.push(inner);
                }
                case "]" -> open.pop();
                case ",", " " -> {}
                default -> open.peek().add(Long.parseLong(token));
            }
        }
        @SuppressWarnings("unchecked")
        List<Object> whole = (List<Object>) open.pop().get(0);
        return whole;
    }
}
