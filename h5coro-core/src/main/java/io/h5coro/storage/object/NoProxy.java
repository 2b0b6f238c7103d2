// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The list {@code no_proxy}, as curl reads it: names and addresses, separated by commas or blanks. Pure.
 *
 * <ul>
 *   <li>{@code *} matches all hosts.
 *   <li>{@code example.com} and {@code .example.com} match that host and those below it.
 *   <li>{@code host:port} matches one port.
 *   <li>{@code 10.0.0.0/8} matches the addresses of a network.
 * </ul>
 */
final class NoProxy {
    private NoProxy() {}

    /** Returns whether a list names a server. */
    static boolean covers(String list, URI target) {
        String host = plain(target.getHost());
        int port = target.getPort() >= 0 ? target.getPort() : "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
        for (String entry : list.split("[,\\s]+", -1)) {
            if (!entry.isEmpty() && covers(entry, host, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return isInNetwork(entry, host);
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String name = plain(hasPort ? entry.substring(0, colon) : entry);
        String suffix = name.startsWith("*.") ? name.substring(1) : name;
        suffix = suffix.startsWith(".") ? suffix : "." + suffix;
        return suffix.length() > 1 && ("." + host).endsWith(suffix);
    }

    private static boolean isInNetwork(String entry, String host) {
        String[] parts = entry.split("/", 2);
        if (!parts[1].matches("[0-9]{1,3}") || !isAddress(host) || !isAddress(plain(parts[0]))) {
            return false;
        }
        try {
            // Neither is looked up: both are addresses.
            byte[] network = InetAddress.getByName(plain(parts[0])).getAddress();
            byte[] address = InetAddress.getByName(host).getAddress();
            int rest = network.length * 8 - Integer.parseInt(parts[1]);
            return network.length == address.length
                    && rest >= 0
                    && new BigInteger(1, network).shiftRight(rest).equals(new BigInteger(1, address).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || (host.contains(":") && host.matches("[0-9a-f:.]+"));
    }

    private static String plain(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        return small.startsWith("[") && small.endsWith("]") ? small.substring(1, small.length() - 1) : small;
    }
}
