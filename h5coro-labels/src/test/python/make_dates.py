# SPDX-License-Identifier: Apache-2.0
"""Writes what cftime makes of numbers in all calendars: ../resources/labels/dates.txt

Each line has calendar, units, kind of numbers, greatest number, the first and the last date, and the SHA-256 of all
dates, each followed by a line end. DatesTest makes the same numbers: see `numbers`.
"""

import hashlib
import pathlib

import cftime
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "labels" / "dates.txt"
COUNT = 100
CALENDARS = ["standard", "proleptic_gregorian", "julian", "noleap", "all_leap", "360_day"]
UNITS = [
    ("days since 1850-01-01", 400_000),
    ("days since 1600-12-30", 1_000_000),
    ("hours since 0001-01-01 00:00:00", 30_000_000),
    ("seconds since 1970-01-01T12:34:56.789", 10_000_000_000),
    ("minutes since 1582-10-15 00:30:00", 5_000_000),
    ("days since 1582-10-04 18:00", 500),
    ("days since 2000-02-28 06:00 -03:30", 2_000),
    ("days since -4713-01-01 12:00:00", 3_000_000),
    ("milliseconds since 1999-12-30 23:59:59.999999", 10_000_000_000_000),
    ("hours since 1900-3-1 0:0:0.0 +5:30", 2_000_000),
]


def numbers(seed, kind, greatest):
    """A linear congruential generator; fractions are sevenths."""
    state = seed
    made = []
    for _ in range(COUNT):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        whole = (state >> 11) % (2 * greatest + 1) - greatest
        made.append(whole if kind == "whole" else whole / 7.0)
    return np.array(made, "i8" if kind == "whole" else "f8")


def text(d):
    sign = "-" if d.year < 0 else ""
    fraction = f".{d.microsecond:06d}".rstrip("0") if d.microsecond else ""
    return (
        f"{sign}{abs(d.year):04d}-{d.month:02d}-{d.day:02d}T{d.hour:02d}:{d.minute:02d}:{d.second:02d}{fraction}"
    )


def main():
    lines = []
    for calendar in CALENDARS:
        for units, greatest in UNITS:
            for kind in ("whole", "sevenths"):
                real = calendar in ("standard", "proleptic_gregorian")
                if kind == "sevenths" and real and cftime.num2date(0, units, calendar).year > 1600:
                    continue  # there xarray computes with numpy, to nanoseconds
                made = numbers(len(lines), kind, greatest)
                # cftime knows only zones of two digits for the hours.
                dates = cftime.num2date(made, units.replace(" +5:30", " +05:30"), calendar, only_use_cftime_datetimes=True)
                texts = [text(d) for d in dates]
                digest = hashlib.sha256("".join(t + "\n" for t in texts).encode()).hexdigest()
                lines.append("\t".join([calendar, units, kind, str(greatest), texts[0], texts[-1], digest]))
    OUT.write_text("\n".join(lines) + "\n")
    print(len(lines) * COUNT, "dates")


if __name__ == "__main__":
    main()
