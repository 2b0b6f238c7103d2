// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.StoredText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a damaged file answers, item by item, in the form in which {@code testdata/make/mutated/oracle.py} has it of
 * libhdf5. An object's key is its address, so that what one of them cannot open changes no other item. A value that
 * begins with a question mark is a refusal, {@code ~} is what is not compared. Confined to one thread.
 *
 * <table><caption>Items</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code file}</td><td>{@code ok}</td></tr>
 * <tr><td>{@code #address}</td><td>{@code group}, {@code type}, or {@code dataset} with its shape</td></tr>
 * <tr><td>{@code #address/}, {@code #address@}</td><td>how many links, attributes; none where an attribute cannot be
 * parsed</td></tr>
 * <tr><td>{@code #address/name}</td><td>where a link leads</td></tr>
 * <tr><td>{@code #address=}</td><td>hash of a dataset's canonical bytes</td></tr>
 * <tr><td>{@code #address@name}</td><td>shape and hash of an attribute</td></tr>
 * </table>
 */
final class MutantAnswers {
    /** Elements, of a dataset or attribute. */
    static final long MOST_ELEMENTS = 200_000;

    private final H5Coro file;
    private final Map<String, String> answers;
    private final Map<Long, H5Object> objects = new HashMap<>();

    MutantAnswers(H5Coro file, Map<String, String> answers) {
        this.file = file;
        this.answers = answers;
    }

    private interface Item {
        String value();
    }

    static String refusal(H5Exception refused) {
        return "?" + refused.getClass().getSimpleName() + ": " + refused.getMessage();
    }

    private void put(String key, Item item) {
        try {
            answers.put(key, item.value());
        } catch (H5Exception refused) {
            answers.put(key, refusal(refused));
        } catch (UnsupportedOperationException notCompared) {
            answers.put(key, "~");
        }
    }

    /** Walks over hard links, and then reads all that was met. */
    void all() {
        H5Object root = file.root();
        answers.put("file", "ok");
        visit(root.address(), root);
        objects.forEach((address, object) -> {
            String key = "#" + address;
            attributes(key, object);
            if (object instanceof Dataset dataset) {
                put(key + "=", () -> values(dataset));
            }
        });
    }

    private void visit(long address, H5Object object) {
        objects.put(address, object);
        String key = "#" + address;
        put(
                key,
                () -> object instanceof Dataset dataset
                        ? "dataset " + shape(dataset.dataspace())
                        : object instanceof Group ? "group" : "type");
        if (object instanceof Group group) {
            List<Link> links;
            try {
                links = group.storedLinks();
            } catch (H5Exception refused) {
                answers.put(key + "/", refusal(refused));
                return;
            }
            answers.put(key + "/", Integer.toString(links.size()));
            links.forEach(link -> link(key, group, link));
        }
    }

    private void link(String key, Group group, Link link) {
        String target;
        if (link instanceof Link.Hard hard) {
            target = "hard " + Long.toUnsignedString(hard.address());
        } else if (link instanceof Link.Soft soft) {
            target = "soft " + escaped(soft.storedTarget());
        } else if (link instanceof Link.External external) {
            target = "external " + escaped(external.storedFile()) + " " + escaped(external.storedTarget());
        } else {
            target = "user";
        }
        answers.put(key + "/" + escaped(link.storedName()), target);
        if (link instanceof Link.Hard hard && !objects.containsKey(hard.address())) {
            H5Object object;
            try {
                object = group.get(link);
            } catch (H5Exception refused) {
                answers.put("#" + hard.address(), refusal(refused));
                return;
            }
            visit(hard.address(), object);
        }
    }

    private void attributes(String key, H5Object object) {
        List<Attribute> attributes;
        try {
            attributes = object.attributes();
        } catch (H5Exception refused) {
            answers.put(key + "@", refusal(refused));
            return;
        }
        // libhdf5 lists none where one of them is damaged; we list all, and those that are have their failure.
        answers.put(
                key + "@",
                attributes.stream()
                        .flatMap(attribute -> attribute.failure().stream())
                        .findFirst()
                        .map(MutantAnswers::refusal)
                        .orElseGet(() -> Integer.toString(attributes.size())));
        for (Attribute attribute : attributes) {
            put(key + "@" + escaped(attribute.storedName()), () -> {
                attribute.failure().ifPresent(failure -> {
                    throw failure;
                });
                String shape = shape(attribute.dataspace());
                return attribute.dataspace().elementCount() > MOST_ELEMENTS
                        ? "~"
                        : shape + " " + hash(attribute.read());
            });
        }
    }

    private String values(Dataset dataset) {
        return dataset.dataspace().elementCount() > MOST_ELEMENTS ? "~" : hash(dataset.read());
    }

    private String hash(H5Array array) {
        return CanonicalBytes.sha256(array, this::target, this::elements);
    }

    /** What a reference leads to; one that leads to nothing is a refusal, as it is on the other side. */
    private String target(Reference reference) {
        return "#" + Long.toUnsignedString(file.dereference(reference).address());
    }

    private long elements(Reference reference) {
        if (file.dereference(reference) instanceof Dataset dataset) {
            return dataset.dataspace().elementCount();
        }
        throw new UnsupportedOperationException("region of what has no elements");
    }

    private static String shape(Dataspace space) {
        return space.kind() == Dataspace.Kind.NULL
                ? "null"
                : Arrays.stream(space.shape().dimensions())
                        .mapToObj(Long::toUnsignedString)
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static String escaped(StoredText text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.bytes()) {
            boolean plain = b > ' ' && b < 0x7f && b != '%';
            escaped.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02x", b & 0xff));
        }
        return escaped.toString();
    }
}
