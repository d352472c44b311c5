#!/usr/bin/env python3
"""bench tiles [--scale S] [--set NAME…] [--runs N]: vector tiles, z0-12, against GDAL and what else is installed.

Sets: thinned and every (points), lines, polygons. --scale 1 means 1,000,000 points thinned, 100,000 points at every zoom,
200 lines of 2,000 vertices, 500 polygons of 1.8 million vertices. Peers: ogr2ogr; tippecanoe, and node with geojson-vt
and vt-pbf (NODE_PATH), where there are any; tilemaker, with the points, lines or polygons as a shapefile. A run that
takes more CPU seconds than --limit is ended and counts as not finished; that program is not run again for that set.
"of input" is peak memory as a multiple of the features' own bytes, which are those of the file; nothing is subtracted.
"""
import argparse
import gzip
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import _tile_data as data
import _tile_updates as updates

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
SETS = ("thinned", "every", "lines", "polygons")


def feature_counts(tile):
    """How many features a tile has: a walk over the protobuf, layers 3 and in them features 2."""
    def varint(at):
        value = shift = 0
        while True:
            byte = tile[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value, at

    def fields(at, end):
        while at < end:
            tag, at = varint(at)
            if tag & 7 == 2:
                size, at = varint(at)
                yield tag >> 3, at, at + size
                at += size
            elif tag & 7 == 0:
                at = varint(at)[1]
            else:
                at += 4 if tag & 7 == 5 else 8

    return sum(1 for number, begin, end in fields(0, len(tile)) if number == 3
               for inner, _, _ in fields(begin, end) if inner == 2)


def describe(archive):
    """Tiles, bytes, largest tile, and features by zoom of an MBTiles file."""
    database = sqlite3.connect(archive)
    tiles = size = largest = 0
    features = {}
    for zoom, content in database.execute("SELECT zoom_level, tile_data FROM tiles"):
        tiles += 1
        size += len(content)
        largest = max(largest, len(content))
        raw = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        features[zoom] = features.get(zoom, 0) + feature_counts(raw)
    database.close()
    return tiles, size, largest, [features.get(zoom, 0) for zoom in range(13)]


# A process counts the memory of the one it was forked from as its own, so a small one stands between; and what that
# does between fork and exec would count as time of the program, a twentieth of what an update takes, so it does nothing.
RUNNER = """
import json, os, resource, sys, time
limit, command = int(sys.argv[1]), sys.argv[2:]
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
start = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(child, 0)
print(json.dumps([status, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


class Run:
    """One command with its cost: CPU and wall seconds, peak memory of the largest process in MiB."""

    def __init__(self, command, limit, env=None):
        done = subprocess.run([sys.executable, "-I", "-S", "-c", RUNNER, str(limit), *map(str, command)], env=env, capture_output=True)
        words = done.stderr
        status, self.wall, self.cpu, self.memory = json.loads(done.stdout)
        self.finished = status == 0
        self.cut_off = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGXCPU)
        if status != 0 and not self.cut_off:
            print(words.decode(errors="replace")[-500:], file=sys.stderr)


def peers(options, kind, source, folder):
    """(name, command, archive, environment) of each program for a set."""
    every = kind == "every"
    ours = [options.program, "-q", "tile", source, "--force", "--layer", kind, *(["--all-points"] if every else [])]
    for jobs in options.jobs:
        archive = folder / f"{kind}.ours{jobs}.mbtiles"
        yield f"kharita --jobs {jobs}", [*ours, "--jobs", str(jobs), "-o", archive], archive
    if shutil.which("tippecanoe"):
        archive = folder / f"{kind}.tippecanoe.mbtiles"
        mode = {"every": ["-r1", "--no-feature-limit", "--no-tile-size-limit"], "thinned": ["--drop-densest-as-needed"]}
        yield "tippecanoe", ["tippecanoe", "-q", "-f", "-Z0", "-z12", "-P", "-l", kind, "-o", archive,
                             *mode.get(kind, []), source], archive
    if shutil.which("ogr2ogr") and kind != "thinned" and not options.no_gdal:
        archive = folder / f"{kind}.gdal.mbtiles"
        yield "ogr2ogr -f MVT", ["ogr2ogr", "-f", "MVT", archive, source, "-nln", kind, "-dsco", "MINZOOM=0", "-dsco",
                                 "MAXZOOM=12", "-dsco", "MAX_FEATURES=1000000", "-dsco", "MAX_SIZE=100000000"], archive
    if shutil.which("tilemaker") and shutil.which("ogr2ogr") and shutil.which("osmium"):
        archive = folder / f"{kind}.tilemaker.mbtiles"
        config, script, empty = tilemaker_input(kind, source, folder)
        yield "tilemaker", ["tilemaker", "--input", empty, "--config", config, "--process", script, "--output",
                            archive], archive
    if options.node_modules and kind != "thinned":
        yield "geojson-vt + vt-pbf", ["node", "--max-old-space-size=12000", pathlib.Path(__file__).parent / "geojson_vt.js",
                                      source, "12", folder / "geojson-vt.bin", kind], None


def tilemaker_input(kind, source, folder):
    """What Debian's tilemaker needs: a shapefile, an OpenStreetMap extract without anything, its two scripts."""
    shapes = folder / f"{source.stem}.shp"
    if not shapes.exists():
        subprocess.run(["ogr2ogr", "-f", "ESRI Shapefile", shapes, source, "-lco", "ENCODING=UTF-8"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    empty = folder / "empty.osm.pbf"
    if not empty.exists():
        plain = folder / "empty.osm"
        plain.write_text('<osm version="0.6"><node id="1" version="1" lon="38" lat="35"/></osm>')
        subprocess.run(["osmium", "cat", plain, "-o", empty], check=True)
    columns = subprocess.run(["ogrinfo", "-so", shapes, shapes.stem], capture_output=True, text=True).stdout
    names = [line.split(":")[0] for line in columns.splitlines() if line.endswith(")") and ": " in line and "(" in line
             and not line.startswith(("Extent", "INFO", "Geometry", "Layer"))]
    config = folder / f"{kind}.tilemaker.json"
    config.write_text(json.dumps({
        "layers": {kind: {"minzoom": 0, "maxzoom": 12, "source": str(shapes), "source_columns": names,
                          "simplify_below": 13, "simplify_level": 0.0001}},
        "settings": {"minzoom": 0, "maxzoom": 12, "basezoom": 12, "include_ids": False, "name": kind, "version": "1",
                     "description": kind, "compress": "gzip", "bounding_box": [35, 32, 43, 38]}}))
    script = folder / "tilemaker.lua"
    script.write_text("node_keys = {}\nfunction init_function() end\nfunction exit_function() end\n"
                      "function node_function(node) end\nfunction way_function(way) end\n")
    return config, script, empty


def make(kind, scale, folder):
    """The file of a set, made once."""
    counts = {"thinned": 1_000_000, "every": 100_000, "lines": 200, "polygons": 500}
    count = max(10, round(counts[kind] * scale))
    count -= count % 10
    write, name = {"thinned": (data.write_events, "events"), "every": (data.write_events, "events"),
                   "lines": (data.write_lines, "lines"), "polygons": (data.write_polygons, "polygons")}[kind]
    file = folder / f"{name}_{count}.geojsonl"
    if not file.exists():
        unfinished = file.with_suffix(".part")
        write(unfinished, count)
        unfinished.rename(file)
    return file, count


def measure(options, kind, folder):
    source, count = make(kind, options.scale, folder)
    size = source.stat().st_size
    print(f"\n## {kind}: {count:,} features, {size / 1e6:.1f} MB\n")
    print("| program | CPU s | ratio | wall s | peak MiB | of input | tiles | MB | largest kB | features at z0 / z6 / z11 / z12 |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    commands = list(peers(options, kind, source, folder))
    runs = {name: [] for name, *_ in commands}
    for _ in range(options.runs):  # in turn, so that a busy machine hurts all alike
        for name, command, archive in commands:
            if archive:
                archive.unlink(missing_ok=True)
            if all(run.finished for run in runs[name]):
                runs[name].append(Run([str(word) for word in command], options.limit,
                                      {**os.environ, "NODE_PATH": options.node_modules or ""}))
    first = None
    for name, _, archive in commands:
        done = sorted((run for run in runs[name] if run.finished), key=lambda run: run.cpu)
        if len(done) < len(runs[name]):
            last = runs[name][-1]
            least = f">{options.limit}" if last.cut_off else "failed"
            print(f"| {name} | {least} | | | {last.memory:.0f} | | | | | |", flush=True)
            continue
        run = done[len(done) // 2]
        first = first or run.cpu
        content = "| | | |"
        if archive:
            tiles, stored, largest, features = describe(archive)
            content = (f"{tiles:,} | {stored / 1e6:.2f} | {largest / 1e3:.0f} | "
                       f"{features[0]:,} / {features[6]:,} / {features[11]:,} / {features[12]:,} |")
        print(f"| {name} | {run.cpu:.2f} | {run.cpu / first:.2f} | {run.wall:.2f} | {run.memory:.0f} | "
              f"{run.memory * 2**20 / size:.2f} | {content}", flush=True)
    if kind in updates.CHANGES and not options.no_update:
        updates.measure(lambda command: Run([str(word) for word in command], options.limit), options.program, kind, source,
                        count, options.runs, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1, help="size of the workloads, 1 in full")
    parser.add_argument("--set", nargs="+", choices=SETS, default=SETS, dest="sets")
    parser.add_argument("--runs", type=int, default=3, help="of each program; the median counts")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="threads of ours, one row each")
    parser.add_argument("--limit", type=int, default=120, help="CPU seconds that a run of any program may take")
    parser.add_argument("--no-gdal", action="store_true")
    parser.add_argument("--no-update", action="store_true", help="do not measure an update of one feature in a hundred")
    parser.add_argument("--node-modules", help="folder with geojson-vt 3 and vt-pbf")
    parser.add_argument("--program", default=str(TOP / "build/release/bin/kharita"))
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "kharita-bench-tiles",
                        help="where data and archives go; data is made once")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, scale {options.scale}, median of {options.runs}")
    for kind in options.sets:
        measure(options, kind, options.folder)


if __name__ == "__main__":
    main()
