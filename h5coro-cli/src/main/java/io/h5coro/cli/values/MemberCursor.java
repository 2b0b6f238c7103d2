// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Group;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a walk through a group stands, for two walks that go side by side. Confined to one thread. */
final class MemberCursor {
    private final Iterator<Group.Member> members;
    /** The names of the links that lead from the group to the member. */
    private final List<StoredText> names = new ArrayList<>();

    private Group.@Nullable Member member;
    private String path = "";

    MemberCursor(Iterator<Group.Member> members) {
        this.members = members;
        advance();
    }

    /** Returns the member; null behind the last one. */
    Group.@Nullable Member member() {
        return member;
    }

    /** Returns the path of the member from the group; empty for the group itself. */
    String path() {
        return path;
    }

    /** Goes on to the next member. */
    void advance() {
        if (!members.hasNext()) {
            member = null;
            return;
        }
        Group.Member next = members.next();
        member = next;
        while (names.size() >= Math.max(1, next.depth())) {
            names.remove(names.size() - 1);
        }
        next.link().map(Link::storedName).ifPresent(names::add);
        path = String.join("/", names.stream().map(StoredText::text).toList());
    }

    /** Goes on to the next member that is not below this one. */
    void skip() {
        int depth = member == null ? 0 : member.depth();
        do {
            advance();
        } while (member != null && member.depth() > depth);
    }

    /** Compares with the place of another walk, in the order in which walks go; the end is behind all members. */
    int compare(MemberCursor other) {
        if (member == null || other.member == null) {
            return Boolean.compare(member == null, other.member == null);
        }
        for (int i = 0; i < Math.min(names.size(), other.names.size()); i++) {
            int order = names.get(i).compareBytes(other.names.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }
}
