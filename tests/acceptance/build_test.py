#!/usr/bin/python3
"""Builds that can be trusted: the same output for the same input, nothing done twice, nothing half done."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import time

import kharita

FILES = {"control.geojson", "dictionary.md", "events.geojson", "events.sqlite", "frontlines.geojson", "kharita.qgs", "layers.json", "layers.mbtiles",
         "layers.pmtiles", "manifest.json", "places.geojson", "rejects.jsonl", "style.json", "zones.geojson"}


def content(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def rows(database):
    """All rows of all tables, as text."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        names = [name for name, in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}


class Build(kharita.Case):
    def setUp(self):
        super().setUp()
        self.folder = self.work / "map"

    def assert_same(self, expected, found):
        """Equal by name; says which differ, since what differs in megabytes nobody can read."""
        self.assertEqual(set(expected), set(found))
        self.assertEqual([], [name for name in sorted(expected) if expected[name] != found[name]])

    def build(self, *arguments, **options):
        return self.run_program("build", kharita.SAMPLE, "-o", self.folder, *arguments, **options)

    def test_writes_what_it_says(self):
        self.assertEqual(FILES, set(content(kharita.BUILT)))
        manifest = json.loads((kharita.BUILT / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(FILES - {"manifest.json"}, {file["file"] for file in manifest["files"]})
        self.assertEqual("kharita", manifest["generator"])
        self.assertEqual(9, manifest["counts"]["documents"])
        self.assertEqual(0, manifest["counts"]["rejected"])
        self.assertEqual(3, len(manifest["inputs"]))
        self.assertRegex(self.run_program("verify", kharita.BUILT).stderr, r"sound: \d+ checks of 13 files, 9 documents")

    def test_second_run_changes_nothing(self):
        self.build()
        before = {file.name: file.stat() for file in self.folder.iterdir()}
        said = self.build()
        self.assertIn("up to date", said.stderr)
        after = {file.name: file.stat() for file in self.folder.iterdir()}
        self.assertEqual({name: (stat.st_ino, stat.st_mtime_ns) for name, stat in before.items()},
                         {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in after.items()})

    def test_same_output_whatever_the_number_of_jobs(self):
        self.build("--jobs", 1)
        one = content(self.folder)
        first = rows(self.folder / "events.sqlite")
        shutil.rmtree(self.folder)
        self.build("--jobs", 4)
        four = content(self.folder)
        self.assert_same(first, rows(self.folder / "events.sqlite"))
        for name in FILES:
            self.assertEqual(one[name], four[name], name)

    def test_a_new_report_makes_a_new_build(self):
        reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, reports)
        self.run_program("build", reports, "-o", self.folder)
        first = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        (reports / "new.txt").write_text("Shells fell on the town of Murak.\n", encoding="utf-8")
        self.run_program("build", reports, "-o", self.folder)
        second = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(first["counts"]["documents"] + 1, second["counts"]["documents"])
        self.assertNotEqual(first["fingerprint"], second["fingerprint"])

    def test_a_rebuild_takes_over_tiles_and_equals_a_fresh_build(self):
        reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, reports)
        self.run_program("build", reports, "-o", self.folder)
        (reports / "new.txt").write_text("Shells fell on the town of Murak.\n", encoding="utf-8")
        said = self.run_program("build", reports, "-o", self.folder).stderr
        kept = re.search(r"(\d+) of (\d+) tiles are as the last build had them", said)
        self.assertIsNotNone(kept, said)
        self.assertLess(int(kept[1]), int(kept[2]))
        self.assertGreater(int(kept[1]), 0)
        self.run_program("build", reports, "-o", self.work / "fresh")
        for name in FILES:
            self.assertEqual((self.work / "fresh" / name).read_bytes(), (self.folder / name).read_bytes(), name)
        (self.folder / "layers.pmtiles").write_bytes(b"PMTiles" + bytes(9))
        said = self.run_program("build", reports, "-o", self.folder).stderr
        self.assertIn("all tiles were made anew: ", said)
        self.assertEqual((self.work / "fresh/layers.pmtiles").read_bytes(), (self.folder / "layers.pmtiles").read_bytes())

    def assert_fresh(self, reports, *arguments, **options):
        """The folder is what a build of these reports elsewhere is, file by file; its index too."""
        fresh = self.work / "fresh"
        self.run_program("build", reports, "-o", fresh, *arguments, **options)
        for name in FILES:
            self.assertEqual((fresh / name).read_bytes(), (self.folder / name).read_bytes(), name)
        shutil.rmtree(fresh)
        (self.work / ".fresh.index").unlink()

    def test_reports_that_come_change_and_go_change_tiles(self):
        reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, reports)
        self.run_program("build", reports, "-o", self.folder)
        new = reports / "new.txt"

        def rebuild(*arguments):
            said = self.run_program("build", reports, "-o", self.folder, *arguments).stderr
            self.assertNotIn("made anew", said)
            kept = re.search(r"(\d+) of (\d+) tiles are as the last build had them", said)
            self.assert_fresh(reports, *arguments)
            return int(kept[2]) - int(kept[1])

        new.write_text("Shells fell on the town of Murak.\n", encoding="utf-8")
        self.assertLess(rebuild(), 100)
        new.write_text("Shells fell on the town of Murak, and five people were killed in Sarmin.\n", encoding="utf-8")
        self.assertLess(rebuild(), 100)
        rebuild("--date", "2019-08-01")  # other control areas and another front
        new.unlink()
        rebuild()
        self.run_program("verify", self.folder)

    def test_what_is_left_of_the_last_build_may_be_lost_damaged_or_of_other_settings(self):
        reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, reports)
        self.run_program("build", reports, "-o", self.folder)
        index = self.work / ".map.index"
        whole = index.read_bytes()
        version = whole.replace(b"KHRTIDX", b"KHRTIDY", 1)
        flipped = bytearray(whole)
        flipped[len(whole) * 2 // 3] ^= 4
        for number, (left, reason) in enumerate(((None, "is missing"), (bytes(flipped), "damaged"), (whole[:5000], "ends early"),
                                                 (b"", "not one of this program"), (version, "not one of this program"))):
            with self.subTest(reason):
                index.unlink()
                if left is not None:
                    index.write_bytes(left)
                (reports / "new.txt").write_text(f"Shells fell on the town of Murak on {number + 1} August 2019.\n", encoding="utf-8")
                said = self.run_program("build", reports, "-o", self.folder).stderr
                self.assertRegex(said, f"all tiles were made anew: .*{reason}")
                self.assert_fresh(reports)
        index.write_bytes(whole)  # of tiles of long ago, as after a build that was killed in its last instant
        (reports / "new.txt").unlink()
        (reports / "other.txt").write_text("Shells fell on the town of Sarmin.\n", encoding="utf-8")
        said = self.run_program("build", reports, "-o", self.folder).stderr
        self.assertIn("is not of these tiles", said)
        self.assert_fresh(reports)
        data = self.work / "data"
        shutil.copytree(kharita.TOP / "gazetteer", data / "gazetteer")
        shutil.copytree(kharita.TOP / "schemas", data / "schemas")
        tileset = data / "schemas/tileset.json"
        tileset.write_text(tileset.read_text(encoding="utf-8").replace("Area that one actor holds on a day", "Area held"), encoding="utf-8")
        other = {"env": {**os.environ, "KHARITA_DATA_DIR": str(data)}}
        said = self.run_program("build", reports, "-o", self.folder, **other).stderr
        self.assertIn("all tiles were made anew: the program or schemas/tileset.json is another", said)
        self.assertIn("Area held", (self.folder / "layers.json").read_text(encoding="utf-8"))
        self.assert_fresh(reports, **other)

    def test_the_day_can_be_asked_for(self):
        self.build("--date", "2019-08-01")
        control = json.loads((self.folder / "control.geojson").read_text(encoding="utf-8"))
        self.assertEqual({"2019-08-01"}, {feature["properties"]["date"] for feature in control["features"]})

    def test_an_area_is_asked_for_by_any_name(self):
        def ask(area, **options):
            return self.run_program("query", kharita.BUILT / "events.sqlite", "weekly", f"area={area}", "--format", "json", **options)
        answer = ask("SY07").stdout
        self.assertTrue(answer)
        for name in ("sy07", "Idlib", "idlib", "إدلب", "ادلب"):
            with self.subTest(name):
                self.assertEqual(answer, ask(name).stdout)
        self.assertEqual("", ask("SY12").stdout)  # there is such a governorate, and nothing happened there
        self.assertIn("expected the P-code or name of a governorate", ask("Atlantis", status=1).stderr)

    def test_damage_is_found_and_repaired(self):
        self.build()
        whole = content(self.folder)
        (self.folder / "zones.geojson").write_text("{}", encoding="utf-8")
        said = self.run_program("verify", self.folder, status=1)
        self.assertIn("zones.geojson", said.stdout + said.stderr)
        self.build()
        self.assert_same(whole, content(self.folder))

    def test_a_damaged_database_may_hold_corrections_and_stays(self):
        self.build()
        database = self.folder / "events.sqlite"
        head = database.read_bytes()[:4096]
        database.write_bytes(head + b"\0" * 400_000)
        damaged = content(self.folder)
        said = self.build(status=1).stderr
        self.assertIn("events.sqlite", said)
        self.assertIn("move it away", said)
        self.assert_same(damaged, content(self.folder))
        database.unlink()
        self.build()
        self.run_program("verify", self.folder)

    def test_a_folder_of_somebody_else_is_left_alone(self):
        self.folder.mkdir()
        (self.folder / "thesis.txt").write_text("mine")
        said = self.build(status=1)
        self.assertIn("--force", said.stderr)
        self.assertEqual({"thesis.txt"}, set(content(self.folder)))
        self.build("--force")
        self.assertEqual(FILES | {"thesis.txt"}, set(content(self.folder)))
        self.assertEqual("mine", (self.folder / "thesis.txt").read_text())

    def test_own_files_of_a_person_are_kept(self):
        self.build()
        (self.folder / "notes").mkdir()
        (self.folder / "notes" / "n.txt").write_text("mine")
        self.build("--date", "2019-08-02")
        self.assertEqual("mine", (self.folder / "notes" / "n.txt").read_text())

    def add_correction(self):
        with contextlib.closing(sqlite3.connect(self.folder / "events.sqlite")) as connection:
            # As QGIS does it: the table's triggers call SpatiaLite's functions.
            connection.enable_load_extension(True)
            connection.load_extension("mod_spatialite")
            connection.execute("INSERT INTO correction (kind, target, place, author, reason, made) VALUES "
                               "('alias', 'جبين', 'X', 'an analyst', 'spelling of the press', '2019-08-05T10:00:00Z')")
            connection.commit()

    def corrections(self):
        with contextlib.closing(sqlite3.connect(self.folder / "events.sqlite")) as connection:
            return connection.execute("SELECT kind, author FROM correction").fetchall()

    def test_corrections_outlive_a_lost_manifest(self):
        for loss in (pathlib.Path.unlink, lambda file: file.write_text("{")):
            self.build("--force")
            if not self.corrections():
                self.add_correction()
            loss(self.folder / "manifest.json")
            self.build(status=1)
            self.build("--force")
            self.assertEqual([("alias", "an analyst")], self.corrections())

    def test_corrections_made_during_a_build_are_not_lost(self):
        self.build()
        process = subprocess.Popen([kharita.PROGRAM, "build", kharita.SAMPLE, "-o", self.folder, "--date", "2019-08-01"],
                                   stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not (self.work / ".map.building").exists():
            time.sleep(0.001)
        self.add_correction()
        said = process.communicate()[1]
        self.assertEqual(1, process.returncode, said)
        self.assertIn("changed while this build ran", said)
        self.assertEqual([("alias", "an analyst")], self.corrections())
        self.build("--date", "2019-08-01")
        self.assertEqual([("alias", "an analyst")], self.corrections())

    def test_corrections_outlive_a_rebuild(self):
        self.build()
        self.add_correction()
        # They are no damage, but a reason to build anew, once; one that applies to nothing is told of and kept.
        self.run_program("verify", self.folder)
        said = self.build().stderr
        self.assertNotIn("up to date", said)
        self.assertIn('the gazetteer has no place "X"', said)
        self.assertIn("up to date", self.build().stderr)
        self.build("--date", "2019-08-02")
        self.assertEqual([("alias", "an analyst")], self.corrections())

    def test_a_row_of_a_file_that_is_no_correction_is_set_aside(self):
        file = self.work / "corrections.csv"
        file.write_text("kind,target,place,author,reason,made\nmove,x,,amal,moved,2019-08-04\nalias,Nowhere,X,amal,so,2019-08-04\n",
                        encoding="utf-8")
        said = self.build("--corrections", file, status=3).stderr
        self.assertIn('corrections.csv:2: "kind" is "move"', said)
        self.assertEqual([("alias", "amal")], self.corrections())
        row, = map(json.loads, (self.folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines())
        self.assertEqual((2, "move,x,,amal,moved,2019-08-04"), (row["line"], row["text"]))
        self.run_program("verify", self.folder)
        self.assertIn("up to date", self.build("--corrections", file, status=3).stderr)
        # Another row is another build.
        file.write_text(file.read_text(encoding="utf-8").replace("move,x", "move,y"), encoding="utf-8")
        self.assertNotIn("up to date", self.build("--corrections", file, status=3).stderr)

    def test_killed_builds_leave_the_last_one_whole(self):
        self.build()
        last = content(self.folder)
        other = self.work / "other"
        self.run_program("build", kharita.SAMPLE, "-o", other, "--date", "2019-08-01")
        new = content(other)
        shutil.rmtree(other)
        (self.work / ".other.index").unlink()
        for attempt in range(8):
            process = subprocess.Popen([kharita.PROGRAM, "build", kharita.SAMPLE, "-o", self.folder, "--date",
                                        "2019-08-01"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.02 * (attempt + 1) ** 1.5)
            process.send_signal(signal.SIGKILL)
            ended = process.wait() == 0
            found = content(self.folder)
            if found == new:  # the folders had changed places already, whether or not the program could tidy up
                break
            self.assertFalse(ended)
            self.assertTrue(found == last, f"neither the last build nor the new one after attempt {attempt}")
        self.build("--date", "2019-08-02")
        self.run_program("verify", self.folder)
        self.assertEqual({"map", ".map.index"}, {each.name for each in self.work.iterdir()})

    def test_one_build_at_a_time(self):
        self.build()
        lock = self.work / ".map.lock"
        holder = subprocess.Popen(["flock", lock, "sh", "-c", "echo held; exec sleep 60"], stdout=subprocess.PIPE)
        try:
            holder.stdout.readline()
            said = self.build("--date", "2019-08-02", status=1)
            self.assertIn("another build of this folder is running", said.stderr)
        finally:
            holder.kill()
            holder.wait()
            holder.stdout.close()

    def test_works_from_any_folder(self):
        self.run_program("build", kharita.SAMPLE / "reports.jsonl", "-o", "map", cwd=self.work)
        self.assertEqual(FILES, set(content(self.folder)))


if __name__ == "__main__":
    kharita.main()
