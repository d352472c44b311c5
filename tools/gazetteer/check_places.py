#!/usr/bin/env python3
"""Checks gazetteer/places/*.tsv; prints file:line messages and exits 1 if anything is wrong.

Usage: tools/gazetteer/check_places.py [GAZETTEER_DIR]

Checks: malformed rows, feature codes, duplicate ids, missing or wrong parents, coordinates out of
range or swapped, settlements outside their governorate's outline by more than a tolerance, aliases
that are empty once folded, and one name claimed by two records of one class within 2 km.
"""

import json
import math
import re
import sys
import unicodedata
from pathlib import Path

COLUMNS = ("id name_ar name_en aliases feature admin lon lat uncertainty_m population "
           "prominence refs").split()
CLASSES = {
    "A": "ADM1 ADM2 ADM3 PCLI TERR",
    "P": "PPL PPLA PPLA2 PPLA3 PPLC PPLX",
    "S": "AIRP AIRB AIRF INSM CSTM DAM OILF GASF HSP CMPRF CSTL MN RUIN FT PS BDG PRN ANS GOVL SCHC "
         "UNIV MFG BLDG CTRR OILR DPOF PRT STDM FRM",
    "T": "HLL HLLS MT MTS PK VAL PLN ISL CAPE UPLD DSRT PASS PLAT CRTR LAVA",
    "H": "STM LK RSV SPNG SEA GULF STRT CNL CHN WAD SWMP",
    "L": "RGN CMPRF PRT OILF GASF MILB INDS AREA MVA",
    "R": "RD RDJCT BDG RR TNL",
}
CLASS_OF = {code: letter for letter, codes in CLASSES.items() for code in codes.split()}
SYRIA = (35.4, 32.2, 42.5, 37.5)  # west, south, east, north, with a margin
# The outlines are simplified; a place may stand this far outside its own (km).
TOLERANCE_KM = 4.0
# Natural Earth ends Quneitra at the cease-fire line and gives much of Rif Dimashq's empty desert to
# Homs; the official units reach further.
TOLERANCES_KM = {"SY14": 35.0, "SY03": 70.0}
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})


def fold(name):
    """Name as the matcher sees it: no marks, one form of alef, ya and ta marbuta, lower case."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).translate(FOLD))
    text = "".join(c for c in text if not unicodedata.combining(c) and c != "ـ")
    return " ".join(re.sub(r"[^\w]+", " ", text.lower()).split())


def km_between(a, b):
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def is_inside(point, ring):
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def km_to_ring(point, ring):
    """Distance to the ring in kilometres on a local plane."""
    kx, ky = 111.32 * math.cos(math.radians(point[1])), 110.9
    best = math.inf
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        ax, ay = (x1 - point[0]) * kx, (y1 - point[1]) * ky
        dx, dy = (x2 - x1) * kx, (y2 - y1) * ky
        length = dx * dx + dy * dy
        t = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
        best = min(best, math.hypot(ax + t * dx, ay + t * dy))
    return best


def km_outside(point, geometry):
    """0 inside the polygon, else the distance to its outline."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        if is_inside(point, polygon[0]) and not any(is_inside(point, hole) for hole in polygon[1:]):
            return 0.0
    return min(km_to_ring(point, ring) for polygon in polygons for ring in polygon)


class Report:
    def __init__(self):
        self.count = 0

    def add(self, where, message):
        self.count += 1
        print(f"{where}: {message}")


def read_rows(folder, report):
    """Rows of all files as dictionaries with `where` ("file:line") added."""
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        raw = path.read_bytes()
        if b"\r" in raw:
            report.add(f"{path.name}:1", "carriage return; expected LF line ends")
        header = None
        for number, line in enumerate(raw.decode("utf-8").split("\n"), 1):
            where = f"{path.name}:{number}"
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if header is None:
                header = fields
                if header != COLUMNS:
                    report.add(where, f"header is {fields}; expected {COLUMNS}")
                continue
            if len(fields) != len(COLUMNS):
                report.add(where, f"{len(fields)} columns; expected {len(COLUMNS)}")
                continue
            rows.append(dict(zip(COLUMNS, fields), where=where))
        if header is None:
            report.add(f"{path.name}:1", "no header")
    return rows


def number_in(row, column, low, high, report, empty=False):
    text = row[column]
    if text == "" and empty:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        report.add(row["where"], f"{column} is {text!r}; expected {low} to {high}")
        return None
    return value


