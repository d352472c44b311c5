#!/usr/bin/env python3
"""golden.py --program KHARITA [--bless] [CASE…]: whole commands, compared with what they said last time.

A case is a folder of tests/golden: `cmd` (shell, run in an empty folder, with `kharita` as the program and $DATA as
tests/data), `stdout`, `stderr` and `status`. --bless writes what the commands say now; look at the difference before
committing it.
"""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
CASES = TOP / "tests" / "golden"


def run(case, program):
    """What a case's command says: its stdout, stderr and status as texts."""
    with tempfile.TemporaryDirectory(prefix="kharita-golden-") as folder:
        bin_folder = pathlib.Path(folder, "bin")
        work = pathlib.Path(folder, "work")
        bin_folder.mkdir()
        work.mkdir()
        (bin_folder / "kharita").symlink_to(program)
        data = TOP / "tests" / "data"
        environment = {"PATH": f"{bin_folder}:/usr/bin:/bin", "DATA": str(data), "LC_ALL": "C.UTF-8", "HOME": folder,
                       "TZ": "UTC"}
        # Leak and race reports of a sanitized program must not be mistaken for what it says.
        environment.update({key: value for key, value in os.environ.items() if key.endswith("SAN_OPTIONS")})
        done = subprocess.run(["bash", "-c", (case / "cmd").read_text(encoding="utf-8")], cwd=work, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
        said = {"stdout": done.stdout, "stderr": done.stderr, "status": f"{done.returncode}\n".encode()}
        return {name: text.decode("utf-8", "replace").replace(str(data), "$DATA") for name, text in said.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    program = options.program.resolve()
    cases = [CASES / name for name in options.cases] or sorted(each.parent for each in CASES.glob("*/cmd"))
    differing = 0
    for case in cases:
        said = run(case, program)
        for name, text in said.items():
            file = case / name
            if options.bless:
                file.write_text(text, encoding="utf-8")
                continue
            expected = file.read_text(encoding="utf-8") if file.exists() else ""
            if text != expected:
                differing += 1
                sys.stdout.writelines(difflib.unified_diff(
                    expected.splitlines(keepends=True), text.splitlines(keepends=True),
                    f"{case.relative_to(TOP)}/{name}", "what it says now"))
    print(f"{len(cases)} cases, {differing} differences")
    return 1 if differing or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
