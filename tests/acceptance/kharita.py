"""What the acceptance tests share: the program under test, and a place to work in.

Each test file is a program of its own, run by ctest with KHARITA naming the binary. Exit status 77 says "skipped".
"""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(os.environ.get("KHARITA", TOP / "build/release/bin/kharita"))
SAMPLE = TOP / "tests" / "data" / "sample"
# Built once by the test "acceptance.sample", on which the others depend.
BUILT = pathlib.Path(os.environ.get("KHARITA_SAMPLE", TOP / "out/sample"))
# Labelled reports that are not part of the project, where they are at hand.
EVALUATION = os.environ.get("KHARITA_EVAL_DIR")
SKIPPED = 77


class Case(unittest.TestCase):
    """A test with an empty folder of its own."""

    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kharita-acceptance-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)

    def run_program(self, *arguments, status=0, stdin=None, **options):
        """Runs kharita, checks its exit status, and gives back what it said as text."""
        # What the person who runs the tests has imported is no part of them.
        environment = {**options.pop("env", os.environ)}
        environment.setdefault("XDG_DATA_HOME", str(self.work / ".data"))
        done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True,
                              cwd=options.pop("cwd", self.work), timeout=options.pop("timeout", 300), env=environment, **options)
        said = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8", "replace"),
                                           done.stderr.decode("utf-8", "replace"))
        self.assertEqual(status, said.returncode,
                         f"exit status of {' '.join(map(str, arguments))}\nstdout: {said.stdout[-2000:]}\n"
                         f"stderr: {said.stderr[-2000:]}")
        return said


def fresh_folder(name):
    """An empty folder beside the sample's, for what the tests of a file share."""
    folder = BUILT.parent / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def ask(database, sql):
    """The rows that a database in a file answers; whatever a killed program left in it is undone first."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def read_lines(text):
    """JSON Lines as values."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main():
    """Runs the tests of a file. Skipped as a whole is told apart from passed."""
    result = unittest.main(verbosity=2, exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    if result.testsRun == len(result.skipped):
        for _, reason in result.skipped:
            print(f"skipped: {reason}")
        sys.exit(SKIPPED)
