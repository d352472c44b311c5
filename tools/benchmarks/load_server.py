#!/usr/bin/env python3
"""tools/bench load_server [EVENTS]: annotated documents into a database on a PostgreSQL server with PostGIS (documents, mentions,
groups, events, reports, actors, all constraints and indexes), against ogr2ogr with the same events as one flat table with a
spatial index; then events of one happening found, events written as GeoJSONSeq, and everything verified.

The server is one of the benchmark's own with Debian's settings. CPU time is that of user and system together, of the client
and, in the second column, of all the server's processes. Files go to KHARITA_BENCH_DIR, else to /tmp/kharita-bench.
"""
import os
import pathlib
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/acceptance"))
import postgis_server  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("KHARITA", TOP / "build/release/bin/kharita"))
FOLDER = pathlib.Path(os.environ.get("KHARITA_BENCH_DIR", "/tmp/kharita-bench"))
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(postmaster):
    """Of a server so far: itself, its processes, and those that ended."""
    total = 0
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if process.name == postmaster:
            total += sum(map(int, fields[11:15]))  # with its children that ended
        elif fields[1] == postmaster:
            total += sum(map(int, fields[11:13]))
    return total / TICKS


class Bench:
    def __init__(self, server):
        self.server = server
        self.postmaster = (server.folder / "data/postmaster.pid").read_text().split()[0]

    def measured(self, *command):
        """CPU seconds of client and server, wall seconds and the client's megabytes that a command takes."""
        before = processor_seconds(self.postmaster)
        start = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   env={**os.environ, "PG_USE_COPY": "YES"})
        _, said = process.stdout, process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            sys.exit(f"failed: {' '.join(map(str, command))}\n{said.decode(errors='replace')[-2000:]}")
        time.sleep(0.3)  # until the server has seen its process end
        return usage.ru_utime + usage.ru_stime, processor_seconds(self.postmaster) - before, wall, usage.ru_maxrss / 1024

    def row(self, name, base, database, *command):
        """Runs and prints; the CPU time that those below are compared with."""
        client, server, wall, memory = self.measured(*command)
        base = base or client + server
        size = int(self.server.ask(database, f"SELECT pg_database_size('{database}')")[0])
        print(f"{name:34}{client:8.1f}{server:8.1f}{wall:8.1f}{memory:7.0f}{size / 1e6:9.0f}{(client + server) / base:7.2f}", flush=True)
        return base


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    FOLDER.mkdir(parents=True, exist_ok=True)
    documents, features, table = (FOLDER / f"{count}{end}" for end in (".jsonl", ".geojsonl", ".csv"))
    if not table.exists():
        parts = [path.with_name(path.name + ".part") for path in (documents, features, table)]
        subprocess.run([sys.executable, TOP / "tools/benchmarks/_make_documents.py", str(count), *parts], check=True)
        for part, path in zip(parts, (documents, features, table)):
            part.rename(path)
    if postgis_server.missing():
        sys.exit(postgis_server.missing())
    server = postgis_server.Server()
    try:
        run(Bench(server), count, documents, features)
    finally:
        server.stop()


def run(bench, count, documents, features):
    server = bench.server
    print(f"{count:,} events in {count // 4:,} documents ({documents.stat().st_size / 1e6:,.0f} MB of JSON)")
    print(f"{'':34}{'client s':>8}{'server s':>8}{'wall s':>8}{'MB':>7}{'disk MB':>9}{'ratio':>7}")
    url = server.make("events")
    flat = server.make("flat")
    server.ask("flat", "CREATE EXTENSION postgis")
    base = bench.row("kharita load", None, "events", PROGRAM, "-q", "load", url, documents)
    bench.row("ogr2ogr, from GeoJSON lines", base, "flat", "ogr2ogr", "-f", "PostgreSQL",
              f"PG:host={server.folder} user=postgres dbname=flat", f"GeoJSONSeq:{features}", "-nln", "flat")
    if "--load" in sys.argv:
        return
    bench.row("kharita load, the same again", base, "events", PROGRAM, "-q", "load", url, documents)
    lines = FOLDER / "lines.geojsonl"
    base = bench.row("kharita export, GeoJSONSeq", None, "events", PROGRAM, "-q", "export", url, "-o", lines, "--force")
    lines.unlink()
    bench.row("ogr2ogr, of the same layer", base, "events", "ogr2ogr", "-f", "GeoJSONSeq", lines,
              f"PG:host={server.folder} user=postgres dbname=events", "map_event")
    lines.unlink()
    bench.row("kharita unite", None, "events", PROGRAM, "-q", "unite", url)
    bench.row("kharita verify", None, "events", PROGRAM, "-q", "verify", url)


main()
