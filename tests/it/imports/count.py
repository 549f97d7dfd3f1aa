"""Counts and calculates the open-data release of ASCOF a second time, in another language and by other means.

Takes the file and the list of areas; prints one JSON object. The tests compare it with what Roundtable makes of the same file.
Nothing but the standard library is used.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

TEN = ["204", "211", "307", "406", "509", "607", "702", "809", "908", "906"]
RATES = {"2A1", "2A2"}


def plain(number):
    """A number without zeros at the end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(fraction, places):
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return plain(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def quartiles(values):
    """The inclusive method: linear between the two nearest."""
    values, marks = sorted(Fraction(value) for value in values), []
    for quarters in (1, 2, 3):
        position = Fraction((len(values) - 1) * quarters, 4)
        below = values[int(position)]
        above = values[min(int(position) + 1, len(values) - 1)]
        marks.append(below + (above - below) * (position - int(position)))
    return marks


def main(figures, areas):
    with open(areas, encoding="utf-8", newline="") as lines:
        council_region = {
            area["cassr"]: area["parent"]
            for area in csv.DictReader(line for line in lines if not line.startswith("#"))
            if area["cassr"]
        }
    rows, measures, markers = 0, Counter(), Counter()
    observations = defaultdict(dict)
    with gzip.open(figures, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows += 1
            measure, value = row["Measure Type"], row["Measure Value"]
            measures[measure.lower()] += 1
            if value.startswith("["):
                markers[measure.lower() + " " + value] += 1
            key = (row["Geographical Level"], row["Geographical Code"], row["Measure Group"], row["Disaggregation Level"])
            assert measure not in observations[key], key
            observations[key][measure] = value

    def number(key, measure):
        value = observations.get(key, {}).get(measure, "[x]")
        return None if value.startswith("[") else Decimal(value)

    indicators = sorted({key[2] for key in observations})
    aggregates, marks, ranks = {}, {}, {}
    for indicator in indicators:
        councils = {code: ("Council", code, indicator, "Total") for code in council_region}
        times = 100000 if indicator in RATES else 100
        for region in sorted(set(council_region.values())):
            members = [councils[code] for code, parent in council_region.items() if parent == region]
            parts = [(number(key, "Numerator"), number(key, "Denominator")) for key in members]
            if any(part is None for pair in parts for part in pair):
                aggregates[f"{indicator} {region}"] = None
                continue
            whole = Fraction(sum(part for part, _ in parts)) / Fraction(sum(part for _, part in parts))
            if indicator == "1A":
                times = 1
            aggregates[f"{indicator} {region}"] = rounded(whole * times, 1)
        values = {code: number(key, "Outcome") for code, key in councils.items()}
        values = {code: value for code, value in values.items() if value is not None}
        if not values:
            continue
        found = quartiles(values.values())
        marks[indicator] = [rounded(mark, 6) for mark in found]
        lower_is_better = indicator in RATES
        for code in TEN:
            if code not in values:
                ranks[f"{indicator} {code}"] = None
                continue
            value = values[code]
            better = sum(other < value if lower_is_better else other > value for other in values.values())
            beyond = [value > mark for mark in found] if lower_is_better else [value < mark for mark in found]
            ranks[f"{indicator} {code}"] = [better + 1, len(values), 1 + sum(beyond)]
    print(
        json.dumps(
            {
                "rows": rows,
                "observations": len(observations),
                "measures": measures,
                "markers": markers,
                "aggregates": aggregates,
                "quartiles": marks,
                "ranks": ranks,
            },
            sort_keys=True,
        )
    )


main(*sys.argv[1:])
