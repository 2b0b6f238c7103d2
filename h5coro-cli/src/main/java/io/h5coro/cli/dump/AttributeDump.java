// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.H5Object;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.TypeText;
import io.h5coro.error.H5Exception;
import java.util.List;
import java.util.Optional;

/** Attributes, those of an object or one that was asked for. */
final class AttributeDump {
    private final Session session;

    AttributeDump(Session session) {
        this.session = session;
    }

    /** Writes all attributes of an object, unless they were not asked for. */
    void all(OpenedFile file, H5Object object, int columns) {
        if (!session.wants(DumpOptions.Part.ATTRIBUTES)) {
            return;
        }
        List<Attribute> attributes;
        try {
            attributes = session.order().attributes(object);
        } catch (H5Exception e) {
            session.report().error("error getting attribute information", e);
            return;
        }
        for (Attribute attribute : attributes) {
            one(file, attribute, columns);
        }
    }

    /** Writes one attribute; of one that cannot be read, nothing but the reason. */
    void one(OpenedFile file, Attribute attribute, int columns) {
        one(file, attribute, attribute.storedName().exact(), columns);
    }

    /** The same under a name that is written as it is given. */
    void one(OpenedFile file, Attribute attribute, String name, int columns) {
        if (attribute.failure().isPresent()) {
            session.report()
                    .error(
                            "unable to read attribute \"" + attribute.name() + "\"",
                            attribute.failure().get());
            return;
        }
        Page page = session.page(columns);
        page.line("ATTRIBUTE \"" + name + "\" {");
        page.deeper();
        try {
            session.datatype(file, page, attribute.type(), attribute.committedType());
            page.line(TypeText.dataspace(attribute.dataspace()));
            if (session.wants(DumpOptions.Part.DATA) || session.wants(DumpOptions.Part.ATTRIBUTE_DATA)) {
                session.dataDump().attribute(file, attribute, page);
            }
        } catch (H5Exception e) {
            session.report().error("unable to dump attribute \"" + attribute.name() + "\"", e);
        }
        page.back();
        page.line("}");
    }

    /**
     * Writes an attribute that was asked for.
     *
     * @param path the object's path, a slash, and the attribute's name, in which slashes are escaped
     */
    void named(OpenedFile file, String path, int columns) {
        int slash = slash(path);
        String object = slash < 0 ? "/" : path.substring(0, slash + 1);
        String name = path.substring(slash + 1).replace("\\/", "/");
        try {
            FoundObject found = FoundObject.at(file, object);
            Optional<Attribute> attribute = found.object().attribute(name);
            if (attribute.isPresent()) {
                one(found.file(), attribute.get(), columns);
                return;
            }
            missing(
                    name,
                    columns,
                    () -> session.report()
                            .error(ExitCode.NOT_FOUND, "unable to open attribute \"" + name + "\" of " + object));
        } catch (H5Exception e) {
            missing(path, columns, () -> session.report().error("unable to open object \"" + object + "\"", e));
        }
    }

    private void missing(String name, int columns, Runnable report) {
        Page page = session.page(columns);
        page.line("ATTRIBUTE \"" + name + "\" {");
        report.run();
        page.line("}");
    }

    /** The last slash that is not escaped; -1 when there is none. */
    static int slash(String path) {
        int i = path.length() - 1;
        while (i >= 0 && !(path.charAt(i) == '/' && (i == 0 || path.charAt(i - 1) != '\\'))) {
            i--;
        }
        return i;
    }
}
