// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which elements of one row-major block go where in the flat result: nested loops with a stride on either side, the
 * inner one being a run. Neighbouring dimensions that are contiguous on both sides are one loop, so a block that is
 * wanted as a whole is a single run. All numbers count elements. Immutable.
 *
 * <p>Example: of a chunk of 4 x 5 elements the columns 1 and 3 of rows 2 and 3 are wanted, as rows 0 and 1 of a result
 * of width 8, from column 6 on. Runs of 2 elements with source step 2 and destination step 1: (11 to 6), (16 to 14).
 */
public final class StridedCopy implements ElementCopy {
    /**
     * Iterations of each loop, from the outer one to the run. Invariant: not empty; a copy of nothing is a single 0.
     */
    private final long[] count;
    /** For each loop, elements of the source from one iteration to the next. */
    private final long[] sourceStride;
    /** For each loop, elements of the result from one iteration to the next. */
    private final long[] destinationStride;

    private final long sourceBase;
    private final long destinationBase;

    private StridedCopy(
            long[] count, long[] sourceStride, long[] destinationStride, long sourceBase, long destinationBase) {
        this.count = count;
        this.sourceStride = sourceStride;
        this.destinationStride = destinationStride;
        this.sourceBase = sourceBase;
        this.destinationBase = destinationBase;
    }

    /**
     * The part of a selected box that a block holds.
     *
     * @param origin the block's first element, in the dataset
     * @param block the block's dimensions as it is stored; its number of elements does not exceed 2^63 - 1
     * @param box what is selected, in the dataset
     * @param target where the box goes
     */
    static StridedCopy of(long[] origin, long[] block, Box box, Target target) {
        int rank = block.length;
        long[] count = new long[rank];
        long[] source = new long[rank];
        long[] destination = new long[rank];
        long sourceBase = 0;
        long destinationBase = target.base();
        long blockStride = 1;
        long resultStride = 1;
        for (int d = rank - 1; d >= 0; d--) {
            long first = firstSelected(box, d, origin[d]);
            long behind = firstSelected(box, d, Math.addExact(origin[d], block[d]));
            count[d] = Math.max(0, behind - first);
            source[d] = blockStride * box.step()[d];
            destination[d] = resultStride;
            sourceBase += (box.start()[d] + first * box.step()[d] - origin[d]) * blockStride;
            destinationBase += first * resultStride;
            blockStride *= block[d];
            resultStride *= target.dimensions()[d];
        }
        for (long c : count) {
            if (c == 0) {
                return new StridedCopy(new long[] {0}, new long[] {1}, new long[] {1}, 0, 0);
            }
        }
        return collapsed(count, source, destination, sourceBase, destinationBase);
    }

    /** A copy of {@code n} elements, at least one, from the start of a block to the start of the result. */
    public static StridedCopy contiguous(long n) {
        return new StridedCopy(new long[] {n}, new long[] {1}, new long[] {1}, 0, 0);
    }

    /** A copy of {@code n} elements, at least one, from one place to another. */
    public static StridedCopy run(long n, long source, long destination) {
        return new StridedCopy(new long[] {n}, new long[] {1}, new long[] {1}, source, destination);
    }

    /** A copy of {@code n} elements, at least one, from the start of a block to places that are {@code step} apart. */
    public static StridedCopy row(long n, long destination, long step) {
        return new StridedCopy(new long[] {n}, new long[] {1}, new long[] {step}, 0, destination);
    }

    /**
     * Where a box goes.
     *
     * @param dimensions the result's dimensions
     * @param base index in the flat result of the box's first element
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    public record Target(long[] dimensions, long base) {}

    /** The number of the first selected index that is not before {@code index}; the box's count when there is none. */
    static long firstSelected(Box box, int d, long index) {
        long distance = index - box.start()[d];
        if (distance <= 0) {
            return 0;
        }
        return Math.min(box.count()[d], 1 + (distance - 1) / box.step()[d]);
    }

    /**
     * Leaves out loops of one iteration, and joins a loop with the one inside it when its stride is that loop's whole
     * length on both sides.
     *
     * <p>Example: counts 4, 1, 5 with source strides 5, 5, 1 and destination strides 5, 5, 1 is one run of 20. With
     * destination strides 8, 8, 1 it is four runs of 5.
     */
    private static StridedCopy collapsed(
            long[] count, long[] source, long[] destination, long sourceBase, long destinationBase) {
        int kept = 0;
        for (int d = 0; d < count.length; d++) {
            if (count[d] == 1) {
                continue;
            }
            boolean joins = kept > 0
                    && source[kept - 1] == count[d] * source[d]
                    && destination[kept - 1] == count[d] * destination[d];
            int into = joins ? kept - 1 : kept++;
            count[into] = joins ? count[into] * count[d] : count[d];
            source[into] = source[d];
            destination[into] = destination[d];
        }
        if (kept == 0) {
            return new StridedCopy(new long[] {1}, new long[] {1}, new long[] {1}, sourceBase, destinationBase);
        }
        return new StridedCopy(
                Arrays.copyOf(count, kept),
                Arrays.copyOf(source, kept),
                Arrays.copyOf(destination, kept),
                sourceBase,
                destinationBase);
    }

