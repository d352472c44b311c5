#!/usr/bin/python3
"""Loads that something goes wrong with: killed at any instant, a full disk, a file that may not be written, a second writer, a
damaged page. What was committed stays, nothing is half done, and every message says what is wrong."""
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

import kharita

COPIES = 150  # of the sample's nine reports
KILLS = int(os.environ.get("KHARITA_KILLS", "25"))


def count(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM event)").fetchone()


class LoadFaults(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.folder = kharita.BUILT.parent / "faults"
        cls.folder.mkdir(exist_ok=True)
        cls.documents = cls.folder / "documents.jsonl"
        reports = [json.loads(line) for line in (kharita.SAMPLE / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
        with open(cls.folder / "reports.jsonl", "w", encoding="utf-8") as file:
            for copy in range(COPIES):
                for report in reports:
                    file.write(json.dumps({**report, "id": f"{report.get('id')}-{copy}", "url": f"https://example.org/{copy}"}) + "\n")
        subprocess.run([kharita.PROGRAM, "-q", "extract", cls.folder / "reports.jsonl", "-o", cls.documents, "--force"], check=True)
        cls.whole = cls.folder / "whole.db"
        cls.whole.unlink(missing_ok=True)
        start = time.monotonic()
        subprocess.run([kharita.PROGRAM, "-q", "load", cls.whole, cls.documents], check=True)
        cls.seconds = time.monotonic() - start
        cls.counts = count(cls.whole)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        super().setUp()
        self.database = self.work / "events.db"

    def test_killed_at_any_instant(self):
        instants = random.Random(7)
        for _ in range(KILLS):
            process = subprocess.Popen([kharita.PROGRAM, "-q", "load", self.database, self.documents], stderr=subprocess.DEVNULL)
            time.sleep(instants.uniform(0, self.seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.run_program("load", self.database, self.documents)
        self.run_program("verify", self.database)
        self.assertEqual(self.counts, count(self.database))

    def test_a_second_load_keeps_what_the_first_committed_when_it_is_killed(self):
        shutil.copy(self.whole, self.database)
        more = self.work / "more.jsonl"
        lines = self.documents.read_text(encoding="utf-8").splitlines()
        more.write_text("\n".join(line.replace("example.org", "example.com") for line in lines[:200]) + "\n", encoding="utf-8")
        for instant in (0.05, 0.2, 0.5):
            process = subprocess.Popen([kharita.PROGRAM, "-q", "load", self.database, more], stderr=subprocess.DEVNULL)
            time.sleep(instant * self.seconds)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.assertLessEqual(self.counts[0], count(self.database)[0])
            with contextlib.closing(sqlite3.connect(self.database)) as connection:
                self.assertEqual("ok", connection.execute("PRAGMA integrity_check").fetchone()[0])

    def test_a_full_disk(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        done = subprocess.run([kharita.PROGRAM, "load", self.database, self.documents], capture_output=True, text=True,
                              preexec_fn=limit)
        self.assertEqual(1, done.returncode, done.stderr)
        self.assertIn("events.db", done.stderr)
        self.run_program("load", self.database, self.documents)
        self.run_program("verify", self.database)
        self.assertEqual(self.counts, count(self.database))

    def test_a_second_writer(self):
        shutil.copy(self.whole, self.database)
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            said = self.run_program("load", self.database, self.documents, status=1)
            self.assertIn("locked", said.stderr)
            connection.execute("ROLLBACK")
        self.run_program("verify", self.database)

    def test_a_damaged_page(self):
        shutil.copy(self.whole, self.database)
        size = self.database.stat().st_size
        with open(self.database, "r+b") as file:
            file.seek(size // 2)
            file.write(b"\xff" * 20_000)
        said = self.run_program("verify", self.database, status=1)
        self.assertNotEqual("", said.stdout + said.stderr)

    def test_a_file_that_is_no_database(self):
        self.database.write_text("not a database, but long enough to be looked at as one\n" * 100)
        said = self.run_program("load", self.database, self.documents, status=1)
        self.assertIn("events.db", said.stderr)
        self.assertIn("not a database", self.database.read_text())


if __name__ == "__main__":
    kharita.main()
