// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.text.Page;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;

/** A group and all that is in it. */
final class GroupDump {
    /** Groups inside of one another that are followed; deeper ones are reported. */
    private static final int DEPTH = 500;

    private final Session session;
    private final AttributeDump attributes;
    private final DatasetDump datasets;
    private final TypeDump types;
    private final ExternalLinks externalLinks;
    /**
     * Groups that are being written. Invariant: groups in groups add one each, also by way of links into other
     * files.
     */
    private int depth;

    GroupDump(Session session, ExternalLinks externalLinks) {
        this.session = session;
        this.attributes = new AttributeDump(session);
        this.datasets = new DatasetDump(session);
        this.types = new TypeDump(session);
        this.externalLinks = externalLinks;
    }

    /** Writes a group, or where it was written already. */
    void print(Spot at, Group group) {
        String name = at.name();
        Page page = session.page(at.columns());
        page.line("GROUP \"" + name + "\" {");
        page.deeper();
        try {
            if (++depth > DEPTH) {
                session.report()
                        .limit(group.path().orElse(name), "groups in more than " + DEPTH + " levels are not dumped");
            } else {
                body(at, group, page);
            }
        } catch (H5Exception e) {
            session.report().error("unable to dump group \"" + name + "\"", e);
        } finally {
            depth--;
        }
        page.back();
        page.line("}");
    }

    private void body(Spot at, Group group, Page page) {
        OpenedFile file = at.file();
        int columns = at.columns() + Spot.INDENT;
        if (at.name().equals("/")) {
            for (FileObjects.Entry type : file.objects().unnamedTypes()) {
                types.unnamed(file, type, "#" + type.address, columns);
            }
        }
        group.info().comment().ifPresent(c -> page.line("COMMENT \"" + c + "\""));
        FileObjects.Entry entry = file.objects().group(group.address());
        if (entry != null && entry.displayed) {
            page.line("HARDLINK \"" + entry.path + "\"");
            return;
        }
        if (entry != null) {
            entry.displayed = true;
        }
        attributes.all(file, group, columns);
        for (Link link : session.order().links(group)) {
            try {
                link(at.inside(link.storedName().exact()), group, link);
            } catch (H5Exception e) {
                session.report().error("unable to dump \"" + link.name() + "\"", e);
            }
        }
    }

    private void link(Spot at, Group group, Link link) {
        String name = at.name();
        if (link instanceof Link.Hard hard) {
            if (UnnameableMember.is(link)) {
                unnameable(at, group, hard);
                return;
            }
            H5Object object = group.get(hard);
            if (object instanceof Group member) {
                print(at, member);
            } else if (object instanceof CommittedType type) {
                types.print(at, type);
            } else if (object instanceof Dataset dataset) {
                dataset(at, dataset);
            }
            return;
        }
        Page page = session.page(at.columns());
        if (link instanceof Link.Soft soft) {
            page.line("SOFTLINK \"" + name + "\" {");
            page.deeper();
            page.line("LINKTARGET \"" + soft.storedTarget().exact() + "\"");
        } else if (link instanceof Link.External target) {
            page.line("EXTERNAL_LINK \"" + name + "\" {");
            page.deeper();
            page.line("TARGETFILE \"" + target.storedFile().exact() + "\"");
            page.line("TARGETPATH \"" + target.storedTarget().exact() + "\"");
            externalLinks.follow(at.file(), target, at.columns() + Spot.INDENT, this);
        } else if (link instanceof Link.UserDefined own) {
            page.line("USERDEFINED_LINK \"" + name + "\" {");
            page.deeper();
            page.line("LINKCLASS " + own.linkType());
        }
        page.back();
        page.line("}");
    }

    /** A member that no path can name is listed, and nothing more: what is printed can be found by its path. */
    private void unnameable(Spot at, Group group, Link.Hard link) {
        H5Coro file = at.file().reader();
        String place = group.path().orElse("/#" + group.address());
        H5Object object = file.objectAt(link.address(), place);
        String kind = object instanceof Group ? "GROUP" : object instanceof Dataset ? "DATASET" : "DATATYPE";
        Page page = session.page(at.columns());
        page.line(kind + " \"" + at.name() + "\" {");
        session.report()
                .error(
                        "unable to read object '" + Walk.path(place, link) + "'",
                        UnnameableMember.problem(file, place, link));
        page.line("}");
    }

    /** Writes a dataset, or where it was written already. */
    private void dataset(Spot at, Dataset dataset) {
        if (at.external() || dataset.info().referenceCount() > 1) {
            FileObjects.Entry entry = at.file().objects().dataset(dataset.address());
            if (entry != null && entry.displayed) {
                Page page = session.page(at.columns());
                page.line("DATASET \"" + at.name() + "\" {");
                page.deeper();
                page.line("HARDLINK \"" + entry.path + "\"");
                page.back();
                page.line("}");
                return;
            }
            if (entry != null) {
                entry.displayed = true;
            }
        }
        datasets.print(at, dataset, null);
    }
}
