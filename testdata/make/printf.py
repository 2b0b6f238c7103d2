#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what glibc's printf makes of numbers, one line for each format, into
h5coro-cli/src/test/resources/text/printf.txt: the format, then the texts of the numbers of the first line, with tabs."""

import ctypes
import os

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "h5coro-cli", "src", "test", "resources",
                    "text", "printf.txt")
VALUES = ("0.0 -0.0 1.0 -1.0 0.5 1.5 2.5 0.1 1e-5 1e-4 99999.95 1e6 123456789.0 4.9e-324 2.2250738585072014E-308 9.5 "
          "-123.456 0.000123456 1e21 1e22 1e23 0.0078125 -0.00048828125 299792458.0 6.02214076e23 -1.602176634e-19 "
          "Infinity -Infinity NaN").split()
FORMATS = ("%g %.0f %.1f %.3f %f %e %.0e %.3e %G %E %.10g %.17g %.1g %.0g %#g %#.0f %#.0e %#.3g %+g %012.3f %-12.3f "
           "%12.3e %+012.2e %.3F %F %012g %-8g| %8.3f %20.15e %.20f %+.1E %#G %.g %.f %lg %Le <%.2f> 100%%%g").split()
C = ctypes.CDLL(None)


def printed(form, value):
    text = ctypes.create_string_buffer(1000)
    # The modifiers that h5dump's users write mean nothing for a double.
    C.snprintf(text, 1000, form.replace("%l", "%").replace("%L", "%").encode(), ctypes.c_double(value))
    return text.value.decode()


def main():
    os.makedirs(os.path.dirname(FILE), exist_ok=True)
    with open(FILE, "w") as out:
        out.write("\t".join(["format"] + VALUES) + "\n")
        for form in FORMATS:
            out.write("\t".join([form] + [printed(form, float(value)) for value in VALUES]) + "\n")


if __name__ == "__main__":
    main()
