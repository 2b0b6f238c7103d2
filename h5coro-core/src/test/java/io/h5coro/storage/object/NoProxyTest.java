// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list no_proxy, entry by entry as curl's manual describes it. */
final class NoProxyTest {
    @ParameterizedTest
    @CsvSource({
        // list, target, covered
        "'', http://h/, false",
        "' , ,', http://h/, false",
        "*, http://[::1]/, true",
        "'x *', http://h/, true",
        "h*, http://host/, false",
        "., http://h/, false",
        "*., http://h/, false",
        ":80, http://h/, false",
        "h:, http://h/, false",
        "h:80, http://h/, true",
        "h:443, https://h/, true",
        "h:443, HTTPS://h/, true",
        "h:443, http://h/, false",
        "h:80, http://h:080/, true",
        "h:080, http://h:80/, false",
        ".b.c:8080, http://a.b.c:8080/, true",
        ".b.c:8080, http://b.c:8080/, true",
        "*.b.c, http://b.c/, true",
        "B.C, http://a.b.c/, true",
        "a.b.c, http://b.c/, false",
        "b.c., http://b.c/, false",
        "[::1], http://[::1]/, true",
        "[::1]:80, http://[::1]/, true",
        "[::1]:81, http://[::1]/, false",
        "::1, http://[::1]:81/, true",
        "[FD00::A], http://[fd00::a]/, true",
        "'h,other', http://other/, true",
        "'h\tother', http://other/, true",
    })
    void anEntryNamesAHostAndThoseBelowItAtOnePortOrAll(String list, URI target, boolean covered) {
        assertEquals(covered, NoProxy.covers(list, target));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/32, http://10.1.2.3/, true",
        "10.1.2.3/32, http://10.1.2.2/, false",
        "10.1.2.3/31, http://10.1.2.2/, true",
        "10.1.2.3/0, http://192.168.0.1/, true",
        "10.1.2.3/, http://10.1.2.3/, false",
        "10.1.2.3/33, http://10.1.2.3/, false",
        "10.1.2.3/999, http://10.1.2.3/, false",
        "10.1.2.3/1000, http://10.1.2.3/, false",
        "10.1.2.3/-1, http://10.1.2.3/, false",
        "10.1.2.3/8/8, http://10.1.2.3/, false",
        "10.1.2/8, http://10.1.2.3/, false",
        "h/8, http://10.1.2.3/, false",
        "10.0.0.0/8, http://ten.example/, false",
        "10.0.0.0/8, http://[::1]/, false",
        "fd00::/8, http://10.1.2.3/, false",
        "[fd00::]/8, http://[fdff::1]/, true",
        "fd00::/8, http://[fe00::1]/, false",
        "fd00::/128, http://[fd00::]/, true",
        "fd00::/129, http://[fd00::]/, false",
        "fd00:::/8, http://[fd00::]/, false",
        "f:f/8, http://[fd00::]/, false",
    })
    void aNetworkHoldsTheAddressesThatShareItsFirstBits(String list, URI target, boolean covered) {
        assertEquals(covered, NoProxy.covers(list, target));
    }

    /** What looks like an address and is none must not be asked of a name server, which may answer anything. */
    @ParameterizedTest
    @CsvSource({"256.0.0.0/8", "999.999.999.999/0", "10.1.2.300/8"})
    void numbersThatAreNoAddressAreNetworksOfNobody(String list) {
        assertFalse(NoProxy.covers(list, URI.create("http://10.1.2.3/")));
    }

    @Test
    void everyPrefixComparesExactlySoManyBits() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            int prefix = random.nextInt(33);
            int network = random.nextInt();
            int address = random.nextBoolean() ? random.nextInt() : network ^ 1 << random.nextInt(32);
            BigInteger mask = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE.shiftLeft(32 - prefix));
            boolean same = unsigned(network).and(mask).equals(unsigned(address).and(mask));
            String list = dotted(network) + "/" + prefix;
            URI target = URI.create("http://" + dotted(address) + "/");
            assertEquals(same, NoProxy.covers(list, target), list + " and " + target);
        }
    }

    private static BigInteger unsigned(int address) {
        return BigInteger.valueOf(Integer.toUnsignedLong(address));
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Test
    void caseAndBlanksChangeNothing() {
        for (UnaryOperator<String> way : List.<UnaryOperator<String>>of(
                String::toUpperCase, text -> "  " + text + "  ", text -> "x.y, " + text + " ,z")) {
            assertTrue(NoProxy.covers(way.apply("data.example"), URI.create("https://Store.Data.Example/k")));
            assertFalse(NoProxy.covers(way.apply("data.example"), URI.create("https://store.data.example.org/k")));
        }
    }
}
