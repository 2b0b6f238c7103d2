// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The knots of a package: top-level types that all know each other, directly or in a circle. A sealed type and those
 * that it permits count as one type, since a closed family knows itself by design. Computed by Tarjan's algorithm.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Tarjan, Depth-first search and linear graph algorithms</a>
 */
public final class Knots {
    private final Map<String, Set<String>> edges;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> low = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Knots(Map<String, Set<String>> edges) {
        this.edges = edges;
    }

    /** The largest knot of each package, by its name; of one type where none know each other. */
    public static Map<String, Set<String>> largest(JavaClasses classes) {
        Map<String, Map<String, Set<String>>> graphs = new TreeMap<>();
        for (JavaClass type : classes) {
            Map<String, Set<String>> graph = graphs.computeIfAbsent(type.getPackageName(), p -> new TreeMap<>());
            Set<String> known = graph.computeIfAbsent(node(type), n -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(type.getPackageName())) {
                    known.add(node(target));
                }
            }
        }
        Map<String, Set<String>> largest = new TreeMap<>();
        graphs.forEach((name, graph) -> largest.put(name, new Knots(graph).largest()));
        return largest;
    }

    /** The type's outermost enclosing type, or the head of the sealed family that this belongs to. */
    private static String node(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        Class<?> head = family(outer.reflect(), outer.getPackageName());
        return head.getSimpleName().isEmpty() ? head.getName() : head.getSimpleName();
    }

    private static Class<?> family(Class<?> type, String packageName) {
        List<Class<?>> above = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            above.add(type.getSuperclass());
        }
        for (Class<?> one : above) {
            if (one.isSealed() && !one.isMemberClass() && one.getPackageName().equals(packageName)) {
                return family(one, packageName);
            }
        }
        return type;
    }

    private Set<String> largest() {
        for (String node : edges.keySet()) {
            if (!order.containsKey(node)) {
                visit(node);
            }
        }
        Set<String> most = Set.of();
        for (Set<String> knot : found) {
            most = knot.size() > most.size() ? knot : most;
        }
        return most;
    }

    /** Recursion is as deep as the package has types. */
    private void visit(String node) {
        order.put(node, order.size());
        low.put(node, order.get(node));
        path.push(node);
        for (String next : edges.getOrDefault(node, Set.of())) {
            if (!order.containsKey(next)) {
                visit(next);
                low.merge(node, low.get(next), Math::min);
            } else if (path.contains(next)) {
                low.merge(node, order.get(next), Math::min);
            }
        }
        if (low.get(node).equals(order.get(node))) {
            found.add(popThrough(node));
        }
    }

    private Set<String> popThrough(String node) {
        Set<String> knot = new TreeSet<>();
        String top;
        do {
            top = path.pop();
            knot.add(top);
        } while (!top.equals(node));
        return knot;
    }

    /** The top-level types of a package, sealed families included member by member. */
    public static Map<String, Set<String>> types(Collection<JavaClass> classes) {
        Map<String, Set<String>> types = new TreeMap<>();
        for (JavaClass type : classes) {
            if (type.getEnclosingClass().isEmpty() && !type.getSimpleName().equals("package-info")) {
                types.computeIfAbsent(type.getPackageName(), p -> new HashSet<>())
                        .add(type.getName());
            }
        }
        return types;
    }
}
