// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.util.regex.Pattern;

/**
 * Which files are taken for one family when nobody says so: those whose locations differ in numbers only.
 *
 * <p>Example: {@code .../ATL03/006/2018/10/14/ATL03_20181014000347_02350101_006_02.h5} is of the family
 * {@code .../ATL03/#/#/#/#/ATL03_#_#_#_#.h5}. One or two digits behind a letter are mostly part of a product's name and
 * stay: ATL03 and ATL06 are two families. Where this is wrong, guesses cost bytes.
 */
final class FamilyName {
    private static final Pattern NUMBERS = Pattern.compile("(?<![A-Za-z0-9])[0-9]+|(?<=[A-Za-z])[0-9]{3,}");

    private FamilyName() {}

    /** The name of the family of a location. */
    static String of(String location) {
        return NUMBERS.matcher(location).replaceAll("#");
    }
}
