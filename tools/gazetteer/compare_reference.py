#!/usr/bin/env python3
"""Compares gazetteer/places/*.tsv with a folder of reference tables.

Usage: KHARITA_EVAL_DIR=DIR tools/gazetteer/compare_reference.py [--all]

DIR, or DIR/reference, or a sibling of DIR named reference holds syria_places.csv and wikipedia_points.csv
(columns id, name_en, alt_names, feature, lat, lon). A record is compared with every reference that it names in
column `refs`, and a settlement, base, dam, crossing, hill or field that names none with the nearest point of
its kind and name. Whatever is more than 3 km apart is printed, with its reason from tools/gazetteer/disagreements.tsv
(columns id, ref, reason); exit 1 if one has no reason, a reason has no disagreement, or a record names an id
that the reference should know and does not. Admin units, regions and lines are not compared: their point is a
matter of choice. --all prints every comparison. Exit 77, which ctest takes for skipped, without DIR.
"""

import csv
import math
import os
import re
import statistics
import sys
import unicodedata
from pathlib import Path

COLUMNS = "id name_ar name_en aliases feature admin lon lat uncertainty_m population prominence refs".split()
LIMIT_KM = 3.0
# Beyond this, a point of the same name is another place.
SEARCH_KM = 25.0
SKIPPED = ("ADM1", "ADM2", "ADM3", "PCLI", "TERR", "RGN", "MTS", "STM", "PLN", "DSRT", "RD", "LAVA", "VAL")
SETTLEMENTS = "PPL PPLX PPLA PPLA2 PPLA3"
KINDS = {"Settlement": SETTLEMENTS, "Airport": "AIRB AIRP INSM", "Heliport": "AIRB INSM", "Military Base": "INSM AIRB PRN", "Dam": "DAM",
         "Border Crossing": "CSTM", "Oil": "OILF GASF", "Peak": "HLL HLLS MT", "Port": "PRT INSM"}
BY_NAME = {code for codes in KINDS.values() for code in codes.split()}
HERE = Path(__file__).resolve().parent


def km_between(a, b):
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def letters(name):
    """Latin letters without marks, article, type word and vowels that transliterations differ in."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(al|el|as|ash|an|ar|at|ath|az|ad)\b[ -]", "", text))
    drop = {"hill", "mountain", "mount", "air", "base", "airbase", "airport", "military", "dam", "field", "oil", "gas",
            "crossing", "border", "jabal", "jebel", "tall", "tell", "tal", "tel", "tallat", "of", "the", "camp"}
    return re.sub(r"[aeiouy]|(?<=.)h", "", "".join(w for w in words if w not in drop))


def keys(name):
    """What a name is looked up by: an Arabic one folded, without article and spaces; a Latin one's letters."""
    if not re.search("[\u0621-\u064a]", name):
        return {letters(name)} - {""}
    table = str.maketrans("أإآىةؤئ", "ااايهوي")
    text = re.sub("[^\u0621-\u064a]", "", unicodedata.normalize("NFKC", name).translate(table))
    return {text.removeprefix("ال")} - {""}


def find_folder(folder):
    for candidate in (folder, folder / "reference", folder.parent / "reference"):
        if (candidate / "syria_places.csv").is_file():
            return candidate
    return None


def records(folder):
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            fields = line.split("\t")
            if not line.startswith("#") and len(fields) == len(COLUMNS) and fields != COLUMNS:
                row = dict(zip(COLUMNS, fields), where=f"{path.name}:{number}")
                row["point"] = (float(row["lon"]), float(row["lat"]))
                yield row


def points_of(table):
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row, (float(row["lon"]), float(row["lat"]))


def reasons():
    table = HERE / "disagreements.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    return {(row[0], row[1]): row[2] for row in rows[1:]}


def comparisons(row, known, named):
    """Pairs of a reference's id and its point for a record; a point is None where the id is not known."""
    refs = [ref for ref in row["refs"].split(";") if ref]
    for ref in refs:
        if ref in known:
            yield ref, known[ref]
        elif not ref.startswith(("gn:", "Q", "wp:", "osm:", "wof:")):
            yield ref, None
    if refs or row["feature"] not in BY_NAME:
        return
    near = []
    for key in set().union(*(keys(n) for n in (row["name_ar"], row["name_en"], *row["aliases"].split(";")))):
        if len(key) <= 3 and key.isascii() and row["feature"].startswith("PPL"):
            continue  # three consonants are many villages
        for ref, kind, point in named.get(key, ()):
            away = km_between(row["point"], point)
            if row["feature"] in KINDS[kind].split() and away < SEARCH_KM:
                near.append((away, ref, point))
    if near:
        yield min(near)[1:]


def main():
    folder = os.environ.get("KHARITA_EVAL_DIR")
    folder = find_folder(Path(folder)) if folder else None
    if folder is None:
        print("skipped: KHARITA_EVAL_DIR names no folder with syria_places.csv", file=sys.stderr)
        return 77
    known, named = {}, {}
    for row, point in points_of(folder / "syria_places.csv"):
        known.setdefault(row["id"], point)
        if row["feature"].startswith(("PPL", "adm4", "neighborhood")):
            for key in keys(row["name_ar"]) | keys(row["name_en"]):
                named.setdefault(key, []).append((row["id"], "Settlement", point))
    if (folder / "wikipedia_points.csv").is_file():
        for row, point in points_of(folder / "wikipedia_points.csv"):
            known.setdefault(row["id"], point)
            if row["feature"] in KINDS:
                for key in set().union(*(keys(n) for n in (row["name_en"], *row["alt_names"].split("|")))):
                    named.setdefault(key, []).append((row["id"], row["feature"], point))
    explained, used = reasons(), set()
    distances, wrong = {"id": [], "name": []}, 0
    for row in records(HERE.parents[1] / "gazetteer" / "places"):
        if row["feature"] in SKIPPED or not row["id"].startswith("sy-"):
            continue
        for ref, point in comparisons(row, known, named):
            if point is None:
                wrong += 1
                print(f"{row['where']}: {row['id']}: {ref} is not in the reference")
                continue
            away = km_between(row["point"], point)
            distances["id" if row["refs"] else "name"].append(away)
            reason = explained.get((row["id"], ref))
            if away > LIMIT_KM:
                used.add((row["id"], ref))
                wrong += reason is None
                print(f"{row['where']}: {row['id']} is {away:.1f} km from {ref}: {reason or 'UNEXPLAINED'}")
            elif "--all" in sys.argv:
                print(f"{row['where']}: {row['id']} is {away:.1f} km from {ref}")
    for key in sorted(explained.keys() - used):
        wrong += 1
        print(f"disagreements.tsv: {key[0]} and {key[1]} do not disagree")
    for how, values in distances.items():
        if values:
            print(f"{len(values)} compared by {how}: median {statistics.median(values):.2f} km, "
                  f"90 % {sorted(values)[int(0.9 * len(values))]:.2f} km", file=sys.stderr)
    print(f"{len(used)} disagreements above {LIMIT_KM:g} km, {wrong} unexplained", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
