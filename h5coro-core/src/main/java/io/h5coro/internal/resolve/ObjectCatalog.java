// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.walk.GroupReader;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects of a file by path and by address. Thread-safe; blocks on metadata reads. Keeps the headers it read last.
 */
public final class ObjectCatalog {
    /** Headers kept. One is about 1 KiB; a read of a thousand datasets should find them again. */
    private static final int KEPT_HEADERS = 4096;

    private static final Pattern BY_ADDRESS = Pattern.compile("/#0x([0-9a-f]{1,15})");

    private final HdfFile file;
    private final GroupReader groups;
    private final LinkedFiles files;
    private final Map<Long, ObjectHeader> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ObjectHeader> eldest) {
            return size() > KEPT_HEADERS;
        }
    };

    /** The objects of an open file whose external links lead nowhere. */
    public ObjectCatalog(HdfFile file) {
        this(file, LinkedFiles.none());
    }

    /** The objects of an open file. */
    public ObjectCatalog(HdfFile file, LinkedFiles files) {
        this.file = file;
        this.files = files;
        this.groups = new GroupReader(file);
    }

    /** The open file. */
    public HdfFile file() {
        return file;
    }

    /** The root group. */
    public ResolvedObject root() {
        return new ResolvedObject("/", header(file.superblock().rootHeader()), this);
    }

    /** The header at an address, complete. */
    public ObjectHeader header(long address) {
        ObjectHeader header = begun(address);
        return MemoryLimit.within(Where.source(file.space().origin().source()), header::complete);
    }

    /** The header at an address, whose continuations may be missing. */
    private ObjectHeader begun(long address) {
        synchronized (kept) {
            ObjectHeader header = kept.get(address);
            if (header != null) {
                return header;
            }
        }
        ObjectHeader header = MemoryLimit.within(
                Where.source(file.space().origin().source()),
                () -> file.headers().begin(address));
        synchronized (kept) {
            kept.put(address, header);
        }
        return header;
    }

    /**
     * Follows a path from the root group.
     *
     * @param path components separated by "/"; empty ones and "." are passed over. "/#0x" and an address in hex digits is
     *     the object whose header stands there, unless the root group has a link of that name: what a reference leads to
     *     may have no path of its own
     * @throws NotFoundException when a component does not exist, or a soft link leads nowhere
     */
    public ResolvedObject resolve(String path) {
        Matcher address = BY_ADDRESS.matcher(path);
        if (address.matches() && link(root(), path.substring(1)).isEmpty()) {
            return new ResolvedObject(path, header(Long.parseLong(address.group(1), 16)), this);
        }
        return resolve(root(), path, path);
    }

    /**
     * The same without waiting for what the answer does not need: continuations of headers on the way.
     *
     * @param begun receives the headers that the answer rests on; whoever acts on it completes them before a user sees the
     *     result
     */
    public ResolvedObject begin(String path, List<ObjectHeader> begun) {
        return BY_ADDRESS.matcher(path).matches() ? resolve(path) : follow(root(), path, path, begun);
    }

    /** The path by which {@link #resolve(String)} finds the object whose header stands at an address. */
    public static String pathOf(long address) {
        return "/#0x" + Long.toHexString(address);
    }

    /** Follows a path from a group, or from the root when it starts with "/". */
    public ResolvedObject resolve(ResolvedObject from, String path) {
        return resolve(from, path, path);
    }

    private ResolvedObject resolve(ResolvedObject from, String path, String asked) {
        List<ObjectHeader> begun = new ArrayList<>();
        ResolvedObject found = follow(from, path, asked, begun);
        begun.forEach(ObjectHeader::complete);
        return found;
    }

    private ResolvedObject follow(ResolvedObject from, String path, String asked, List<ObjectHeader> begun) {
        ResolvedObject found;
        try {
            found = new Walk(asked, begun).follow(path.startsWith("/") ? root() : from, path);
        } catch (NotFoundException missing) {
            begun.forEach(ObjectHeader::complete);
            throw missing;
        }
        return new ResolvedObject(
                path.startsWith("/") ? normal(path) : join(from, path), found.header(), found.catalog());
    }

    /** The way along one path, which soft and external links make longer. Confined to one task. */
    private final class Walk {
        private final String asked;
        private final List<ObjectHeader> begun;
        private int followed;

        Walk(String asked, List<ObjectHeader> begun) {
            this.asked = asked;
            this.begun = begun;
        }

        ResolvedObject follow(ResolvedObject start, String path) {
            ResolvedObject at = start;
            Deque<String> names = new ArrayDeque<>(List.of(path.split("/", -1)));
            while (!names.isEmpty()) {
                String name = names.removeFirst();
                if (name.isEmpty() || name.equals(".")) {
                    continue;
                }
                ObjectCatalog here = at.catalog();
                Link link = here.member(at, name, asked);
                if (link instanceof Link.Hard hard) {
                    at = new ResolvedObject(at.child(name), here.begun(here.checked(hard, at)), here);
                    begun.add(at.header());
                    continue;
                }
                count();
                if (link instanceof Link.Soft soft) {
                    pushFront(names, soft.target());
                    at = soft.target().startsWith("/") ? here.root() : at;
                } else if (link instanceof Link.External external) {
                    pushFront(names, external.target());
                    at = here.linked(external, at).root();
                } else {
                    throw here.foreign((Link.UserDefined) link, at);
                }
            }
            return at;
        }

        private void count() {
            if (++followed > file.space().options().linkDepth()) {
                throw new LimitExceededException(
                        where(asked),
                        "more than " + file.space().options().linkDepth()
                                + " soft and external links on the way (ReadOptions.linkDepth)");
            }
        }
    }

    private ObjectCatalog linked(Link.External link, ResolvedObject group) {
        return files.open(link.file())
                .orElseThrow(() -> new NotFoundException(
                        where(group.child(link.name())),
                        "external link to " + link.target() + " of file " + link.file() + ", which does not exist"));
    }

    private static void pushFront(Deque<String> names, String target) {
        String[] parts = target.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            names.addFirst(parts[i]);
        }
    }

    private static String join(ResolvedObject from, String path) {
        return normal(from.path() + "/" + path);
    }

    private static String normal(String path) {
        StringBuilder text = new StringBuilder();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                text.append('/').append(part);
            }
        }
        return text.length() == 0 ? "/" : text.toString();
    }

    private Link member(ResolvedObject group, String name, String asked) {
        if (!isGroup(group.header())) {
            throw new NotFoundException(
                    where(asked),
                    "does not exist: " + group.path() + " is not a group, so it has no member '" + name + "'");
        }
        return MemoryLimit.within(where(asked), () -> groups.find(group.header(), name))
                .orElseThrow(() -> new NotFoundException(
                        where(asked), "does not exist: group " + group.path() + " has no link '" + name + "'"));
    }

    private long checked(Link.Hard link, ResolvedObject group) {
        if (link.address() < 0) {
            throw new MalformedFileException(where(group.child(link.name())), "hard link to an undefined address");
        }
        return link.address();
    }

    private UnsupportedFeatureException foreign(Link.UserDefined link, ResolvedObject group) {
        return new UnsupportedFeatureException(
                where(group.child(link.name())), "user-defined link of type " + link.linkType());
    }

    /** Whether a header is a group's; the root's always is. */
    public boolean isGroup(ObjectHeader header) {
        return GroupReader.isGroup(header)
                || header.address() == file.superblock().rootHeader();
    }

    /** Whether a header is a dataset's. */
    public static boolean isDataset(ObjectHeader header) {
        return header.has(RawMessage.LAYOUT) && header.has(RawMessage.DATASPACE) && header.has(RawMessage.DATATYPE);
    }

    /** The links of a group in ascending order of their names' bytes. */
    public List<Link> links(ResolvedObject group) {
        return links(group, groups::all);
    }

    /** The links of a group in the order in which they are stored. */
    public List<Link> storedLinks(ResolvedObject group) {
        return links(group, groups::stored);
    }

    private List<Link> links(ResolvedObject group, Function<ObjectHeader, List<Link>> reading) {
        if (!isGroup(group.header())) {
            throw new NotFoundException(where(group.path()), "is not a group");
        }
        return MemoryLimit.within(where(group.path()), () -> reading.apply(group.header()));
    }

    /** Asks for the headers that hard links lead to, in one wave. Does not block. */
    public void prefetch(List<Link> links) {
        file.headers()
                .prefetch(links.stream()
                        .filter(Link.Hard.class::isInstance)
                        .map(link -> ((Link.Hard) link).address())
                        .toList());
    }

    /** The link of a name. */
    public Optional<Link> link(ResolvedObject group, String name) {
        return isGroup(group.header())
                ? MemoryLimit.within(where(group.path()), () -> groups.find(group.header(), name))
                : Optional.empty();
    }

    /** Whether a group tracks the order in which its links were created. */
    public boolean tracksCreationOrder(ObjectHeader group) {
        return groups.tracksCreationOrder(group);
    }

    /** A place in this file. */
    Where where(String path) {
        return Where.object(file.space().origin().source(), path);
    }
}
