// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Readers around readers lose no call, also none of a method that {@link RangeReader} gets later. */
final class ForwardingRangeReaderTest {
    private static final List<CompletableFuture<byte[]>> ANSWERS = List.of(new CompletableFuture<>());

    private record Call(String method, List<Object> arguments) {}

    private final List<Call> calls = new ArrayList<>();

    private final RangeReader delegate = (RangeReader) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RangeReader.class}, (proxy, method, arguments) -> {
                calls.add(new Call(method.getName(), arguments == null ? List.of() : List.of(arguments)));
                return value(method.getReturnType());
            });

    private static final class Plain extends ForwardingRangeReader {
        Plain(RangeReader delegate) {
            super(delegate);
        }
    }

    /** Of each type a value that no implementation of {@link RangeReader} makes up. */
    private static Object value(Class<?> type) {
        if (type == List.class) {
            return ANSWERS;
        }
        if (type == Optional.class) {
            return Optional.of("told by the other");
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of(4711);
        }
        if (type == StorageProfile.class) {
            return new StorageProfile(17, 18, 19);
        }
        if (type == String.class) {
            return "the other";
        }
        if (type == long.class) {
            return 42L;
        }
        if (type == ByteRange.class) {
            return new ByteRange(3, 4);
        }
        if (type == CompletableFuture.class) {
            return ANSWERS.get(0);
        }
        return type == boolean.class ? true : null;
    }

    /** The methods of a reader, but that which tells of retries: its default is a wrapper's own read of many. */
    private static List<Method> methods() {
        return Arrays.stream(RangeReader.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !List.of(method.getParameterTypes()).contains(RangeReader.Retries.class))
                .toList();
    }

    /** One range is read by way of many, so that a wrapper sees all requests. */
    private static boolean isOneRange(Method method) {
        return Arrays.equals(method.getParameterTypes(), new Class<?>[] {ByteRange.class});
    }

    @Test
    void everyMethodReachesTheOtherReaderWithItsArgumentsAndItsAnswer() throws Exception {
        for (Method method : methods()) {
            calls.clear();
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(ForwardingRangeReaderTest::value)
                    .toArray();
            Object answer = method.invoke(new Plain(delegate), arguments);
            List<Object> handedOn = isOneRange(method) ? List.of(List.of(arguments)) : List.of(arguments);
            assertEquals(List.of(new Call(method.getName(), handedOn)), calls, method::toString);
            assertEquals(value(method.getReturnType()), answer, method::toString);
        }
        assertTrue(methods().size() >= 9, () -> methods().toString());
    }

    @Test
    void saysOfItselfWhatTheOtherReaderSays() {
        RangeReader memory = MemoryRangeReader.of("memory", new byte[1]);
        assertEquals(memory.toString(), new Plain(memory).toString());
        assertSame(memory, new Plain(memory).delegate());
    }

    @Test
    void whoOverridesTheReadOfManySeesTheOtherReads() {
        List<ByteRange> seen = new ArrayList<>();
        RangeReader watched = new ForwardingRangeReader(delegate) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                seen.addAll(ranges);
                return super.read(ranges);
            }
        };
        assertSame(ANSWERS.get(0), watched.read(new ByteRange(1, 2)));
        assertSame(ANSWERS, watched.read(List.of(new ByteRange(3, 4)), RangeReader.Retries.UNTOLD));
        assertEquals(List.of(new ByteRange(1, 2), new ByteRange(3, 4)), seen);
    }

    /** What a wrapper does not say itself, the other reader says: never a default of the interface. */
    @Test
    void aReaderAroundAReaderForwardsWhatItDoesNotChange() throws Exception {
        int wrappers = 0;
        for (JavaClass type : new ClassFileImporter().importPackages("io.h5coro")) {
            if (!type.isAssignableTo(RangeReader.class) || !holdsAReader(type)) {
                continue;
            }
            wrappers++;
            assertTrue(type.isAssignableTo(ForwardingRangeReader.class), () -> type.getName() + " forwards by hand");
            for (Method method : methods()) {
                Class<?> says = type.reflect()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass();
                if (!isOneRange(method)) {
                    assertNotEquals(RangeReader.class, says, () -> type.getName() + " does not forward " + method);
                }
            }
        }
        assertTrue(wrappers >= 4, "wrappers: " + wrappers);
    }

    private static boolean holdsAReader(JavaClass type) {
        return type.isAssignableTo(ForwardingRangeReader.class)
                || type.getFields().stream()
                        .anyMatch(field -> field.getRawType().isAssignableTo(RangeReader.class));
    }
}
