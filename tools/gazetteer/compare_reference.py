#!/usr/bin/env python3
"""Compares gazetteer/places/*.tsv with a folder of reference tables, by the ids in column `refs`.

Usage: KHARITA_EVAL_DIR=DIR tools/gazetteer/compare_reference.py

DIR, or DIR/reference, or a sibling of DIR named reference holds syria_places.csv (columns id, lat, lon). Every
record more than 3 km from a reference that it names is printed, with the note that stands above it
in the table if that note names the reference; exit 1 if one has no such note, or names an id that
the reference does not know. Admin units and areas are not compared: their point is a matter of choice.
"""

import csv
import os
import statistics
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from check_places import COLUMNS, km_between  # noqa: E402

LIMIT_KM = 3.0
SKIPPED = ("ADM1", "ADM2", "ADM3", "PCLI", "TERR", "RGN", "MTS", "STM", "PLN", "DSRT", "RD")


def find_table(folder):
    for candidate in (folder, folder / "reference", folder.parent / "reference"):
        if (candidate / "syria_places.csv").is_file():
            return candidate / "syria_places.csv"
    return None


def records(folder):
    """Each row with the comment line just above it, if any."""
    for path in sorted(folder.glob("*.tsv")):
        note = ""
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            fields = line.split("\t")
            if line.startswith("#"):
                note = line
            elif len(fields) == len(COLUMNS) and fields != COLUMNS:
                yield dict(zip(COLUMNS, fields)), note, f"{path.name}:{number}"
                note = ""


def main():
    folder = os.environ.get("KHARITA_EVAL_DIR")
    table = find_table(Path(folder)) if folder else None
    if table is None:
        print("KHARITA_EVAL_DIR names no folder with syria_places.csv; nothing compared", file=sys.stderr)
        return 77  # ctest: skipped
    reference = {}
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            reference.setdefault(row["id"], (float(row["lon"]), float(row["lat"])))
    distances, unexplained, compared = [], 0, 0
    for row, note, where in records(Path(__file__).resolve().parents[2] / "gazetteer" / "places"):
        if row["feature"] in SKIPPED or not row["id"].startswith("sy-"):
            continue
        for ref in filter(None, row["refs"].split(";")):
            if ref not in reference:
                if not ref.startswith(("gn:", "Q")):
                    unexplained += 1
                    print(f"{where}: {row['id']}: {ref} is not in the reference")
                continue
            away = km_between((float(row["lon"]), float(row["lat"])), reference[ref])
            distances.append(away)
            compared += 1
            if away > LIMIT_KM:
                explained = ref in note
                unexplained += not explained
                print(f"{where}: {row['id']} is {away:.1f} km from {ref}: {note[2:] if explained else 'unexplained'}")
    if distances:
        print(f"{compared} ids compared; median {statistics.median(distances):.2f} km, "
              f"90 % {sorted(distances)[int(0.9 * len(distances))]:.2f} km, "
              f"{unexplained} unexplained", file=sys.stderr)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
