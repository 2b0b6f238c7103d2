// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a variable that lie in several files, as one. Pure. */
final class JoinedVariable {
    /** Attributes that say what the stored numbers mean. */
    private static final List<String> MEANING =
            List.of("units", "calendar", "scale_factor", "add_offset", "_FillValue", "missing_value", "_Unsigned");

    private JoinedVariable() {}

    /**
     * Checks that a part is of the same kind as the first one.
     *
     * @param axis along which the parts differ in length; negative when they are to be equal
     * @throws RefusedException when it is not
     */
    static void check(ReferencedVariable first, @Nullable ReferencedVariable part, int axis) {
        if (part == null) {
            throw new RefusedException("a file does not have it");
        }
        ZarrArray a = first.array();
        ZarrArray b = part.array();
        if (!a.type().equals(b.type()) || !Objects.equals(a.fill(), b.fill())) {
            throw new RefusedException("files differ in its type or its fill value");
        }
        if (!first.dimensions().equals(part.dimensions()) || !lengthsFit(a.shape(), b.shape(), axis)) {
            throw new RefusedException("files differ in its shape");
        }
        for (String name : MEANING) {
            if (!Objects.equals(first.attributes().get(name), part.attributes().get(name))) {
                throw new RefusedException("files differ in its attribute " + name);
            }
        }
        boolean other = axis < 0
                && first.isInlined()
                && part.isInlined()
                && !Arrays.equals(
                        first.chunks().get(0).inlined(), part.chunks().get(0).inlined());
        if (other) {
            throw new RefusedException("files differ in its values, and it does not have the dimension");
        }
    }

    private static boolean lengthsFit(Shape a, Shape b, int axis) {
        return a.rank() == b.rank()
                && (axis < 0 ? a.equals(b) : Concatenation.with(a, axis, 0).equals(Concatenation.with(b, axis, 0)));
    }

    /**
     * Joins parts that passed {@link #check}.
     *
     * @throws RefusedException when their chunks make no common grid
     */
    static ReferencedVariable of(List<ReferencedVariable> parts, int axis) {
        List<ReferencedVariable> all = parts.stream()
                .filter(part -> part.array().shape().elementCount() > 0)
                .toList();
        if (all.isEmpty()) {
            return parts.get(0);
        }
        ReferencedVariable first = all.get(0);
        long length = all.stream()
                .mapToLong(part -> part.array().shape().dimension(axis))
                .sum();
        Shape shape = Concatenation.with(first.array().shape(), axis, length);
        boolean inlined = all.stream().allMatch(JoinedVariable::isPlain);
        return inlined ? values(all, axis, shape) : references(all, axis, shape);
    }

    private static boolean isPlain(ReferencedVariable part) {
        boolean codecs =
                !part.array().codecs().isEmpty() && !part.array().type().isObject();
        return part.isInlined() && !codecs;
    }

    private static ReferencedVariable with(ReferencedVariable first, ZarrArray array, List<ChunkReference> chunks) {
        return new ReferencedVariable(first.path(), array, first.dimensions(), first.attributes(), chunks);
    }

    private static ReferencedVariable references(List<ReferencedVariable> parts, int axis, Shape shape) {
        ReferencedVariable first = parts.get(0);
        ZarrArray array = first.array().withShape(shape);
        long chunk = array.chunks().dimension(axis);
        ChunkGrid grid = array.grid();
        List<ChunkReference> chunks = new ArrayList<>();
        long start = 0;
        for (ReferencedVariable part : parts) {
            if (start % chunk != 0) {
                throw new RefusedException("the lengths of its parts are no multiples of its chunks");
            }
            boolean same = part.array().chunks().equals(array.chunks())
                    && part.array().codecs().equals(array.codecs());
            if (!same) {
                throw new RefusedException("files differ in its chunks or its filters");
            }
            ChunkGrid own = part.array().grid();
            for (ChunkReference reference : part.chunks()) {
                long[] place = own.place(reference.index());
                place[axis] += start / chunk;
                chunks.add(reference.withIndex(grid.index(place)));
            }
            start += part.array().shape().dimension(axis);
        }
        return with(first, array, Concatenation.ordered(chunks));
    }

    private static ReferencedVariable values(List<ReferencedVariable> parts, int axis, Shape shape) {
        ReferencedVariable first = parts.get(0);
        ZarrArray array =
                ZarrArray.inlined(shape, first.array().type(), first.array().fill());
        byte[] joined = first.array().type().isObject() ? texts(parts, axis) : bytes(parts, axis);
        return with(first, array, List.of(ChunkReference.of(0, joined)));
    }

    private static byte[] inlined(ReferencedVariable part) {
        return Objects.requireNonNull(part.chunks().get(0).inlined());
    }

    /** Takes of each part in turn what lies at one place of the dimensions in front of the axis. */
    private static byte[] bytes(List<ReferencedVariable> parts, int axis) {
        Shape shape = parts.get(0).array().shape();
        int outer = 1;
        for (int d = 0; d < axis; d++) {
            outer *= (int) shape.dimension(d);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < outer; i++) {
            for (ReferencedVariable part : parts) {
                byte[] own = inlined(part);
                int each = own.length / outer;
                all.write(own, i * each, each);
            }
        }
        return all.toByteArray();
    }

    private static byte[] texts(List<ReferencedVariable> parts, int axis) {
        if (axis > 0) {
            throw new RefusedException("texts of variable length are joined along their first dimension only");
        }
        int count = 0;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ReferencedVariable part : parts) {
            byte[] own = inlined(part);
            count += ByteBuffer.wrap(own).order(ByteOrder.LITTLE_ENDIAN).getInt();
            all.write(own, Integer.BYTES, own.length - Integer.BYTES);
        }
        ByteBuffer joined = ByteBuffer.allocate(Integer.BYTES + all.size()).order(ByteOrder.LITTLE_ENDIAN);
        return joined.putInt(count).put(all.toByteArray()).array();
    }
}
