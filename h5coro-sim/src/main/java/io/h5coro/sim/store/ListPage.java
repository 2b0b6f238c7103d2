// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Pages of a listing as S3 sends them (ListObjectsV2). */
final class ListPage {
    /** S3's order: by the bytes of UTF-8. */
    static final Comparator<String> ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private static final int MOST_KEYS = 1000;

    private ListPage() {}

    /** Returns the page that is asked for; a continuation token is the last entry of the page before. */
    static Answer of(SimStore store, Asked asked) {
        String bucket = asked.key().replaceFirst("/.*", "");
        String prefix = asked.query().getOrDefault("prefix", "");
        String delimiter = asked.query().getOrDefault("delimiter", "");
        NavigableMap<String, String> entries = new TreeMap<>(ORDER);
        store.listed(bucket + "/" + prefix).forEach((name, version) -> {
            String key = name.substring(bucket.length() + 1);
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                String folder = key.substring(0, end + delimiter.length());
                entries.put(folder, "<CommonPrefixes><Prefix>" + encoded(folder) + "</Prefix></CommonPrefixes>");
            } else {
                entries.put(key, contents(key, version));
            }
        });
        String token = asked.query().getOrDefault("continuation-token", "");
        Map<String, String> rest = token.isEmpty() ? entries : entries.tailMap(keyOf(token), false);
        int most = Math.min(MOST_KEYS, Integer.parseInt(asked.query().getOrDefault("max-keys", "1000")));
        List<String> keys = new ArrayList<>(rest.keySet());
        boolean more = keys.size() > most;
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>" + bucket
                + "</Name><EncodingType>url</EncodingType><IsTruncated>" + more + "</IsTruncated>");
        keys.stream().limit(most).forEach(key -> text.append(rest.get(key)));
        if (more) {
            text.append("<NextContinuationToken>")
                    .append(token(keys.get(most - 1)))
                    .append("</NextContinuationToken>");
        }
        return Answer.document(200, text.append("</ListBucketResult>").toString());
    }

    /** Returns a token that needs no escapes. */
    private static String token(String key) {
        return HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String keyOf(String token) {
        return new String(HexFormat.of().parseHex(token), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String contents(String key, Version version) {
        return "<Contents><Key>" + encoded(key) + "</Key><LastModified>"
                + version.modified().truncatedTo(ChronoUnit.SECONDS) + "</LastModified><ETag>"
                + version.tag().replace("\"", "&quot;") + "</ETag><Size>" + version.bytes().length
                + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }
}
