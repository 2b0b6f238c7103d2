// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.cli.text.Sink;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Documents: exact numbers, escaped text, and an end whatever happens on the way. */
final class JsonTest {
    private static String written(Consumer<Json> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Sink out = Sink.to(bytes);
        Json json = Json.to(out);
        content.accept(json);
        json.line();
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void numbersAreExactAndWhatIsNoneIsText() {
        assertEquals(
                "[18446744073709551615,-9223372036854775808,0.1,0.1,1.0E-5,\"NaN\",\"-Infinity\",{\"x\":1.5000}]\n",
                written(json -> json.array()
                        .value(new BigInteger("18446744073709551615"))
                        .value(Long.MIN_VALUE)
                        .value(0.1f)
                        .value(0.1)
                        .value(1e-5)
                        .value(Double.NaN)
                        .value(Float.NEGATIVE_INFINITY)
                        .object()
                        .field("x", new BigDecimal("1.5000"))
                        .end()
                        .end()));
    }

    @Test
    void whatActsOnATerminalIsEscaped() {
        assertEquals(
                "[\"\\u001B\\n\\u007F\\u009b\\u202e\\udc80\\ud83c\\udf0d Größe 温度 \\\"\\\\\"]\n",
                written(json -> json.array()
                        .value("\u001b\n\u007f\u009b\u202e\udc80\ud83c\udf0d Größe 温度 \"\\")
                        .end()));
    }

    @Test
    void whatWasBegunEnds() {
        assertEquals("{\"a\":{\"b\":[1,{\"c\":null}]},\"error\":\"x\"}\n", written(json -> {
            json.object();
            int depth = json.depth();
            json.object("a").array("b").value(1).object().name("c");
            json.unwind(depth);
            json.field("error", "x").end();
        }));
    }

    @Test
    void aFileThatFailsHasWhatWasFoundAndTheReason() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonFiles.write(Sink.to(bytes), List.of("a", "b"), name -> new JsonFiles.Place(name, "/"), (name, json) -> {
            json.array("found").value(1);
            if (name.equals("a")) {
                return Optional.of(new IllegalStateException("broken"));
            }
            json.end();
            return Optional.empty();
        });
        assertEquals(
                "{\"files\":[{\"file\":\"a\",\"path\":\"/\",\"found\":[1],\"error\":\"broken\"},"
                        + "{\"file\":\"b\",\"path\":\"/\",\"found\":[1]}]}\n",
                bytes.toString(StandardCharsets.UTF_8));
    }
}
