// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.memory.AnswerArrays;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which arrays are used again, and how they are counted. */
final class LoanTest {
    private static final int LENGTH = 100_000;

    private final SharedMemory memory = new SharedMemory(16_000_000, WhenFull.WAIT);
    private final AnswerArrays arrays = memory.answerArrays();

    @BeforeEach
    void open() {
        arrays.use();
    }

    private long counted() {
        return memory.use().cacheBytes();
    }

    private byte[] next(int length) {
        return new Loan(arrays).lend(length);
    }

    @Test
    void anAnswersArrayIsUsedAgainOnceItIsGivenBack() {
        Loan loan = new Loan(arrays);
        byte[] array = loan.lend(LENGTH);
        assertTrue(array.length >= LENGTH && array.length <= LENGTH * 9 / 8);
        assertEquals(array.length - LENGTH, counted());
        loan.answered(array);
        assertNotSame(array, next(LENGTH));
        loan.giveBack();
        assertEquals(array.length, arrays.idleBytes());
        assertEquals(2L * array.length - LENGTH, counted());
        assertSame(array, next(LENGTH));
        assertEquals(2L * (array.length - LENGTH), counted());
    }

    @Test
    void ofTwoRequestsOnlyTheArrayOfTheAnswerIsUsedAgain() {
        Loan loan = new Loan(arrays);
        byte[] first = loan.lend(LENGTH);
        byte[] second = loan.lend(LENGTH);
        loan.answered(second);
        loan.giveBack();
        assertSame(second, next(LENGTH));
        assertNotSame(first, next(LENGTH));
        assertEquals(2L * (first.length - LENGTH), counted());
    }

    @Test
    void noArrayOfAFailedRequestIsUsedAgain() {
        Loan loan = new Loan(arrays);
        byte[] array = loan.lend(LENGTH);
        loan.answered(null);
        loan.giveBack();
        assertEquals(0, arrays.idleBytes());
        assertEquals(0, counted());
        assertNotSame(array, next(LENGTH));
    }

    @Test
    void noneIsUsedAgainThatWasLentAfterTheEnd() {
        Loan loan = new Loan(arrays);
        byte[] array = loan.lend(LENGTH);
        loan.answered(array);
        byte[] late = loan.lend(LENGTH);
        loan.giveBack();
        assertSame(array, next(LENGTH));
        assertNotSame(late, next(LENGTH));
    }

    @Test
    void anArrayOfTheReadersOwnIsNotKept() {
        Loan loan = new Loan(arrays);
        loan.answered(new byte[LENGTH]);
        loan.giveBack();
        assertEquals(0, arrays.idleBytes());
        assertEquals(0, counted());
    }

    @Test
    void anArrayIsGivenBackOnce() {
        Loan loan = new Loan(arrays);
        byte[] array = loan.lend(LENGTH);
        loan.answered(array);
        loan.giveBack();
        loan.giveBack();
        assertSame(array, next(LENGTH));
        assertNotSame(array, next(LENGTH));
    }

    @Test
    void muchLongerOnesAreForOthersAndShortOnesAreNotKept() {
        Loan loan = new Loan(arrays);
        byte[] array = loan.lend(LENGTH);
        loan.answered(array);
        loan.giveBack();
        assertNotSame(array, next(LENGTH * 8 / 10));
        assertSame(array, next(LENGTH * 95 / 100));
        Loan small = new Loan(arrays);
        byte[] few = small.lend(AnswerArrays.LEAST_BYTES - 1);
        assertEquals(AnswerArrays.LEAST_BYTES - 1, few.length);
        small.answered(few);
        small.giveBack();
        assertEquals(0, arrays.idleBytes());
    }

    @Test
    void idleOnesAreBoundedGiveWayAndGoWhenItIsClosed() {
        for (int i = 0; i < 30; i++) {
            Loan[] loans = new Loan[30];
            for (int j = 0; j < loans.length; j++) {
                loans[j] = new Loan(arrays);
                loans[j].answered(loans[j].lend(LENGTH));
            }
            for (Loan loan : loans) {
                loan.giveBack();
            }
        }
        assertTrue(arrays.idleBytes() > 900_000 && arrays.idleBytes() <= 1_000_000, arrays.idleBytes() + " bytes");
        assertEquals(arrays.idleBytes(), counted());
        arrays.reclaim(500_000);
        assertTrue(arrays.idleBytes() > 350_000 && arrays.idleBytes() <= 500_000, arrays.idleBytes() + " bytes");
        Loan open = new Loan(arrays);
        open.answered(open.lend(LENGTH));
        arrays.use();
        arrays.useNoMore();
        assertTrue(arrays.idleBytes() > 0);
        arrays.useNoMore();
        assertEquals(0, arrays.idleBytes());
        open.giveBack();
        assertEquals(0, arrays.idleBytes());
        assertEquals(0, counted());
    }

    @Test
    void thoseOfALengthThatNobodyAsksForMakeRoom() {
        for (int length : new int[] {300_000, LENGTH}) {
            Loan[] loans = new Loan[10];
            for (int i = 0; i < loans.length; i++) {
                loans[i] = new Loan(arrays);
                loans[i].answered(loans[i].lend(length));
            }
            for (Loan loan : loans) {
                loan.giveBack();
            }
        }
        assertTrue(arrays.idleBytes() <= 1_000_000, arrays.idleBytes() + " bytes");
        long before = arrays.idleBytes();
        for (int i = 0; i < 9; i++) {
            byte[] unused = next(LENGTH);
        }
        assertTrue(arrays.idleBytes() < before / 4, arrays.idleBytes() + " bytes of " + before);
    }
}
