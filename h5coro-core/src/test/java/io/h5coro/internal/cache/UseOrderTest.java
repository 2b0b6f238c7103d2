// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes first when something has to. */
final class UseOrderTest {
    private static UseOrder<Integer, String> abc() {
        UseOrder<Integer, String> order = new UseOrder<>();
        order.put(1, "a");
        order.put(2, "b");
        order.put(3, "c");
        return order;
    }

    private static List<String> all(UseOrder<Integer, String> order) {
        List<String> all = new ArrayList<>();
        order.oldestFirst().forEachRemaining(all::add);
        return all;
    }

    @Test
    void whatIsUsedGoesLast() {
        UseOrder<Integer, String> order = abc();
        assertEquals("a", order.get(1));
        assertEquals("b", order.put(2, "B"));
        assertEquals(List.of("c", "a", "B"), all(order));
    }

    @Test
    void lookingWhetherItIsThereIsNoUse() {
        UseOrder<Integer, String> order = abc();
        assertTrue(order.has(1));
        assertFalse(order.has(4));
        assertNull(order.get(4));
        assertEquals(List.of("a", "b", "c"), all(order));
    }

    @Test
    void whatMayNotGoIsPassedOver() {
        UseOrder<Integer, String> order = abc();
        Iterator<String> oldest = order.oldestFirst();
        oldest.next();
        assertEquals("b", oldest.next());
        oldest.remove();
        assertEquals(List.of("a", "c"), all(order));
    }

    @Test
    void forgetsAValueOnlyWhileItIsTheOne() {
        UseOrder<Integer, String> order = abc();
        assertFalse(order.remove(1, "other"));
        assertTrue(order.remove(1, "a"));
        assertEquals(2, order.size());
        order.clear();
        assertEquals(List.of(), all(order));
    }

    @Test
    void ofWhatWasParsedTheLatestStaysHoweverLarge() {
        Recent<String> recent = new Recent<>(10);
        recent.put(1, "a", 6);
        recent.put(2, "b", 4);
        assertEquals("a", recent.get(1));
        recent.put(3, "c", 4);
        assertNull(recent.get(2));
        recent.put(1, "A", 2);
        assertTrue(recent.contains(3));
        recent.put(4, "large", 100);
        assertFalse(recent.contains(3));
        assertFalse(recent.contains(1));
        assertEquals("large", recent.get(4));
    }
}
