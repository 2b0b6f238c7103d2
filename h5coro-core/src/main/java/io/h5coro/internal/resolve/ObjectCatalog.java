// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.SoughtName;
import io.h5coro.internal.cache.Recent;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.walk.GroupReader;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.Rehearsal;
import io.h5coro.model.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The objects of a file by path and by address. Thread-safe; blocks on metadata reads. Keeps the headers it read last.
 */
public final class ObjectCatalog {
    /*
     * A path with numbers: "/a/b/c" where "b" is a soft link to "../x/./y" relative to group "/a". The names left are
     * [a, b, c]; "a" is a hard link; "b" puts its own names in front: [.., x, ., y, c], which are followed from "/a".
     * ".." has no meaning in HDF5 and is looked for as a name; "." is passed over. An external link continues at the
     * root of its file with the names of its target. Each soft or external link counts towards ReadOptions.linkDepth,
     * so that a loop of links ends.
     */

    /**
     * Headers kept. One is about 1 KiB; a read of a thousand datasets should find them again. Fewer make a second read
     * of many datasets parse headers again; more keep memory that a header with thousands of attributes can make large.
     */
    private static final int KEPT_HEADERS = 4096;

    /** Slashes of a name that are looked for when a path leads nowhere. */
    private static final int MOST_SLASHES = 16;

    private final HdfFile file;
    private final GroupReader groups;
    private final LinkedFiles files;

    /** By address; headers may lack their continuations until somebody asks for them. */
    private final Recent<ObjectHeader> kept = new Recent<>(KEPT_HEADERS);

    private final KnownPaths paths;

    /** The objects of an open file whose external links lead nowhere. */
    public ObjectCatalog(HdfFile file) {
        this(file, LinkedFiles.none());
    }

    /** The objects of an open file. */
    public ObjectCatalog(HdfFile file, LinkedFiles files) {
        this.file = file;
        this.files = files;
        this.groups = new GroupReader(file);
        this.paths = new KnownPaths(file.superblock().rootHeader());
    }

    /** The open file. */
    public HdfFile file() {
        return file;
    }

    /** The root group. */
    public ResolvedObject root() {
        return new ResolvedObject("/", header(file.superblock().rootHeader()), this);
    }

    /** The object whose header stands at an address, under a path that is known to lead there, or under its address. */
    public ResolvedObject at(long address) {
        return new ResolvedObject(
                paths.of(address).orElseGet(() -> ResolvedObject.label(address)), header(address), this);
    }

    /**
     * The same under a path of the caller's.
     *
     * @param path absolute, or from the root
     */
    public ResolvedObject at(long address, String path) {
        return new ResolvedObject(normal(path), header(address), this);
    }

    /** The header at an address, complete. */
    public ObjectHeader header(long address) {
        ObjectHeader header = begun(address);
        return MemoryLimit.within(Where.source(file.space().origin().source()), header::complete);
    }

    /** Keeps a header that was read ahead of time, complete. */
    void adopt(ObjectHeader header) {
        kept.put(header.address(), header, 1);
    }

    /** The header at an address, whose continuations may be missing. */
    private ObjectHeader begun(long address) {
        ObjectHeader known = kept.get(address);
        if (known != null) {
            return known;
        }
        ObjectHeader header = MemoryLimit.within(
                Where.source(file.space().origin().source()),
                () -> file.headers().begin(address));
        kept.put(address, header, 1);
        return header;
    }

    /**
     * Follows a path from the root group.
     *
     * @param path components separated by "/"; empty ones and "." are passed over
     * @throws NotFoundException when a component does not exist, or a soft link leads nowhere
     * @throws H5Exception when metadata on the way are malformed or cannot be read
     */
    public ResolvedObject resolve(String path) {
        return resolve(root(), path);
    }

    /**
     * The same without waiting for what the answer does not need: continuations of headers on the way.
     *
     * @param begun receives the headers that the answer rests on; whoever acts on it completes them before a user sees
     *     the result
     */
    public ResolvedObject begin(String path, List<ObjectHeader> begun) {
        return follow(root(), path, begun);
    }

