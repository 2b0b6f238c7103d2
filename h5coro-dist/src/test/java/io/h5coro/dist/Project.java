// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The {@code pom.xml} files of the checkout, as far as tests of a release look at them. */
final class Project {
    static final Path TOP = Path.of("").toAbsolutePath().getParent();

    private Project() {}

    /** The names of all modules, also of those that a profile adds. */
    static List<String> modules() {
        return all(pom(""), "module").stream().map(Element::getTextContent).toList();
    }

    static List<String> published() {
        return modules().stream()
                .filter(module -> property(module, "h5coro.published").equals("true"))
                .toList();
    }

    /** A property of a module's own {@code pom.xml}, empty when it has none. */
    static String property(String module, String name) {
        return all(pom(module), "properties").stream()
                .flatMap(properties -> all(properties, name).stream())
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    static String version() {
        return child(pom(""), "version");
    }

    /** The {@code pom.xml} of a module, that of the whole under an empty name. */
    static Element pom(String module) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(TOP.resolve(module).resolve("pom.xml").toFile())
                    .getDocumentElement();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(module, e);
        }
    }

    /** All elements of a name, at any depth. */
    static List<Element> all(Element in, String name) {
        var found = in.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The text of a child, empty when there is none. */
    static String child(Element of, String name) {
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    static String read(String file) {
        try {
            return Files.readString(TOP.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    /** The folders that have a {@code pom.xml}. */
    static List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(TOP)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
