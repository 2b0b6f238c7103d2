// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import org.jspecify.annotations.Nullable;

/** Option -n: the objects of a file by their paths, and with -n 1 their attributes. */
final class ContentsList {
    private final Session session;
    private final OpenedFile file;

    ContentsList(Session session, OpenedFile file) {
        this.session = session;
        this.file = file;
    }

    void print() {
        session.ddl().write("FILE_CONTENTS {\n");
        for (FileObjects.Entry type : file.objects().unnamedTypes()) {
            line("datatype", "/#" + type.address);
        }
        Walk.visit(file.reader(), session.order(), new Walk.Visitor() {
            @Override
            public void object(String path, H5Object object, @Nullable String seen) {
                String kind = object instanceof Group ? "group" : object instanceof Dataset ? "dataset" : "datatype";
                line(kind, seen == null ? path : path + " -> " + seen);
                if (seen == null && session.wants(DumpOptions.Part.CONTENT_ATTRIBUTES)) {
                    attributes(path, object);
                }
            }

            @Override
            public void link(String path, Link link) {
                if (link instanceof Link.Soft soft) {
                    line("link", path + " -> " + soft.target());
                } else if (link instanceof Link.External target) {
                    line("ext link", path + " -> " + target.file() + " " + target.target());
                } else if (link instanceof Link.Hard) {
                    line("object", path);
                } else {
                    line("unknown type of UD link", path + " -> ???");
                }
            }

            @Override
            public void failed(String path, H5Exception problem) {
                session.report().error("unable to read object '" + path + "'", problem);
            }
        });
        session.ddl().write(" }\n");
    }

    private void attributes(String path, H5Object object) {
        for (Attribute attribute : session.order().attributes(object)) {
            line("attribute", (path.equals("/") ? "" : path) + "/" + attribute.name());
        }
    }

    private void line(String kind, String text) {
        Sink out = session.ddl();
        out.write(" " + kind + " ".repeat(Math.max(0, 10 - kind.length())) + " " + out.oneLine(text) + "\n");
    }
}
