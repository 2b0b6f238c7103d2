// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Answers with the page and what belongs to it. Immutable. */
final class PageAnswers {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html;charset=utf-8",
            "page.css", "text/css;charset=utf-8",
            "page.js", "text/javascript;charset=utf-8",
            "wire.js", "text/javascript;charset=utf-8",
            "picture.js", "text/javascript;charset=utf-8",
            "icon.svg", "image/svg+xml");

    void answer(String name, Answer answer) throws IOException {
        String type = TYPES.get(name);
        if (type == null) {
            throw new WireException(404, "there is no such page");
        }
        try (InputStream in = PageAnswers.class.getResourceAsStream("/io/h5coro/serve/page/" + name)) {
            if (in == null) {
                throw new WireException(404, "there is no such page");
            }
            answer.type(type);
            answer.header("Cache-Control", "no-cache");
            in.transferTo(answer);
        }
    }
}
