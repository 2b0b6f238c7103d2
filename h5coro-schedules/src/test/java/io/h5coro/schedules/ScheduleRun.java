// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs test classes from a built checkout: {@code bin/h5coro-schedules}. Ends with 1 when a test fails. */
public final class ScheduleRun {
    private static final String THROWN = "Error: ";

    private ScheduleRun() {}

    /** Runs the tests of the classes that are named, to the first that fails in each. */
    public static void main(String[] names) throws ReflectiveOperationException {
        boolean good = true;
        for (String name : names) {
            Class<?> type = Class.forName(name);
            for (Method test : testsOf(type)) {
                if (!passes(type, test)) {
                    good = false;
                    break;
                }
            }
        }
        // What waits for ever in a schedule that failed still does.
        System.exit(good ? 0 : 1);
    }

    private static List<Method> testsOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static boolean passes(Class<?> type, Method test) throws ReflectiveOperationException {
        Constructor<?> maker = type.getDeclaredConstructor();
        maker.setAccessible(true);
        test.setAccessible(true);
        try {
            test.invoke(maker.newInstance());
            return true;
        } catch (InvocationTargetException e) {
            String steps = String.valueOf(e.getCause().getMessage());
            System.out.println(type.getSimpleName() + "." + test.getName() + " fails: " + reason(steps));
            System.out.println(steps);
            return false;
        }
    }

    /** What a report of Lincheck says went wrong: what was thrown last, or its heading. */
    private static String reason(String report) {
        List<String> lines = report.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.stream()
                .filter(line -> line.contains(THROWN))
                .findFirst()
                .map(line -> line.substring(line.lastIndexOf(THROWN) + THROWN.length()))
                .orElseGet(() ->
                        lines.isEmpty() ? report : lines.get(0).replace("=", "").strip());
    }
}
