#!/usr/bin/python3
"""Loads that something goes wrong with: killed at any instant, a full disk, a file that may not be written, a second writer, a
damaged page, hostile words. What was committed stays, nothing is half done, and every message says what is wrong."""
import contextlib
import csv
import io
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
BATCH = "100"  # documents a transaction: a load of thirteen
KILLS = int(os.environ.get("KHARITA_KILLS", "25"))
NOBODY = 65534


def count(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM event)").fetchone()


def half_done(database, all_documents):
    """What no committed batch may leave behind: rows without what they belong to, and pages that are not whole."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        ask = lambda sql: connection.execute(sql).fetchone()[0]
        if not ask("SELECT count(*) FROM sqlite_schema WHERE name = 'event_report'"):
            return []  # killed before there was a schema
        return [answer for answer in (
            ask("PRAGMA integrity_check").replace("ok", ""),
            ask("SELECT count(*) FROM pragma_foreign_key_check"),
            ask("SELECT count(*) FROM event WHERE id NOT IN (SELECT event FROM event_report)"),
            ask("SELECT count(*) FROM document") not in (*range(0, all_documents, int(BATCH)), all_documents)) if answer]


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
        committed, found = 0, []
        for _ in range(KILLS):
            if committed == self.counts[0]:  # all there: from the beginning again
                self.database.unlink()
                committed = 0
            process = subprocess.Popen([kharita.PROGRAM, "-q", "load", "--batch", BATCH, self.database, self.documents],
                                       stderr=subprocess.DEVNULL)
            time.sleep(instants.uniform(0, self.seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if self.database.exists() and self.database.stat().st_size:
                self.assertEqual([], half_done(self.database, self.counts[0]))
                now = count(self.database)[0] if self.has_schema() else 0
                self.assertLessEqual(committed, now, "what was committed is lost")
                committed = now
            found.append(committed)
        print(f"killed {KILLS} times; documents found afterwards: {found}")
        self.run_program("load", self.database, self.documents)
        self.run_program("verify", self.database)
        self.assertEqual(self.counts, count(self.database))

    def has_schema(self):
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            return connection.execute("PRAGMA user_version").fetchone()[0] > 0

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

    def test_a_disk_that_fills_up(self):
        disk = self.work / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "kharita-test", disk], capture_output=True).returncode != 0:
            self.skipTest("no file system may be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk])
        said = self.run_program("load", "--batch", BATCH, disk / "events.db", self.documents, status=1)
        self.assertIn("events.db: the disk is full", said.stderr)
        self.assertEqual([], half_done(disk / "events.db", self.counts[0]))
        kept = count(disk / "events.db")[0]
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        self.assertLessEqual(kept, count(disk / "events.db")[0])
        self.run_program("load", disk / "events.db", self.documents)
        self.run_program("verify", disk / "events.db")
        self.assertEqual(self.counts, count(disk / "events.db"))

    def test_a_file_or_folder_that_may_not_be_written(self):
        # Root may write everywhere, so that these are run as somebody else.
        somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        self.work.chmod(0o755)
        shutil.copy(self.whole, self.database)
        documents = self.work / "documents.jsonl"
        documents.write_bytes(self.documents.read_bytes().replace(b"example.org", b"example.com"))
        self.database.chmod(0o444)
        self.work.chmod(0o555)
        self.addCleanup(self.work.chmod, 0o755)
        environment = {**os.environ, "HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent"}
        before = self.database.read_bytes()
        for target in (self.database, self.work / "new.db"):
            with self.subTest(target.name):
                said = self.run_program("load", target, documents, status=1, env=environment, **somebody)
                self.assertIn(target.name, said.stderr)
                self.assertRegex(said.stderr, "read-only|Permission denied|cannot be written")
        self.assertEqual(before, self.database.read_bytes())
        self.assertEqual(["documents.jsonl", "events.db"], sorted(each.name for each in self.work.iterdir()))
        # Reading needs no more than that.
        self.run_program("verify", self.database, env=environment, **somebody)
        said = self.run_program("export", self.database, "-o", "-", env=environment, **somebody)
        self.assertIn("FeatureCollection", said.stdout)

    def test_a_second_writer(self):
        shutil.copy(self.whole, self.database)
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            said = self.run_program("load", self.database, self.documents, status=1)
            self.assertIn("events.db: is locked by another program", said.stderr)
            connection.execute("ROLLBACK")
        self.run_program("verify", self.database)

    def test_damaged_pages(self):
        size = self.whole.stat().st_size
        for share in (0.2, 0.5, 0.8):
            with self.subTest(share):
                shutil.copy(self.whole, self.database)
                with open(self.database, "r+b") as file:
                    file.seek(int(size * share))
                    file.write(b"\xff" * 20_000)
                said = self.run_program("verify", self.database, status=1)
                self.assertIn("events.db", said.stdout + said.stderr)
                self.assertRegex(said.stdout + said.stderr, "damaged|malformed|corrupt|integrity")
                self.database.unlink()

    def test_hostile_words_are_data_everywhere(self):
        bidi = "".join(map(chr, (0x202E, 0x2066, 0x200F)))
        sql, formula, long = "'); DROP TABLE event; --", "=cmd|' /C calc'!A0", "\u0646" * 5_000_000  # 10 MB
        lines = [json.loads(line) for line in self.documents.read_text(encoding="utf-8").splitlines()[:9]]
        hostile = next(line for line in lines if any(event["mention"] for event in line["events"]))
        at = next(event["mention"] for event in hostile["events"] if event["mention"])
        hostile["source"], hostile["title"], hostile["lang"] = formula, bidi + sql, "ar"
        for mention in hostile["mentions"]:
            if mention["id"] == at and mention["place"]:
                mention["place"].update(id="x-hostile", name=bidi + sql, name_ar=long)
        for event in hostile["events"]:
            event.update(weapon=formula, claimed_by=sql, why=bidi)
        file = self.work / "hostile.jsonl"
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [hostile]), encoding="utf-8")
        self.run_program("load", self.database, file)
        self.run_program("verify", self.database)
        features = json.loads(self.run_program("export", self.database, "-o", "-", "--format", "geojson").stdout)["features"]
        told = [each["properties"] for each in features if each["properties"]["place"] == bidi + sql]
        self.assertNotEqual([], told)
        self.assertEqual({(long, formula, formula)}, {(each["place_ar"], each["weapon"], each["source"]) for each in told})
        csv.field_size_limit(100_000_000)
        self.run_program("export", self.database, "-o", self.work / "events.csv")
        self.run_program("export", self.database, "-o", self.work / "acled.csv", "--format", "acled")
        tables = [(self.work / name).read_text(encoding="utf-8") for name in ("events.csv", "acled.csv")]
        tables.append(self.run_program("query", self.database, "since", "since=1900-01-01", "--format", "csv").stdout)
        for table in tables:
            rows = list(csv.reader(io.StringIO(table)))
            self.assertEqual({len(rows[0])}, set(map(len, rows)))
            cells = {cell for row in rows for cell in row}
            self.assertIn("'" + formula, cells)
            self.assertEqual(set(), {cell for cell in cells if cell[:1] in ("=", "+", "@")})
        self.run_program("export", self.database, "-o", self.work / "events.gpkg")
        self.run_program("review", self.database)
        self.assertEqual(1, count(self.database)[0])

    def test_a_file_that_is_no_database(self):
        self.database.write_text("not a database, but long enough to be looked at as one\n" * 100)
        said = self.run_program("load", self.database, self.documents, status=1)
        self.assertIn("events.db", said.stderr)
        self.assertIn("not a database", self.database.read_text())


if __name__ == "__main__":
    kharita.main()
