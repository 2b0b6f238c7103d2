// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

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
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private NoProxy() {}

    /**
     * Returns whether a list names a server. Names are compared without case, and nothing is resolved: a name
     * matches no network, and an address no name.
     *
     * @param list the variable's text, such as {@code "localhost, .example.com, 10.0.0.0/8"}
     * @param target an {@code http} or {@code https} address with a host
     */
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

    /**
     * Returns whether one entry names a host and port. For the port 443:
     *
     * <pre>
     * entry            host                 covered
     * example.com      example.com          yes
     * .example.com     a.b.example.com      yes
     * example.com      badexample.com       no: a dot has to stand before
     * example.com:80   example.com          no: another port
     * [::1]:443        ::1                  yes
     * ::1              ::1                  yes: its colons begin no port
     * </pre>
     *
     * @param host in lower case and without brackets
     */
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

    /**
     * Returns whether an address is in a network such as {@code 10.1.0.0/16}: both are numbers, whose bits behind
     * the prefix are shifted out. 10.1.2.3 is, since {@code 0x0a010203 >>> 16} is {@code 0x0a01}. Families do not
     * mix, and a prefix longer than the address matches nothing.
     */
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

    /** Returns whether a text is an address: the JDK asks a name server about numbers that are none, as 256.0.0.0. */
    private static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || (host.contains(":") && host.matches("[0-9a-f:.]+"));
    }

    /** Returns a host in lower case and without the brackets of an IPv6 address. */
    private static String plain(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        return small.startsWith("[") && small.endsWith("]") ? small.substring(1, small.length() - 1) : small;
    }
}
