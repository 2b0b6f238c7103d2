// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns the JSON of {@code expected/*.json} into records. */
final class ExpectedJson {
    private ExpectedJson() {}

    static ExpectedFile file(JsonNode json) {
        return new ExpectedFile(
                json.path("file").asText(),
                !json.path("unopenable").asBoolean(false),
                list(json.path("objects"), ExpectedJson::object));
    }

    private static ExpectedObject object(JsonNode json) {
        return new ExpectedObject(
                json.path("path").asText(),
                json.path("kind").asText(),
                !json.path("unreadable").asBoolean(false),
                shape(json.path("shape")),
                json.path("type").asText(),
                json.path("sha256").asText(),
                present(json.path("values")),
                list(json.path("attributes"), ExpectedJson::attribute),
                list(json.path("slices"), ExpectedJson::slice),
                list(json.path("lists"), ExpectedJson::slice),
                list(json.path("points"), ExpectedJson::slice),
                list(json.path("members"), JsonNode::asText),
                json.path("target").asText(),
                json);
    }

    private static ExpectedAttribute attribute(JsonNode json) {
        return new ExpectedAttribute(
                json.path("name").asText(),
                shape(json.path("shape")),
                json.path("type").asText(),
                json.path("sha256").asText(),
                present(json.path("values")));
    }

    private static ExpectedSlice slice(JsonNode json) {
        return new ExpectedSlice(
                json.path("selection").asText(),
                list(json.path("shape"), JsonNode::asLong),
                json.path("sha256").asText(),
                present(json.path("values")));
    }

    private static Optional<List<Long>> shape(JsonNode json) {
        return json.isArray() ? Optional.of(list(json, JsonNode::asLong)) : Optional.empty();
    }

    private static Optional<JsonNode> present(JsonNode json) {
        return json.isMissingNode() ? Optional.empty() : Optional.of(json);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> out = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            out.add(element.apply(item));
        }
        return List.copyOf(out);
    }
}