def check_row(row, report):
    where = row["where"]
    for column in COLUMNS:
        if row[column] != row[column].strip() or "  " in row[column]:
            report.add(where, f"{column} {row[column]!r} has spare spaces")
    if not re.fullmatch(r"SY(\d{2}){1,3}|[A-Z]{3}|[a-z]{2}(-[a-z0-9]+)+", row["id"]):
        report.add(where, f"id {row['id']!r} is neither a P-code, a country code nor a slug")
    if not re.search("[\u0621-\u064a]", row["name_ar"]) or re.search("[\u064b-\u0652\u0640]", row["name_ar"]):
        report.add(where, f"name_ar is {row['name_ar']!r}; expected Arabic without marks or tatweel")
    if not re.search("[A-Za-z]", row["name_en"]) or re.search("[\u0600-\u06ff]", row["name_en"]):
        report.add(where, f"name_en is {row['name_en']!r}; expected Latin letters")
    if row["feature"] not in CLASS_OF:
        report.add(where, f"feature {row['feature']!r} is not a code known here")
    seen = {fold(row["name_ar"]), fold(row["name_en"])}
    for alias in filter(None, row["aliases"].split(";")):
        if not fold(alias):
            report.add(where, f"alias {alias!r} folds to nothing")
        elif fold(alias) in seen:
            report.add(where, f"alias {alias!r} says nothing new once folded")
        seen.add(fold(alias))
    for reference in filter(None, row["refs"].split(";")):
        if not re.fullmatch(r"[CN]\d{4}|gn:\d+|Q\d+|SY(\d{2}){1,3}", reference):
            report.add(where, f"ref {reference!r} is of no known kind")
    lon = number_in(row, "lon", -180, 180, report)
    lat = number_in(row, "lat", -90, 90, report)
    number_in(row, "uncertainty_m", 50, 6_000_000, report)
    number_in(row, "population", 0, 2e9, report, empty=True)
    number_in(row, "prominence", 0, 5, report)
    for column in ("lon", "lat"):
        if not re.fullmatch(r"-?\d+\.\d{4}", row[column]):
            report.add(where, f"{column} {row[column]!r}; expected four decimals")
    row["point"] = None if lon is None or lat is None else (lon, lat)


def is_syrian(row):
    return re.match(r"sy-|SY\d", row["id"]) is not None


def check_place(row, by_id, outlines, report):
    """Parent, bounding box and outline of one record."""
    where, feature = row["where"], row["feature"]
    parent = by_id.get(row["admin"])
    if feature == "PCLI" or feature == "TERR":
        if row["admin"]:
            report.add(where, f"a country has no admin; found {row['admin']!r}")
    elif parent is None:
        report.add(where, f"admin {row['admin']!r} is no record")
    elif parent["feature"] not in ("ADM1", "ADM2", "ADM3", "PCLI", "TERR"):
        report.add(where, f"admin {row['admin']!r} is a {parent['feature']}, not an admin unit")
    expected = {"ADM1": "PCLI", "ADM2": "ADM1", "ADM3": "ADM2"}.get(feature)
    if parent and expected and parent["feature"] != expected:
        report.add(where, f"{feature} under a {parent['feature']}; expected {expected}")
    if re.match(r"SY\d{4}", row["id"]) and not row["id"].startswith(row["admin"]):
        report.add(where, f"{row['id']} does not lie under {row['admin']}")
    if not is_syrian(row) or not row["point"]:
        return
    lon, lat = row["point"]
    if not (SYRIA[0] <= lon <= SYRIA[2] and SYRIA[1] <= lat <= SYRIA[3]):
        swapped = SYRIA[0] <= lat <= SYRIA[2] and SYRIA[1] <= lon <= SYRIA[3]
        report.add(where, f"{lon}, {lat} is outside Syria" + ("; are lon and lat swapped?" if swapped else ""))
        return
    governorate = row["admin"][:4] if re.match(r"SY\d", row["admin"]) else ""
    if governorate in outlines and not feature.startswith("ADM"):
        away = km_outside(row["point"], outlines[governorate])
        if away > TOLERANCES_KM.get(governorate, TOLERANCE_KM):
            report.add(where, f"{row['id']} stands {away:.1f} km outside {governorate}")


def check_twins(rows, report):
    """One name, one class of feature, within 2 km: the same place twice."""
    cells = {}
    for row in rows:
        if not row["point"] or row["feature"] in ("ADM1", "ADM2", "ADM3", "PCLI", "TERR"):
            continue
        names = {fold(n) for n in (row["name_ar"], row["name_en"], *row["aliases"].split(";")) if fold(n)}
        x, y = (math.floor(v / 0.05) for v in row["point"])
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other, other_names in cells.get((x + dx, y + dy), []):
                    shared = names & other_names
                    if shared and CLASS_OF.get(other["feature"]) == CLASS_OF.get(row["feature"]) \
                            and km_between(row["point"], other["point"]) < 2.0:
                        report.add(row["where"], f"{row['id']} and {other['id']} ({other['where']}) share "
                                                 f"{sorted(shared)} within 2 km")
        cells.setdefault((x, y), []).append((row, names))


def main():
    default = Path(__file__).resolve().parents[2] / "gazetteer"
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    report = Report()
    rows = read_rows(root / "places", report)
    outlines = {f["properties"]["id"]: f["geometry"]
                for f in json.loads((root / "boundaries" / "governorates.geojson").read_text("utf-8"))["features"]}
    by_id = {}
    for row in rows:
        check_row(row, report)
        if row["id"] in by_id:
            report.add(row["where"], f"id {row['id']} is also at {by_id[row['id']]['where']}")
        by_id.setdefault(row["id"], row)
    used = {}
    for row in rows:
        check_place(row, by_id, outlines, report)
        for reference in filter(None, row["refs"].split(";")):
            other = used.setdefault(reference, row)
            if other is not row:
                report.add(row["where"], f"ref {reference} is also claimed at {other['where']}")
    check_twins(rows, report)
    units = [sum(row["feature"] == f"ADM{n}" and is_syrian(row) for row in rows) for n in (1, 2, 3)]
    if units != [14, 62, 272]:
        report.add("places:0", f"Syria has {units} admin units; expected [14, 62, 272]")
    print(f"{len(rows)} records, {report.count} errors", file=sys.stderr)
    return 1 if report.count else 0


if __name__ == "__main__":
    sys.exit(main())
