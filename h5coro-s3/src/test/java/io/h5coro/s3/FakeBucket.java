// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.StorageListing;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bucket that lists its keys by pages as S3 does, and serves them by range. */
final class FakeBucket implements FakeServer.Handler {
    private final Map<String, byte[]> objects = Collections.synchronizedMap(new TreeMap<>(StorageListing.order()));

    FakeBucket put(String key, byte[] content) {
        objects.put(key, content);
        return this;
    }

    /** A parameter of a request to list; empty where it is missing. */
    static String parameter(Request request, String name) {
        String query = request.line().replaceFirst("^GET [^? ]*\\??", "").replaceFirst(" HTTP.*", "");
        for (String part : query.split("&")) {
            String[] both = part.split("=", 2);
            if (both[0].equals(name) && both.length == 2) {
                return URLDecoder.decode(both[1], StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void answer(Request request, OutputStream out) throws IOException {
        if (parameter(request, "list-type").equals("2")) {
            sendPage(out, page(request));
            return;
        }
        String path = request.line().split(" ")[1].replaceFirst("\\?.*", "").replace("+", "%2B");
        String key = URLDecoder.decode(path, StandardCharsets.UTF_8).replaceFirst("^/bucket/", "");
        byte[] content = objects.get(key);
        if (content == null) {
            FakeServer.sendError(out, 404, "NoSuchKey");
            return;
        }
        int start = (int) request.range()[0];
        int end = (int) Math.min(request.range()[1], content.length);
        List<String> headers = List.of(
                "ETag: " + etag(content), "Content-Range: bytes " + start + "-" + (end - 1) + "/" + content.length);
        FakeServer.send(out, 206, headers, Arrays.copyOfRange(content, start, end));
    }

    static void sendPage(OutputStream out, String page) throws IOException {
        FakeServer.send(out, 200, List.of("Content-Type: application/xml"), page.getBytes(StandardCharsets.UTF_8));
    }

    private static String etag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    }

    private String page(Request request) {
        String prefix = parameter(request, "prefix");
        String delimiter = parameter(request, "delimiter");
        TreeMap<String, String> found = new TreeMap<>(StorageListing.order());
        objects.forEach((key, content) -> {
            int end = delimiter.isEmpty() || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                found.put(key.substring(0, end + 1), common(key.substring(0, end + 1)));
            } else if (key.startsWith(prefix)) {
                found.put(key, contents(key, content));
            }
        });
        String token = parameter(request, "continuation-token");
        int start = token.isEmpty() ? 0 : Integer.parseInt(token);
        int end = Math.min(found.size(), start + Integer.parseInt(parameter(request, "max-keys")));
        List<String> all = new ArrayList<>(found.values());
        return page(String.join("", all.subList(start, end)), end < all.size() ? Integer.toString(end) : "");
    }

    /** A page; with a token there is a next one. */
    static String page(String entries, String token) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
                + "<EncodingType>url</EncodingType><IsTruncated>" + !token.isEmpty() + "</IsTruncated>"
                + (token.isEmpty() ? "" : "<NextContinuationToken>" + token + "</NextContinuationToken>")
                + entries + "</ListBucketResult>";
    }

    static String contents(String key, byte[] content) {
        return "<Contents><Key>" + URLEncoder.encode(key, StandardCharsets.UTF_8)
                + "</Key><LastModified>2026-07-06T10:00:00.000Z</LastModified><ETag>"
                + etag(content).replace("\"", "&quot;") + "</ETag><Size>" + content.length
                + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }

    static String common(String prefix) {
        return "<CommonPrefixes><Prefix>" + URLEncoder.encode(prefix, StandardCharsets.UTF_8)
                + "</Prefix></CommonPrefixes>";
    }
}
