// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** A small client of the protocol. Thread-safe. */
final class Client {
    static final String TYPE = "application/x-msgpack";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    Client(URI server) {
        this.server = server;
    }

    /** Values as bytes, and what stands in front of them. */
    record Array(String type, List<Long> shape, byte[] bytes) {
        ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)).GET());
    }

    HttpResponse<byte[]> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request, and gives the answer with its status in front. */
    HttpResponse<byte[]> ask(String path, Map<String, Object> request) {
        return post("msgpack/" + path, packed(request));
    }

    Map<Value, Value> map(String path, Map<String, Object> request) {
        return value(ask(path, request)).asMapValue().map();
    }

    Array array(String path, String object, Object slice) {
        return array(value(ask(path, Map.of("object", object, "slice", slice))));
    }

    static Array array(Value value) {
        Map<Value, Value> map = value.asMapValue().map();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        at(map, "data")
                .asArrayValue()
                .forEach(bin -> bytes.writeBytes(bin.asBinaryValue().asByteArray()));
        List<Long> shape = at(map, "shape").asArrayValue().list().stream()
                .map(one -> one.asIntegerValue().asLong())
                .toList();
        return new Array(at(map, "type").toString(), shape, bytes.toByteArray());
    }

    static Value at(Map<Value, Value> map, String key) {
        Value value = map.get(org.msgpack.value.ValueFactory.newString(key));
        if (value == null) {
            throw new AssertionError("no " + key + " in " + map.keySet());
        }
        return value;
    }

    static String error(HttpResponse<byte[]> response) {
        return at(value(response).asMapValue().map(), "error").asStringValue().asString();
    }

    /** Reads one value, behind which there is nothing. */
    static Value value(HttpResponse<byte[]> response) {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(response.body())) {
            Value value = in.unpackValue();
            if (in.hasNext()) {
                throw new AssertionError("bytes behind the answer");
            }
            return value;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] packed(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MessagePacker out = MessagePack.newDefaultPacker(bytes)) {
            pack(value, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void pack(Object value, MessagePacker out) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.packMapHeader(map.size());
            for (Map.Entry<?, ?> one : map.entrySet()) {
                pack(one.getKey(), out);
                pack(one.getValue(), out);
            }
        } else if (value instanceof long[] numbers) {
            pack(Arrays.stream(numbers).boxed().toList(), out);
        } else if (value instanceof List<?> list) {
            out.packArrayHeader(list.size());
            for (Object one : list) {
                pack(one, out);
            }
        } else if (value instanceof Number number) {
            out.packLong(number.longValue());
        } else {
            out.packString(value.toString());
        }
    }
}
