#!/usr/bin/env python3
"""tools/bench load [EVENTS]: annotated documents into an event database (documents, mentions, groups, events, reports, actors,
spatial indexes, statistics), against ogr2ogr with the same events as one flat table with a spatial index; then, with that
database: events written as GeoJSONSeq against ogr2ogr writing the same layer and the flat table, events of one happening found,
and everything verified.

CPU time is that of user and system together. Files go to KHARITA_BENCH_DIR, else to /tmp/kharita-bench.
"""
import os
import pathlib
import resource
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("KHARITA", TOP / "build/release/bin/kharita"))
FOLDER = pathlib.Path(os.environ.get("KHARITA_BENCH_DIR", "/tmp/kharita-bench"))


def warm(file):
    """Reads a file, so that the next to read it finds it in memory."""
    with open(file, "rb") as stream:
        while stream.read(1 << 24):
            pass


def measured(*command):
    """CPU seconds, wall seconds and megabytes of memory that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    if {"-h", "--help"} & set(sys.argv):
        print(__doc__)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    FOLDER.mkdir(parents=True, exist_ok=True)
    documents, features, table = (FOLDER / f"{count}{end}" for end in (".jsonl", ".geojsonl", ".csv"))
    if not table.exists():
        parts = [path.with_name(path.name + ".part") for path in (documents, features, table)]
        subprocess.run([sys.executable, TOP / "tools/benchmarks/_make_documents.py", str(count), *parts], check=True)
        for part, path in zip(parts, (documents, features, table)):
            part.rename(path)
    runs = {
        "kharita load": (PROGRAM, "-q", "load", FOLDER / "load.db", documents),
        "ogr2ogr, from GeoJSON lines": ("ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", FOLDER / "load.db", f"GeoJSONSeq:{features}"),
        "ogr2ogr, from CSV": ("ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "-a_srs", "EPSG:4326", "-oo", "X_POSSIBLE_NAMES=lon",
                              "-oo", "Y_POSSIBLE_NAMES=lat", FOLDER / "load.db", table),
    }
    print(f"{count:,} events in {count // 4:,} documents ({documents.stat().st_size / 1e6:,.0f} MB of JSON)")
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'file MB':>9}{'ratio':>7}")
    base = None
    for file in (documents, features, table):  # so that nobody's time is that of a disk
        warm(file)
    for name, command in runs.items():
        target = FOLDER / ("load.db" if name == "kharita load" else "flat.db")
        for leftover in FOLDER.glob(target.name + "*"):
            leftover.unlink()
        base = row(name, base, target, *(target if part == FOLDER / "load.db" else part for part in command))
    lines = FOLDER / "lines.geojsonl"
    base = None
    for name, command in {
        "kharita export, GeoJSONSeq": (PROGRAM, "-q", "export", FOLDER / "load.db", "-o", lines),
        "ogr2ogr, of the same layer": ("ogr2ogr", "-f", "GeoJSONSeq", lines, FOLDER / "load.db", "map_event"),
        "ogr2ogr, of the flat table": ("ogr2ogr", "-f", "GeoJSONSeq", lines, FOLDER / "flat.db"),
    }.items():
        base = row(name, base, lines, *command)
        lines.unlink()
    row("kharita unite", None, FOLDER / "load.db", PROGRAM, "-q", "unite", FOLDER / "load.db")
    row("kharita verify", None, FOLDER / "load.db", PROGRAM, "-q", "verify", FOLDER / "load.db")


def row(name, base, file, *command):
    """Runs and prints; the CPU time that those below are compared with."""
    cpu, wall, memory = measured(*command)
    base = base or cpu
    print(f"{name:34}{cpu:8.1f}{wall:8.1f}{memory:7.0f}{file.stat().st_size / 1e6:9.0f}{cpu / base:7.2f}", flush=True)
    return base


main()