    /** Follows a path from a group, or from the root when it starts with "/". */
    public ResolvedObject resolve(ResolvedObject from, String path) {
        List<ObjectHeader> begun = new ArrayList<>();
        ResolvedObject found = follow(from, path, begun);
        begun.forEach(ObjectHeader::complete);
        return found;
    }

    /**
     * Follows a link of a group.
     *
     * @throws UnsupportedFeatureException when its name can be no part of a path, so that libhdf5 cannot open it either
     */
    public ResolvedObject resolve(ResolvedObject group, Link link) {
        String name = link.name();
        if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0) {
            throw unreachable(group, name);
        }
        String called = group.child(name);
        if (link instanceof Link.Hard hard) {
            ObjectCatalog here = group.catalog();
            long address = here.checked(hard, group);
            ObjectHeader header = here.header(address);
            here.paths.met(group.header().address(), name, address);
            return new ResolvedObject(called, header, here);
        }
        List<ObjectHeader> begun = new ArrayList<>();
        try {
            ResolvedObject found = new Walk(called, begun).follow(group, link);
            return new ResolvedObject(called, found.header(), found.catalog());
        } finally {
            begun.forEach(ObjectHeader::complete);
        }
    }

    /**
     * Before it says that something does not exist, it waits for all headers on the way: one that is damaged is no
     * proof.
     */
    private ResolvedObject follow(ResolvedObject from, String path, List<ObjectHeader> begun) {
        ResolvedObject found;
        try {
            found = new Walk(path, begun).follow(path.startsWith("/") ? root() : from, path);
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

        /** Soft and external links so far. */
        private int followed;

        Walk(String asked, List<ObjectHeader> begun) {
            this.asked = asked;
            this.begun = begun;
        }

        ResolvedObject follow(ResolvedObject start, String path) {
            Deque<SoughtName> names = new ArrayDeque<>();
            pushFront(names, path, SoughtName::typed);
            return follow(start, names);
        }

        ResolvedObject follow(ResolvedObject group, Link link) {
            Deque<SoughtName> names = new ArrayDeque<>();
            return follow(step(group, link, names), names);
        }

        private ResolvedObject follow(ResolvedObject start, Deque<SoughtName> names) {
            ResolvedObject at = start;
            while (!names.isEmpty()) {
                Deadline.check(file.space().origin().source());
                SoughtName name = names.removeFirst();
                if (!name.text().isEmpty() && !name.text().equals(".")) {
                    at = step(at, at.catalog().member(at, name, names, asked), names);
                }
            }
            return at;
        }

        /** Takes one link; what a soft or an external one says is put in front of the names that are left. */
        private ResolvedObject step(ResolvedObject at, Link link, Deque<SoughtName> names) {
            ObjectCatalog here = at.catalog();
            if (link instanceof Link.Hard hard) {
                long address = here.checked(hard, at);
                ObjectHeader header = here.begun(address);
                begun.add(header);
                here.paths.met(at.header().address(), link.name(), address);
                return new ResolvedObject(at.child(link.name()), header, here);
            }
            count();
            if (link instanceof Link.Soft soft) {
                pushFront(names, soft.storedTarget().exact(), SoughtName::stored);
                return soft.target().startsWith("/") ? here.root() : at;
            }
            if (link instanceof Link.External external) {
                pushFront(names, external.storedTarget().exact(), SoughtName::stored);
                return here.linked(external, at).root();
            }
            throw here.foreign((Link.UserDefined) link, at);
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

    /** The objects of the file that an external link names; blocks while it is opened. */
    private ObjectCatalog linked(Link.External link, ResolvedObject group) {
        return files.open(link.file())
                .orElseThrow(() -> new NotFoundException(
                        where(group.child(link.name())),
                        "external link to " + link.target() + " of file " + link.file() + ", which does not exist"));
    }

    /** Puts the components of a path in front, the first one first. */
    private static void pushFront(Deque<SoughtName> names, String path, Function<String, SoughtName> name) {
        String[] parts = path.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            names.addFirst(name.apply(parts[i]));
        }
    }

    private static String join(ResolvedObject from, String path) {
        String below = normal(path);
        return below.equals("/") ? from.path() : from.child(below.substring(1));
    }

    /** The path with one slash in front of each component, without empty ones and ".". */
    private static String normal(String path) {
        StringBuilder text = new StringBuilder();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                text.append('/').append(part);
            }
        }
        return text.length() == 0 ? "/" : text.toString();
    }

    /**
     * The link of a name; {@code rest} is what follows in the path.
     *
     * @throws NotFoundException when the object is no group, or has no such link
     */
    private Link member(ResolvedObject group, SoughtName name, Deque<SoughtName> rest, String asked) {
        if (!isGroup(group.header())) {
            throw new NotFoundException(
                    where(asked),
                    "does not exist: " + group.path() + " is not a group, so it has no member '" + name.text() + "'");
        }
        return find(group, name).orElseThrow(() -> missing(group, name, rest, asked));
    }

    /** Why a group has no member of a name: perhaps it has one in whose name there is a slash. */
    private H5Exception missing(ResolvedObject group, SoughtName name, Deque<SoughtName> rest, String asked) {
        StringBuilder longer = new StringBuilder(name.text());
        for (SoughtName next : rest.stream().limit(MOST_SLASHES).toList()) {
            longer.append('/').append(next.text());
            if (find(group, SoughtName.typed(longer.toString())).isPresent()) {
                return unreachable(group, longer.toString());
            }
        }
        return new NotFoundException(
                where(asked), "does not exist: group " + group.path() + " has no link '" + name.text() + "'");
    }

    private UnsupportedFeatureException unreachable(ResolvedObject group, String name) {
        return new UnsupportedFeatureException(
                where(group.child(name)),
                "a member with a slash in its name, or named '.' or nothing, which no path leads to (here '" + name
                        + "' of group " + group.path() + ")");
    }

    private long checked(Link.Hard link, ResolvedObject group) {
        if (link.address() < 0) {
            throw new MalformedFileException(where(group.child(link.name())), "hard link to an undefined address");
        }
        return link.address();
    }

    /** Only a program that registered the class of a user-defined link knows where it leads. */
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

    /**
     * Reads what it takes to follow links of a group, of all of them together, so that following each then waits for
     * nothing but other files. Blocks. What fails is said when the link is followed.
     *
     * @param links of the group; hard links of more objects than headers are kept are read again when they are followed
     */
    public void rehearse(ResolvedObject group, List<Link> links) {
        Rehearsal rehearsal = new Rehearsal(file);
        ObjectCatalog twin = new ObjectCatalog(rehearsal.file());
        ResolvedObject there = new ResolvedObject(group.path(), group.header(), twin);
        for (Link link : links) {
            if (link instanceof Link.Hard hard && kept.get(hard.address()) == null) {
                rehearsal.add(() -> adopt(rehearsal.file().headers().read(hard.address())));
            } else if (link instanceof Link.Soft) {
                rehearsal.add(() -> twin.resolve(there, link));
            }
        }
        rehearsal.run();
    }

    /** The same for paths from the root. */
    public void rehearse(List<String> asked) {
        Rehearsal rehearsal = new Rehearsal(file);
        ObjectCatalog twin = new ObjectCatalog(rehearsal.file());
        for (String path : asked) {
            rehearsal.add(() -> adopt(twin.resolve(path).header()));
        }
        rehearsal.run();
    }

    /** Asks for the headers that hard links lead to, in one wave. Does not block. */
    public void prefetch(List<Link> links) {
        file.headers()
                .prefetch(links.stream()
                        .filter(Link.Hard.class::isInstance)
                        .map(link -> ((Link.Hard) link).address())
                        .toList());
    }

    /** Asks for the start of the links of the groups in a group, where that is known. Does not block. */
    void prefetchMembers(ResolvedObject group) {
        groups.prefetchMembers(group.header());
    }

    /** The link of a name. */
    public Optional<Link> link(ResolvedObject group, String name) {
        return isGroup(group.header()) ? find(group, SoughtName.typed(name)) : Optional.empty();
    }

    private Optional<Link> find(ResolvedObject group, SoughtName name) {
        return MemoryLimit.within(where(group.path()), () -> groups.find(group.header(), name));
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
