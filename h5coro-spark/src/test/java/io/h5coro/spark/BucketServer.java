// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.h5coro.storage.StorageListing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One bucket as S3 has it, on loopback: lists by pages, serves by range. The same address hands out the credentials of
 * a role, as the security token service does. Remembers who asked for what.
 */
final class BucketServer implements AutoCloseable {
    private static final String ROLE_KEYS = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            + "<AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn>"
            + "<AssumedRoleId>R:s</AssumedRoleId></AssumedRoleUser><Credentials>"
            + "<AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>rolesecret</SecretAccessKey>"
            + "<SessionToken>roletoken</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
            + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

    private final String bucket;
    private final int pageKeys;
    private final Map<String, byte[]> objects = new TreeMap<>(StorageListing.order());
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /**
     * A request.
     *
     * @param authorization and security token of it; empty where it had none
     * @param body of a request for credentials
     */
    record Asked(String method, String path, String query, String authorization, String token, String body) {
        boolean isListing() {
            return query.contains("list-type=2");
        }

        boolean isOfRole() {
            return method.equals("POST");
        }
    }

    BucketServer(String bucket, int pageKeys) throws IOException {
        this.bucket = bucket;
        this.pageKeys = pageKeys;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    BucketServer put(String key, byte[] content) {
        objects.put(key, content);
        return this;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked(Predicate<Asked> which) {
        return asked.stream().filter(which).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    header(exchange, "Authorization"),
                    header(exchange, "X-Amz-Security-Token"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            if (request.isOfRole()) {
                send(exchange, 200, ROLE_KEYS.getBytes(StandardCharsets.UTF_8));
            } else if (request.isListing()) {
                send(exchange, 200, page(request).getBytes(StandardCharsets.UTF_8));
            } else {
                sendRange(exchange, objects.get(request.path().replaceFirst("^/" + bucket + "/", "")));
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void sendRange(HttpExchange exchange, byte @Nullable [] content) throws IOException {
        String condition = header(exchange, "If-Match");
        if (content == null || !(condition.isEmpty() || condition.equals(etag(content)))) {
            send(exchange, content == null ? 404 : 412, new byte[0]);
            return;
        }
        String[] range = header(exchange, "Range").replace("bytes=", "").split("-");
        int start = Integer.parseInt(range[0]);
        int end = (int) Math.min(content.length, Long.parseLong(range[1]) + 1);
        exchange.getResponseHeaders().set("ETag", etag(content));
        exchange.getResponseHeaders().set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + content.length);
        send(exchange, 206, Arrays.copyOfRange(content, start, end));
    }

    private static String etag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }

    private static String parameter(Asked request, String name) {
        for (String part : request.query().split("&")) {
            if (part.startsWith(name + "=")) {
                return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private String page(Asked request) {
        String prefix = parameter(request, "prefix");
        String delimiter = parameter(request, "delimiter");
        TreeMap<String, String> found = new TreeMap<>(StorageListing.order());
        objects.forEach((key, content) -> {
            int end = delimiter.isEmpty() || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                String folder = key.substring(0, end + 1);
                found.put(folder, "<CommonPrefixes><Prefix>" + escaped(folder) + "</Prefix></CommonPrefixes>");
            } else if (key.startsWith(prefix)) {
                found.put(
                        key,
                        "<Contents><Key>" + escaped(key) + "</Key><LastModified>2026-07-06T10:00:00.000Z</LastModified>"
                                + "<ETag>" + etag(content).replace("\"", "&quot;") + "</ETag><Size>" + content.length
                                + "</Size><StorageClass>STANDARD</StorageClass></Contents>");
            }
        });
        String token = parameter(request, "continuation-token");
        int start = token.isEmpty() ? 0 : Integer.parseInt(token);
        int end = Math.min(found.size(), start + pageKeys);
        List<String> all = new ArrayList<>(found.values());
        boolean isLast = end == all.size();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult "
                + "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>" + bucket
                + "</Name><EncodingType>url</EncodingType><IsTruncated>" + !isLast + "</IsTruncated>"
                + (isLast ? "" : "<NextContinuationToken>" + end + "</NextContinuationToken>")
                + String.join("", all.subList(start, end)) + "</ListBucketResult>";
    }

    private static String escaped(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }
}
