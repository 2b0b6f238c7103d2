// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Attribute;
import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two objects at one path, and what was found of them so far. Confined to one thread. */
final class ObjectPair {
    /** Names of enumerations in a message. */
    private static final int MOST_NAMES = 10;

    private final String path;
    private final @Nullable H5Object left;
    private final @Nullable H5Object right;
    private final List<Differences.Difference> found = new ArrayList<>();
    private List<Attribute> leftAttributes;
    private List<Attribute> rightAttributes;

    ObjectPair(String path, H5Object left, H5Object right) {
        this.path = path;
        this.left = left;
        this.right = right;
        this.leftAttributes = List.of();
        this.rightAttributes = List.of();
    }

    private ObjectPair(String path) {
        this.path = path;
        this.left = null;
        this.right = null;
        this.leftAttributes = List.of();
        this.rightAttributes = List.of();
    }

    /** A path of which all is known. */
    static ObjectPair of(String path, String kind, String what) {
        ObjectPair pair = new ObjectPair(path);
        pair.differs(kind, what, null);
        return pair;
    }

    String path() {
        return path;
    }

    /** Returns whether there are objects to compare. */
    boolean isOpen() {
        return left != null;
    }

    H5Object left() {
        return Objects.requireNonNull(left);
    }

    H5Object right() {
        return Objects.requireNonNull(right);
    }

    /** Takes the attributes that a walk has read. */
    void attributes(List<Attribute> ofLeft, List<Attribute> ofRight) {
        leftAttributes = ofLeft;
        rightAttributes = ofRight;
    }

    /** Reads attributes where no walk has. */
    void readAttributes() {
        if (leftAttributes.isEmpty() && rightAttributes.isEmpty()) {
            attributes(left().attributes(), right().attributes());
        }
    }

    List<Attribute> leftAttributes() {
        return leftAttributes;
    }

    List<Attribute> rightAttributes() {
        return rightAttributes;
    }

    List<Differences.Difference> found() {
        return found;
    }

    void differs(String kind, String what, Differences.@Nullable Values values) {
        found.add(new Differences.Difference(path, kind, what, values));
    }

    /** Compares kinds, types and shapes; true when there are values of both to compare. */
    boolean structure() {
        String one = FileDiff.kind(left());
        String other = FileDiff.kind(right());
        if (!one.equals(other)) {
            differs("object", "a " + one + " != a " + other, null);
            return false;
        }
        if (left() instanceof CommittedType a && right() instanceof CommittedType b) {
            boolean unused = types("", a.type(), b.type());
            return false;
        }
        if (!(left() instanceof Dataset a) || !(right() instanceof Dataset b)) {
            return false;
        }
        boolean comparable = types("", a.type(), b.type());
        return spaces("", a.dataspace(), b.dataspace())
                && comparable
                && a.dataspace().kind() != Dataspace.Kind.NULL;
    }

    /** Compares types; true when their values can be compared. */
    boolean types(String what, ElementType a, ElementType b) {
        if (a.equals(b)) {
            return true;
        }
        String kind = what.isEmpty() ? "type" : "attribute";
        differs(kind, what + "type " + words(a, b) + " != " + words(b, a), null);
        return a instanceof IntegerType && b instanceof IntegerType || a instanceof FloatType && b instanceof FloatType;
    }

    /** Returns a type in words that tell it from another one. */
    private static String words(ElementType type, ElementType other) {
        String name = type.shortName();
        if (!name.equals(other.shortName())) {
            return name;
        }
        if (type instanceof EnumType named && other instanceof EnumType others) {
            List<EnumType.Member> own = new ArrayList<>(named.members());
            own.removeAll(others.members());
            return own.isEmpty()
                    ? type.toString()
                    : name
                            + own.stream()
                                    .limit(MOST_NAMES)
                                    .map(member -> member.name() + " = " + member.value())
                                    .collect(Collectors.joining(", ", " of ", own.size() > MOST_NAMES ? ", ..." : ""));
        }
        return type.toString();
    }

    /** Compares shapes; true when they are equal. */
    boolean spaces(String what, Dataspace a, Dataspace b) {
        boolean equal = a.kind() == b.kind() && a.shape().equals(b.shape());
        if (!equal) {
            String kind = what.isEmpty() ? "shape" : "attribute";
            differs(kind, what + "shape " + shape(a) + " != " + shape(b), null);
        }
        return equal;
    }

    private static String shape(Dataspace space) {
        return space.kind() == Dataspace.Kind.NULL ? "null" : space.shape().toString();
    }
}
