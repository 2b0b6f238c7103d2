// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A web server that lists its folders as Apache or nginx does: pages without ranges, of no announced length. */
final class IndexServer implements AutoCloseable {
    /** How a server writes its pages. */
    enum Style {
        /** Escapes all but letters, digits and {@code -._~}; gives sizes with all their digits. */
        NGINX("-._~"),
        /** Leaves many letters as they are, gives rounded sizes, and has links to sort the page. */
        APACHE("$-_.+!*'(),:@&=~");

        private final String kept;

        Style(String kept) {
            this.kept = kept;
        }

        /** A path as this server writes it in a link, before HTML. */
        String escaped(String path) {
            StringBuilder out = new StringBuilder();
            for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = b > 0 && (Character.isLetterOrDigit(b) || b == '/' || kept.indexOf(b) >= 0);
                out.append(plain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
            return out.toString();
        }

        String page(String folder, Map<String, Integer> entries) {
            return this == NGINX ? nginx(folder, entries) : apache(folder, entries);
        }

        private String nginx(String folder, Map<String, Integer> entries) {
            StringBuilder page = new StringBuilder("<html>\r\n<head><title>Index of " + folder
                    + "</title></head>\r\n<body>\r\n<h1>Index of " + folder
                    + "</h1><hr><pre><a href=\"../\">../</a>\r\n");
            entries.forEach((name, size) -> page.append("<a href=\"" + escaped(name) + "\">" + shown(name)
                    + "</a>          29-Nov-2026 18:38      " + (size < 0 ? "-" : size) + "\r\n"));
            return page + "</pre><hr></body>\r\n</html>\r\n";
        }

        private String apache(String folder, Map<String, Integer> entries) {
            StringBuilder page = new StringBuilder("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<html>\n"
                    + " <head>\n  <title>Index of " + folder + "</title>\n </head>\n <body>\n<h1>Index of " + folder
                    + "</h1>\n  <table>\n   <tr><th><img src=\"/icons/blank.gif\" alt=\"[ICO]\"></th><th>"
                    + "<a href=\"?C=N;O=D\">Name</a></th><th><a href=\"?C=M;O=A\">Last modified</a></th>"
                    + "<th><a href=\"?C=S;O=A\">Size</a></th></tr>\n<tr><td></td><td><a href=\"/\">Parent Directory</a>"
                    + "</td><td>&nbsp;</td><td align=\"right\">  - </td></tr>\n");
            entries.forEach((name, size) -> page.append("<tr><td valign=\"top\"><img src=\"/icons/unknown.gif\""
                    + " alt=\"[   ]\"></td><td><a href=\""
                    + (name.indexOf(':') >= 0 ? "./" : "") + escaped(name).replace("&", "&amp;") + "\">" + shown(name)
                    + "</a></td><td align=\"right\">2026-11-29 18:38  </td><td align=\"right\">"
                    + (size < 0 ? "  - " : size > 9 ? " 12K" : "   " + size + " ") + "</td><td>&nbsp;</td></tr>\n"));
            return page
                    + "</table>\n<address>Apache/2.4.62 (Debian) Server at host Port 80</address>\n</body></html>\n";
        }

        private static String shown(String name) {
            String text = name.length() > 20 ? name.substring(0, 17) + "..>" : name;
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }

    private final FaultyHttpServer server = FaultyHttpServer.start();
    private final Style style;
    private final Map<String, Map<String, Integer>> folders = new TreeMap<>();

    IndexServer(Style style) throws IOException {
        this.style = style;
        server.always(request -> request.path().endsWith("/")
                ? answer -> {
                    if (answer.status == 404) {
                        return;
                    }
                    ServerFault.ignoreRange().spoil(answer);
                    answer.header("ETag", "");
                    answer.header("Content-Type", "text/html;charset=UTF-8");
                    ServerFault.chunked(false).spoil(answer);
                }
                : ServerFault.none());
    }

    FaultyHttpServer server() {
        return server;
    }

    /** Stores an object at a path, which is not escaped, and lists it in its folder. */
    void put(String path, byte[] content) {
        server.put(style.escaped(path), content);
        int size = content.length;
        for (int end = path.length(); end > 1; end = path.lastIndexOf('/', end - 2) + 1) {
            int start = path.lastIndexOf('/', end - 2) + 1;
            Map<String, Integer> folder =
                    folders.computeIfAbsent(path.substring(0, start), name -> new TreeMap<>(StorageListing.order()));
            folder.put(path.substring(start, end), size);
            size = -1;
        }
    }

    /** Makes the pages of what was put. */
    void publish() {
        folders.forEach((folder, entries) ->
                server.put(style.escaped(folder), style.page(folder, entries).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
