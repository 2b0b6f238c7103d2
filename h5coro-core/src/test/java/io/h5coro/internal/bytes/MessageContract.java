// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.Function;

/** What every parser of a structure owes to bytes that are not what the specification says. */
public final class MessageContract {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** More than the message of an error and its stack trace, less than any size that a test claims. */
    private static final long FEW_BYTES = 128 << 10;

    private MessageContract() {}

    /** Whole it parses to what is expected, cut or damaged it ends in a typed error. */
    public static <T> void parses(T expected, MessageBytes message, Function<Cursor, T> parser) {
        assertEquals(expected, parser.apply(message.cursor()));
        refusesEveryPrefix(message, parser);
        damageEndsInATypedError(message, parser);
    }

    /** Whole it parses; cut at any length it is malformed, at a place within it. */
    public static void refusesEveryPrefix(MessageBytes whole, Function<Cursor, ?> parser) {
        Object unused = assertDoesNotThrow(() -> parser.apply(whole.cursor()));
        for (int length = 0; length < whole.size(); length++) {
            Cursor cut = whole.cut(length);
            String what = length + " of " + whole.size() + " bytes";
            placed(assertThrows(MalformedFileException.class, () -> parser.apply(cut), what), length);
        }
    }

    /** Bytes that no writer leaves. */
    public static MalformedFileException malformed(MessageBytes message, Function<Cursor, ?> parser) {
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> parser.apply(message.cursor()));
        placed(e, message.size());
        return e;
    }

    /** Bytes that are right and not read. */
    public static UnsupportedFeatureException unsupported(MessageBytes message, Function<Cursor, ?> parser) {
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> parser.apply(message.cursor()));
        placed(e, message.size());
        return e;
    }

    /** A size above what there is: malformed, and nothing is allocated for it. */
    public static void refusesWithoutAllocating(MessageBytes message, Function<Cursor, ?> parser) {
        for (int i = 0; i < 3; i++) {
            malformed(message, parser);
        }
        Cursor cursor = message.cursor();
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThrows(MalformedFileException.class, () -> parser.apply(cursor));
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(allocated < FEW_BYTES, allocated + " bytes allocated");
    }

    /** Damaged in any way it parses or is refused; there is no third. */
    public static void damageEndsInATypedError(MessageBytes whole, Function<Cursor, ?> parser) {
        Random random = new Random(whole.size());
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.toArray();
            for (int k = random.nextInt(3); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            int length = random.nextInt(damaged.length) + 1;
            Cursor cursor = whole.over(damaged, random.nextBoolean() ? damaged.length : length);
            try {
                Object unused = parser.apply(cursor);
            } catch (H5Exception e) {
                assertEquals(MessageBytes.SOURCE, e.where().source());
            }
        }
    }

    private static void placed(H5Exception e, int length) {
        assertEquals(MessageBytes.SOURCE, e.where().source(), e.getMessage());
        long within = e.where().address() - MessageBytes.ADDRESS;
        assertTrue(within >= 0 && within <= length, e.getMessage());
        assertFalse(e.problem().isBlank());
    }
}
