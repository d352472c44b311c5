#!/usr/bin/env python3
"""import [ROWS] [--count N]: how long a GeoNames dump as large as the world's takes to import, and how much memory.

ROWS is a GeoNames dump (default: the places of the gazetteer in that form). Its rows are repeated until there are N
(default: 12 million, as many as GeoNames has), each time with ids of their own and somewhere else on the earth, so that
nothing is the same place twice. Needs 5 GB of disk for 12 million.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
CLASSES = {"A": "ADM PCL", "H": "STM LK RSV CNL BAY", "L": "RGN MILB AREA", "P": "PPL", "R": "RD HWY", "T": "HLL MT VAL PLN"}


def own_rows():
    """The gazetteer's settlements, facilities and natural features as cells of a dump."""
    for table in sorted((TOP / "gazetteer/places").glob("syria_*.tsv")):
        lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for line in lines[1:]:
            cells = line.split("\t")
            names = ",".join([cells[1], *cells[3].split(";")]).strip(",")
            first = next((key for key, codes in CLASSES.items() if any(cells[4].startswith(c) for c in codes.split())), "S")
            yield [cells[2], cells[2], names, float(cells[7]), float(cells[6]), first, cells[4], cells[9] or "0"]


def dump_rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield [cells[1], cells[2], cells[3], float(cells[4]), float(cells[5]), cells[6], cells[7], cells[14]]


def write_world(rows, count, path):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            turn, index = divmod(number, len(rows))
            name, ascii_name, names, lat, lon, first, code, people = rows[index]
            lon = (lon + 180 + turn * 0.7312) % 360 - 180
            lat = (lat + 80 + turn * 0.3127) % 160 - 80
            file.write(f"{number + 1}\t{name}\t{ascii_name}\t{names}\t{lat:.5f}\t{lon:.5f}\t{first}\t{code}\tSY\t\t\t\t"
                       f"\t\t{people}\t\t\tAsia/Damascus\t2024-01-01\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=12_000_000)
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/release")
    options = parser.parse_args()
    rows = list(dump_rows(options.rows) if options.rows else own_rows())
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        write_world(rows, options.count, folder / "world.txt")
        size = (folder / "world.txt").stat().st_size
        command = [options.build / "bin/kharita", "gazetteer", "--gazetteer", folder / "gazetteer",
                   "import", folder / "world.txt", "--name", "world"]
        timed = ["import resource,subprocess,sys", "done=subprocess.run(sys.argv[1:])",
                 "used=resource.getrusage(resource.RUSAGE_CHILDREN)",
                 "print(used.ru_utime+used.ru_stime,used.ru_maxrss/1024)", "sys.exit(done.returncode)"]
        begin = time.monotonic()
        done = subprocess.run([sys.executable, "-c", ";".join(timed), *command], stdout=subprocess.PIPE, text=True)
        if done.returncode not in (0, 3):
            sys.exit(f"the import failed with status {done.returncode}")
        cpu, peak = map(float, re.findall(r"[\d.]+", done.stdout)[-2:])
        print(f"{options.count} rows ({len(rows)} of them different), {size / 1e6:.0f} MB: {cpu:.0f} s of CPU, "
              f"{time.monotonic() - begin:.0f} s, {peak:.0f} MiB at most; {options.count / cpu / 1e3:.0f} thousand rows a second")


if __name__ == "__main__":
    main()
