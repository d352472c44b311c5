#!/usr/bin/env python3
"""matcher [TEXT] [--names N…] [--size BYTES] [--check]: how fast names are found, beside ripgrep in the same run.

TEXT is a text or JSON Lines file with a field `text` (default: the sample reports); it is repeated to --size. Names
are those of the gazetteer and of --more FILE (CSV with name_en, name_ar, alt_names), then words of these put together
anew, always the same. For each number of names the tables are compiled, the text is scanned with each kind of
instructions, and `rg -j1 -F -f NAMES -o` runs over the same bytes. Times are CPU seconds, which busy neighbours
disturb least; those of rg (up to two million names) are of the whole process, and again without what it takes to read
its patterns. The first B/name is of the compiled file; memory is what the process has more after scanning than before
it opened that file, pages of the file among it.

The program must be built with the option KHARITA_BENCH: cmake --preset release -DKHARITA_BENCH=ON
"""
import argparse
import csv
import json
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
most_patterns = 2_000_000  # rg takes two gigabytes for each million
HEADER = "id\tname_ar\tname_en\taliases\tfeature\tadmin\tlon\tlat\tuncertainty_m\tpopulation\tprominence\trefs\n"


def measured(command, **options):
    """Runs a command: seconds of CPU, seconds, peak MB, standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, **options)
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} failed with status {done.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, done.stdout


def read_text(path, size):
    raw = pathlib.Path(path).read_text(encoding="utf-8")
    if str(path).endswith(".jsonl"):
        raw = "\n".join(json.loads(line)["text"] for line in raw.splitlines() if line) + "\n"
    data = raw.encode()
    return (data * (size // len(data) + 1))[:size].rsplit(b"\n", 1)[0] + b"\n"


def real_names(more):
    names = {}
    for table in sorted((TOP / "gazetteer/places").glob("*.tsv")):
        rows = [line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for row in rows[1:]:
            cells = row.split("\t")
            for name in [cells[1], cells[2], *cells[3].split(";")]:
                names.setdefault(name.strip())
    for path in more:
        with open(path, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for name in [row["name_ar"], row["name_en"], *row["alt_names"].replace("|", ";").split(";")]:
                    names.setdefault(" ".join(name.split()))
    return [name for name in names if sum(letter.isalpha() for letter in name) > 2 and ";" not in name]


def all_names(most, more):
    """Real names first, then words of real names of the same script put together."""
    names = dict.fromkeys(real_names(more))
    random.seed(20240607)
    words = {True: [], False: []}
    for name in names:
        for word in name.split():
            if len(word) > 2:
                words[any("\u0600" <= letter <= "\u06ff" for letter in word)].append(word)
    kinds = [True, True, True, False] if words[False] else [True]
    while len(names) < most:
        pool = words[random.choice(kinds)]
        names.setdefault(" ".join(random.choices(pool, k=random.choice([1, 2, 2, 2, 3, 3]))))
        if random.random() < 0.3:  # one word made of two halves, as a name that nobody has yet
            first, second = random.choice(pool), random.choice(pool)
            names.setdefault(first[: len(first) // 2 + 1] + second[len(second) // 2 :])
    return list(names)[:most]


def write_tables(names, folder):
    folder.mkdir(parents=True)
    with open(folder / "names.tsv", "w", encoding="utf-8") as file:
        file.write(HEADER)
        for i in range(0, len(names), 2):
            arabic, other = names[i], names[i + 1 : i + 2]
            aliases = ";".join(other)
            file.write(f"gn:{7000000 + i}\t{arabic}\t\t{aliases}\tPPL\t\t{36 + i % 40000 / 1e4:.4f}\t"
                       f"{33 + i % 30000 / 1e4:.4f}\t700\t\t\t\n")


def run_one(count, names, text, options, folder):
    tables = folder / str(count) / "places"
    write_tables(names[:count], tables)
    patterns = folder / f"{count}.txt"
    patterns.write_text("\n".join(names[:count]) + "\n", encoding="utf-8")
    compiled = folder / f"{count}.kgaz"
    program, scan = options.build / "bin/kharita", options.build / "bin/scan_text"
    timed = ["/usr/bin/env", "python3", "-c",
             "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True);"
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"]
    cpu, _, peak = measured([*timed, program, "-q", "gazetteer", "--gazetteer", tables, "build", "-o", compiled])
    row = {"names": count, "compile_s": cpu, "compile_mb": float(peak), "bytes_per_name": compiled.stat().st_size / count}
    for level in ("scalar", "avx2", "avx512"):
        result = json.loads(measured([scan, compiled, text, level])[2])
        row[level] = result["bytes"] / result["cpu_s"] / 1e6
    row |= {key: result[key] for key in ("hits", "open_ms", "memory_mb")}
    row["scan_s"] = result["cpu_s"]
    if options.check:
        head = folder / "head.txt"
        head.write_bytes(text.read_bytes()[: options.check])
        row["differences"] = json.loads(measured([scan, compiled, head, "--check"])[2])["differences"]
    if shutil.which("rg") and count <= most_patterns:
        rg = ["rg", "-j1", "-F", "-f", patterns, "-o", "-a", "--no-mmap"]
        rg_text = text if count < 1_000_000 or not options.quick else folder / "quick.txt"
        whole, _, _ = measured([*rg, "--count-matches", rg_text])
        empty = folder / "empty.txt"
        empty.touch()
        build, _, _ = measured([*rg, "--count-matches", empty])
        row["rg"] = rg_text.stat().st_size / whole / 1e6
        row["rg_scan"] = rg_text.stat().st_size / max(whole - build, 1e-9) / 1e6
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", default=TOP / "tests/data/sample/reports.jsonl")
    parser.add_argument("--more", nargs="*", default=[], help="CSV files of more real names")
    parser.add_argument("--names", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--size", type=int, default=200_000_000)
    parser.add_argument("--check", type=int, default=0, metavar="BYTES", help="compare hits in the first BYTES too")
    parser.add_argument("--quick", action="store_true", help="rg reads a tenth of the text at a million names")
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/release")
    options = parser.parse_args()
    if not shutil.which("rg"):
        print("rg is missing, so there is nothing to compare with: tools/install bench", file=sys.stderr)
    names = all_names(max(options.names), options.more)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        text = folder / "text.txt"
        text.write_bytes(read_text(options.text, options.size))
        (folder / "quick.txt").write_bytes(text.read_bytes()[: options.size // 10])
        print(f"{text.stat().st_size / 1e6:.0f} MB; MB/s of CPU time, one thread")
        print(f"{'names':>9} {'compile':>12} {'B/name':>6} {'open ms':>7} {'memory':>7} {'B/name':>6} {'hits':>9} "
              f"{'scalar':>6} {'avx2':>6} {'avx512':>6} {'rg':>6} {'ratio':>6} {'rg scan':>7} {'ratio':>6} differ")
        for count in options.names:
            row = run_one(count, names, text, options, folder)
            rg, rg_scan = row.get("rg", float("nan")), row.get("rg_scan", float("nan"))
            print(f"{count:>9} {row['compile_s']:5.1f} s {row['compile_mb']:4.0f}M {row['bytes_per_name']:6.1f} "
                  f"{row['open_ms']:7.2f} {row['memory_mb']:6.0f}M {1e6 * row['memory_mb'] / count:6.1f} {row['hits']:>9} {row['scalar']:6.0f} {row['avx2']:6.0f} "
                  f"{row['avx512']:6.0f} {rg:6.1f} {row['avx512'] / rg:5.1f}x {rg_scan:7.1f} "
                  f"{row['avx512'] / rg_scan:5.1f}x {row.get('differences', '-')}", flush=True)


if __name__ == "__main__":
    main()
