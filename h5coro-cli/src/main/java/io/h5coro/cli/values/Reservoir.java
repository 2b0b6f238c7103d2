// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import java.util.Arrays;

/**
 * A sample of numbers of which each is in it with the same probability, however many there are. The same numbers give
 * the same sample, on every machine. Confined to one thread.
 */
final class Reservoir {
    /*
     * Li's algorithm L (ACM TOMS 20/4, 1994): once it is full, the number of those that are passed over before one
     * takes the place of another is drawn at once, so that most numbers cost a comparison.
     */

    /** Numbers of a sample: a quantile of it is within 1.3 % of all ranks in 99 of 100 samples. */
    static final int SIZE = 10_000;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private double[] numbers = new double[64];
    private int size;
    /** Numbers that were seen. */
    private long seen;
    /** The number, counted from 1, that takes a place. */
    private long next = SIZE + 1L;

    private double weight = 1;
    private long state;

    /** Adds a number. */
    void add(double number) {
        seen++;
        if (size < SIZE) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.min(SIZE, 2 * size));
            }
            numbers[size++] = number;
            if (size == SIZE) {
                skip(seen);
            }
        } else if (seen == next) {
            numbers[(int) (random() * SIZE)] = number;
            skip(seen);
        }
    }

    private void skip(long from) {
        weight *= StrictMath.exp(StrictMath.log(random()) / SIZE);
        double passed = Math.floor(StrictMath.log(random()) / StrictMath.log1p(-weight));
        next = passed >= Long.MAX_VALUE - from - 1 ? Long.MAX_VALUE : from + 1 + (long) passed;
    }

    /** Returns the next number of SplitMix64, above 0 and up to 1. */
    private double random() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return ((z >>> 11) + 0.5) * 0x1p-53;
    }

    /** Returns the number of numbers in the sample. */
    int size() {
        return size;
    }

    /** Returns whether the sample is all there is. */
    boolean isAll() {
        return seen == size;
    }

    /** Returns a number a part of the way from one to a greater one, also where their difference is infinite. */
    private static double between(double lower, double upper, double part) {
        if (lower == upper || part == 0) {
            return lower;
        }
        double way = upper - lower;
        return Double.isFinite(way) ? lower + way * part : lower * (1 - part) + upper * part;
    }

    /** Returns quantiles, each by linear interpolation between two numbers of the sample, as numpy does. */
    double[] quantiles(double... fractions) {
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        double[] quantiles = new double[fractions.length];
        for (int q = 0; q < fractions.length; q++) {
            double at = fractions[q] * (size - 1);
            int below = (int) at;
            double lower = sorted[below];
            double upper = sorted[Math.min(below + 1, size - 1)];
            quantiles[q] = between(lower, upper, at - below);
        }
        return quantiles;
    }
}
