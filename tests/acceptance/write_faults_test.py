#!/usr/bin/python3
"""Commands that change or read out a database of which something goes wrong: unite, overlay, review --apply and export, killed at any
instant, on a full disk, beside a second writer. What was there stays, nothing is half done, and the next run does it all. Loads
have tests of their own (load_faults_test.py)."""
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import kharita

COPIES = 60  # of the sample's nine reports, by as many sources
KILLS = int(os.environ.get("KHARITA_KILLS", "4"))

# What a command decides, which is there whole or not at all.
DECIDED = {
    "unite": "SELECT count(same_as), (SELECT count(*) FROM event_report WHERE merged_id IS NOT NULL) FROM event",
    "overlay": "SELECT count(*), (SELECT count(*) FROM frontline), (SELECT count(geom) FROM zone) FROM control",
    "review": "SELECT count(*), count(geom) FROM correction",
}


def ask(database, sql):
    return kharita.ask(database, sql)[0]


class WriteFaults(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.folder = kharita.fresh_folder("write-faults")
        reports = [json.loads(line) for line in (kharita.SAMPLE / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
        with open(cls.folder / "reports.jsonl", "w", encoding="utf-8") as file:
            for copy in range(COPIES):
                for report in reports:
                    file.write(json.dumps({**report, "id": f"{report.get('id')}-{copy}", "url": f"https://example.org/{copy}"}) + "\n")
        documents = cls.folder / "documents.jsonl"
        subprocess.run([kharita.PROGRAM, "-q", "extract", cls.folder / "reports.jsonl", "-o", documents], check=True)
        cls.loaded = cls.folder / "loaded.db"
        subprocess.run([kharita.PROGRAM, "-q", "load", cls.loaded, documents], check=True)
        lines = "".join(f"alias,name {number},sy-idlib,A,seen,2019-08-04\n" for number in range(3000))
        (cls.folder / "corrections.csv").write_text("kind,target,place,author,reason,made\n" + lines, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        super().setUp()
        self.database = self.work / "events.db"

    def command(self, name, database):
        return {"unite": ("unite", database), "overlay": ("overlay", "--date", "2019-08-10", database),
                "review": ("review", database, "--apply", self.folder / "corrections.csv")}[name]

    def finished(self, name):
        """The database as the command leaves it, what it decided, and the seconds that it took."""
        database = self.work / f"{name}.db"
        shutil.copy(self.loaded, database)
        start = time.monotonic()
        self.run_program("-q", *self.command(name, database))
        return ask(database, DECIDED[name]), time.monotonic() - start

    def test_killed_at_any_instant(self):
        instants = random.Random(5)
        for name, decided in DECIDED.items():
            with self.subTest(name):
                before = ask(self.loaded, decided)
                after, seconds = self.finished(name)
                self.assertNotEqual(before, after)
                found = []
                for _ in range(KILLS):
                    shutil.copy(self.loaded, self.database)
                    process = subprocess.Popen([kharita.PROGRAM, "-q", *map(str, self.command(name, self.database))],
                                               stderr=subprocess.DEVNULL)
                    time.sleep(instants.uniform(0, seconds))
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    found.append("after" if ask(self.database, decided) == after else "before")
                    self.assertIn(ask(self.database, decided), (before, after))
                    self.assertEqual(("ok",), ask(self.database, "PRAGMA integrity_check"))
                    self.assertEqual((0,), ask(self.database, "SELECT count(*) FROM pragma_foreign_key_check"))
                    self.run_program("-q", *self.command(name, self.database))
                    self.assertEqual(after, ask(self.database, decided))
                    self.run_program("verify", self.database)
                    for leftover in self.work.glob("events.db*"):
                        leftover.unlink()
                print(f"{name}: killed {KILLS} times; found as it was {found.count('before')} times, done {found.count('after')} times")

    def test_an_export_that_is_killed_or_interrupted_leaves_the_last_one(self):
        instants = random.Random(6)
        for name in ("events.geojson", "events.geojsonl", "acled.csv", "events.gpkg"):
            options = ("--format", "acled") if name == "acled.csv" else ()
            target = self.work / name
            command = ("-q", "export", self.loaded, *options, "-o", target, "--force")
            start = time.monotonic()
            self.run_program(*command)
            seconds = time.monotonic() - start
            whole = target.read_bytes()
            for _ in range(KILLS):
                process = subprocess.Popen([kharita.PROGRAM, *map(str, command)], stderr=subprocess.DEVNULL)
                time.sleep(instants.uniform(0, seconds))
                process.send_signal(signal.SIGKILL)
                process.wait()
                self.assertEqual(len(whole), len(target.read_bytes()), name)
            self.run_program(*command)
            for left in self.work.glob(".*.tmp.*"):
                left.unlink()  # nobody can tidy up after kill -9
            for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                process = subprocess.Popen([kharita.PROGRAM, *map(str, command)], stderr=subprocess.PIPE)
                time.sleep(instants.uniform(0, seconds))
                process.send_signal(kind)
                said = process.communicate()[1]
                self.assertIn((process.returncode, said), ((-kind, b""), (0, b"")), name)
                self.assertEqual([], list(self.work.glob(".*.tmp.*")), name)
                self.assertEqual(len(whole), len(target.read_bytes()), name)

    def test_a_disk_that_fills_up(self):
        disk = self.work / "disk"
        disk.mkdir()
        size = self.loaded.stat().st_size
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + 300_000}", "kharita-test", disk],
                          capture_output=True).returncode != 0:
            self.skipTest("no file system may be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk])
        database = disk / "events.db"
        for name, decided in DECIDED.items():
            with self.subTest(name):
                shutil.copy(self.loaded, database)
                (disk / "filler").write_bytes(b"x" * 250_000)
                said = self.run_program(*self.command(name, database), status=1)
                self.assertRegex(said.stderr, "events.db: the disk is full|No space left")
                self.assertEqual(1, said.stderr.count("\n"), said.stderr)
                (disk / "filler").unlink()
                self.assertEqual(ask(self.loaded, decided), ask(database, decided))
                self.assertEqual(("ok",), ask(database, "PRAGMA integrity_check"))
                for leftover in disk.glob("events.db*"):
                    leftover.unlink()
        target = disk / "events.geojson"
        target.write_text("the last one")
        (disk / "filler").write_bytes(b"x" * (size + 200_000))
        said = self.run_program("export", self.loaded, "-o", target, "--force", status=1)
        self.assertIn("No space left", said.stderr)
        self.assertEqual("the last one", target.read_text())
        self.assertEqual(["events.geojson", "filler"], sorted(each.name for each in disk.iterdir()))

    def test_a_second_writer(self):
        shutil.copy(self.loaded, self.database)
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            for name in DECIDED:
                said = self.run_program(*self.command(name, self.database), status=1)
                self.assertIn("events.db: is locked by another program", said.stderr)
            connection.execute("ROLLBACK")
        self.run_program("verify", self.database)

    def test_a_file_that_may_not_be_written(self):
        somebody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        self.work.chmod(0o755)
        self.folder.chmod(0o755)
        shutil.copy(self.loaded, self.database)
        self.database.chmod(0o444)
        corrections = self.work / "corrections.csv"
        shutil.copy(self.folder / "corrections.csv", corrections)
        self.work.chmod(0o555)
        self.addCleanup(self.work.chmod, 0o755)
        before = self.database.read_bytes()
        for command in (("unite", self.database), ("overlay", self.database), ("review", self.database, "--apply", corrections),
                        ("export", self.database, "-o", self.work / "new.geojson")):
            with self.subTest(command[0]):
                said = self.run_program(*command, status=1, env={**os.environ, "HOME": "/nonexistent"}, **somebody)
                self.assertRegex(said.stderr, "read-only|Permission denied|cannot be written")
        self.assertEqual(before, self.database.read_bytes())
        self.assertEqual(["corrections.csv", "events.db"], sorted(each.name for each in self.work.iterdir()))


if __name__ == "__main__":
    kharita.main()