    @Override
    public StridedCopy shifted(long elements) {
        return new StridedCopy(
                count, sourceStride, destinationStride, sourceBase, Math.addExact(destinationBase, elements));
    }

    @Override
    public boolean isEmpty() {
        return count[0] == 0;
    }

    /** The number of elements copied. */
    public long elementCount() {
        long n = 1;
        for (long c : count) {
            n *= c;
        }
        return n;
    }

    @Override
    public long runLength() {
        return count[count.length - 1];
    }

    @Override
    public long sourceStep() {
        return sourceStride[sourceStride.length - 1];
    }

    @Override
    public long destinationStep() {
        return destinationStride[destinationStride.length - 1];
    }

    @Override
    public long sourceStart() {
        return sourceBase;
    }

    @Override
    public long sourceExtent() {
        return isEmpty() ? 0 : 1 + reach(0);
    }

    /** Distance from the first to the last element of the loops from {@code d} inwards. */
    private long reach(int d) {
        long reach = 0;
        for (int i = d; i < count.length; i++) {
            reach += (count[i] - 1) * sourceStride[i];
        }
        return reach;
    }

    /** {@inheritDoc} They come in the order of the result. */
    @Override
    public void forEachRun(RunVisitor visitor) {
        if (isEmpty()) {
            return;
        }
        long[] at = new long[count.length - 1];
        long source = sourceBase;
        long destination = destinationBase;
        int d;
        do {
            visitor.run(source, destination);
            for (d = at.length - 1; d >= 0; d--) {
                source += sourceStride[d];
                destination += destinationStride[d];
                if (++at[d] < count[d]) {
                    break;
                }
                source -= sourceStride[d] * count[d];
                destination -= destinationStride[d] * count[d];
                at[d] = 0;
            }
        } while (d >= 0);
    }

    /** The same copy to another place in the result. */
    StridedCopy to(long destination) {
        return new StridedCopy(count, sourceStride, destinationStride, sourceBase, destination);
    }

    @Override
    public StridedCopy fromSourceStart() {
        return new StridedCopy(count, sourceStride, destinationStride, 0, destinationBase);
    }

    /**
     * Cuts the copy as {@link #split(long, long, Consumer)} does.
     *
     * <p>Example: two rows of 3 elements, 10 apart in the source. With a gap of 7 and an extent of 13 they are one
     * part. With a gap of 6 they are two parts of 3. With an extent of 2 each row is two parts, of 2 elements and of 1.
     *
     * @return parts in the order of the result; empty when nothing is copied
     */
    public List<StridedCopy> split(long gap, long extent) {
        List<StridedCopy> parts = new ArrayList<>();
        if (!isEmpty()) {
            split(0, this, Math.max(0, gap), Math.max(1, extent), parts);
        }
        return parts;
    }

    @Override
    public void split(long gap, long extent, Consumer<ElementCopy> parts) {
        split(gap, extent).forEach(parts);
    }

    /** Cuts {@code piece} along loop d and further inwards; the loops outside of d are single. */
    private static void split(int d, StridedCopy piece, long gap, long extent, List<StridedCopy> parts) {
        if (piece.reach(d) < extent && !piece.holesWithin(d, gap)) {
            parts.add(piece);
            return;
        }
        long inner = piece.reach(d + 1);
        boolean innerFits = inner < extent && !piece.holesWithin(d + 1, gap);
        boolean bridged = piece.sourceStride[d] - 1 - inner <= gap;
        long each = innerFits && bridged ? Math.max(1, 1 + (extent - 1 - inner) / piece.sourceStride[d]) : 1;
        for (long i = 0; i < piece.count[d]; i += each) {
            StridedCopy part = piece.section(d, i, Math.min(each, piece.count[d] - i));
            if (innerFits) {
                parts.add(part);
            } else {
                split(d + 1, part, gap, extent, parts);
            }
        }
    }

    /** Whether the loops from {@code d} inwards leave out more than {@code gap} elements in a row. */
    private boolean holesWithin(int d, long gap) {
        for (int i = d; i < count.length; i++) {
            if (count[i] > 1 && sourceStride[i] - 1 - reach(i + 1) > gap) {
                return true;
            }
        }
        return false;
    }

    /** Iterations {@code [from, from + length)} of loop {@code d}; the arrays of strides are shared. */
    private StridedCopy section(int d, long from, long length) {
        long[] counts = count.clone();
        counts[d] = length;
        return new StridedCopy(
                counts,
                sourceStride,
                destinationStride,
                sourceBase + from * sourceStride[d],
                destinationBase + from * destinationStride[d]);
    }

    @Override
    public String toString() {
        return Arrays.toString(count) + " from " + sourceBase + " by " + Arrays.toString(sourceStride) + " to "
                + destinationBase + " by " + Arrays.toString(destinationStride);
    }
}
