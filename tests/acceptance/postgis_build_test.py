#!/usr/bin/python3
"""kharita build into a database on a PostgreSQL server, as a newsroom's timer does it: the same as a build into a folder, nothing
half-done to be seen, people's work kept."""
import json
import os
import random
import shutil
import signal
import subprocess
import time

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name

LAYERS = ("events", "planned", "threatened", "failed", "denied", "historical", "places", "mentions", "zones", "frontlines", "control")
DAY = ("--date", "2019-08-01")


class Case(postgis_server.Case):
    def setUp(self):
        super().setUp()
        self.reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, self.reports)
        self.database = self._testMethodName.removeprefix("test_")[:60]
        self.url = postgis_server.SERVER.make(self.database)

    def build(self, *arguments, to=None, **options):
        return self.run_program("build", self.reports, "-o", to or self.url, *arguments, **options)

    def ask(self, sql):
        return postgis_server.SERVER.ask(self.database, sql)

    def content(self, database):
        """All features, whatever their order, by layer."""
        said = {}
        for layer in LAYERS:
            lines = self.run_program("-q", "export", database, "--layer", layer, "--format", "geojsonseq", "-o", "-").stdout.splitlines()
            said[layer] = sorted(lines)
        return said

    def change_reports(self):
        """One report more, one less, and one that tells something else."""
        file = self.reports / "reports.jsonl"
        reports = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        gone = reports.pop(0)
        reports[0]["text"] = "Two shells fell on the town of Salqin; nobody was hurt."
        reports.append({**gone, "id": "more", "url": "https://example.org/more", "text": "A shell fell on the village of Latmin."})
        file.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")


class Build(Case):
    def test_a_server_holds_what_a_folder_does(self):
        said = self.build().stderr
        self.assertIn("9 documents", said)
        self.build(to=self.work / "folder")
        self.assertEqual(self.content(self.work / "folder" / "events.sqlite"), self.content(self.url))
        self.run_program("verify", self.url)
        self.assertEqual(["1"], self.ask("SELECT count(*) FROM build"))

    def test_the_same_again_is_up_to_date(self):
        self.build()
        before = self.ask("SELECT xmin, * FROM event ORDER BY id")
        self.assertIn("up to date", self.build().stderr)
        self.assertEqual(before, self.ask("SELECT xmin, * FROM event ORDER BY id"))
        # What somebody loads beside it is no part of it.
        self.run_program("-q", "extract", self.reports / "reports.jsonl", "-o", "all.jsonl")
        document = json.loads((self.work / "all.jsonl").read_text(encoding="utf-8").splitlines()[0])
        document.update(doc_id="0" * 32, text=document["text"] + " ", events=[], zones=[])
        (self.work / "more.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
        self.run_program("load", self.url, "more.jsonl")
        self.assertEqual(["10"], self.ask("SELECT count(*) FROM document"))
        self.assertIn("1 documents that the reports given do not hold any more are gone", self.build().stderr)
        self.assertEqual(["9"], self.ask("SELECT count(*) FROM document"))
        self.assertIn("up to date", self.build().stderr)

    def test_a_rebuild_is_as_a_fresh_build(self):
        self.build()
        before = dict(row.split("\t") for row in self.ask("SELECT doc_id, id || '/' || xmin FROM document"))
        self.change_reports()
        self.build()
        after = dict(row.split("\t") for row in self.ask("SELECT doc_id, id || '/' || xmin FROM document"))
        same = [doc_id for doc_id in before if doc_id in after]
        self.assertEqual((9, 7), (len(after), len(same)))
        for doc_id in same:
            self.assertEqual(before[doc_id], after[doc_id], "a document that did not change was written again")
        fresh = postgis_server.SERVER.make("fresh")
        self.build(to=fresh)
        self.assertEqual(self.content(fresh), self.content(self.url))
        rows = ("SELECT place_id, name FROM place ORDER BY 1", "SELECT actor_id, name, name_ar, kind FROM actor ORDER BY 1",
                "SELECT key, value FROM metadata WHERE key <> 'built_state' ORDER BY 1", "SELECT line, reason FROM rejected ORDER BY 1, 2")
        for sql in rows:
            self.assertEqual(postgis_server.SERVER.ask("fresh", sql), self.ask(sql), sql)
        self.run_program("verify", self.url)

    def test_what_was_set_aside_is_in_a_table(self):
        (self.reports / "broken.jsonl").write_text("{\n", encoding="utf-8")
        said = self.build(status=3).stderr
        self.assertIn("1 set aside, see table rejected", said)
        self.assertEqual(["1"], self.ask("SELECT count(*) FROM rejected"))
        self.assertIn("up to date", self.build(status=3).stderr)
        (self.reports / "broken.jsonl").unlink()
        self.build()
        self.assertEqual(["0"], self.ask("SELECT count(*) FROM rejected"))

    def test_a_database_of_loads_is_left_alone(self):
        self.run_program("-q", "extract", self.reports, "-o", "documents.jsonl")
        self.run_program("-q", "load", self.url, "documents.jsonl")
        self.change_reports()
        before = self.content(self.url)
        self.assertIn("--force", self.build(status=1).stderr)
        self.assertEqual(before, self.content(self.url))
        self.build("--force")
        self.assertNotEqual(before, self.content(self.url))
        self.build(*DAY)  # which is now one of ours

    def test_wrong_usage(self):
        self.assertIn("--url is of a folder", self.build("--url", "https://example.org", status=2).stderr)
        self.assertEqual([], self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))

    def test_a_schema_of_ones_own(self):
        self.ask("CREATE EXTENSION postgis; CREATE SCHEMA team")
        mine = self.url + "&options=-csearch_path%3Dteam"
        self.build(to=mine)
        self.assertIn("up to date", self.build(to=mine).stderr)
        self.assertEqual(["9"], self.ask("SELECT count(*) FROM team.document"))
        self.assertEqual(["0"], self.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'document'"))


class PeoplesWork(Case):
    def test_corrections_and_drawn_areas_outlive_rebuilds(self):
        self.build()
        (target, place), = (row.split("\t") for row in self.ask(
            "SELECT m.target, p.place_id FROM map_mention AS m, place AS p WHERE m.place_id IS NOT NULL AND p.place_id <> m.place_id "
            "ORDER BY m.target, p.place_id LIMIT 1"))
        self.ask(f"INSERT INTO correction (kind, target, place, author, reason) VALUES ('force_place', '{target}', '{place}', 'A', 'seen'), "
                 "('alias', 'Nowhere at all', 'X', 'A', 'a trial');"
                 "INSERT INTO control (actor, date, until, geom) SELECT id, '2019-07-01', '2019-12-31', "
                 "ST_Multi(ST_MakeEnvelope(36.5, 35.3, 36.6, 35.4, 4326)) FROM actor WHERE actor_id = 'opp'")
        for _ in range(2):
            said = self.build().stderr
            self.assertEqual(["force_place\tapplied", 'alias\tthe gazetteer has no place "X"'],
                             [row for row in self.ask("SELECT kind, outcome FROM correction ORDER BY id")])
            self.assertEqual([f"{place}\t1"], self.ask(f"SELECT place_id, confidence FROM map_mention WHERE target = '{target}'"))
            self.assertEqual(["1"], self.ask("SELECT count(*) FROM control WHERE source = 'digitised'"))
        self.assertIn("up to date", said)
        self.build(*DAY)
        self.assertEqual(["2\t1"], self.ask("SELECT (SELECT count(*) FROM correction), (SELECT count(*) FROM control WHERE source = 'digitised')"))
        # Without it, what the report says counts again.
        self.ask("DELETE FROM correction")
        self.build(*DAY)
        self.assertEqual(["0"], self.ask(f"SELECT count(*) FROM map_mention WHERE target = '{target}' AND place_id = '{place}'"))
        self.run_program("verify", self.url)

    def test_corrections_of_a_file_are_taken_over_once(self):
        (self.work / "c.csv").write_text("kind,target,place,lon,lat,author,reason,made\nforce_place,Nowhere,,36.51234567,35.2,B,file,2019-08-04\n",
                                         encoding="utf-8")
        for _ in range(2):
            self.build("--corrections", "c.csv")
            self.assertEqual(["1"], self.ask("SELECT count(*) FROM correction WHERE outcome <> ''"))

    def test_a_row_that_is_no_correction_is_set_aside(self):
        (self.work / "c.csv").write_text("kind,target,place,author,reason,made\nmove,x,,B,file,2019-08-04\nalias,Nowhere,X,B,file,2019-08-04\n",
                                         encoding="utf-8")
        for _ in range(2):
            self.assertIn("1 set aside, see table rejected", self.build("--corrections", "c.csv", status=3).stderr)
            self.assertEqual(["c.csv\t2\tmove,x,,B,file,2019-08-04"], self.ask("SELECT file, line, text FROM rejected"))
            self.assertEqual(["alias"], self.ask("SELECT kind FROM correction"))

    def test_a_correction_made_during_a_build_is_kept(self):
        self.build()
        session = subprocess.Popen([postgis_server.PROGRAMS[-1] / "psql", "-X", "-q", "-h", postgis_server.SERVER.folder, "-U", "postgres", "-d", self.database],
                                   stdin=subprocess.PIPE, text=True)
        # The build stops where it wants to write the front line; its corrections are read by then.
        session.stdin.write("BEGIN; LOCK TABLE frontline IN SHARE MODE; INSERT INTO correction (kind, target, place, author, reason) "
                            "VALUES ('alias', 'Late', 'X', 'A', 'late');\n")
        session.stdin.flush()
        self.until("SELECT 1 FROM pg_locks JOIN pg_class AS c ON c.oid = relation WHERE relname = 'frontline' AND mode = 'ShareLock'")
        build = subprocess.Popen([kharita.PROGRAM, "build", self.reports, "-o", self.url, *DAY], stderr=subprocess.PIPE, text=True)
        self.until("SELECT 1 FROM pg_locks JOIN pg_class AS c ON c.oid = relation WHERE relname = 'frontline' AND NOT granted")
        session.communicate("COMMIT;\n", timeout=60)
        said = build.communicate(timeout=120)[1]
        self.assertEqual(0, build.returncode, said)
        self.assertEqual(["Late\t"], self.ask("SELECT target, outcome FROM correction"))
        self.assertNotIn("up to date", self.build(*DAY).stderr)
        self.assertEqual(['Late\tthe gazetteer has no place "X"'], self.ask("SELECT target, outcome FROM correction"))

    def until(self, sql):
        for _ in range(600):
            if self.ask(sql):
                return
            time.sleep(0.1)
        self.fail(f"never came: {sql}")

    def test_rights_and_views_of_others_stay(self):
        self.build()
        self.ask("CREATE VIEW struck AS SELECT event_id, killed FROM map_event; DROP ROLE IF EXISTS visitor; CREATE ROLE visitor LOGIN; "
                 "GRANT SELECT ON map_event TO visitor")
        self.change_reports()
        self.build()
        self.assertEqual(self.ask("SELECT count(*) FROM map_event"), self.ask("SET ROLE visitor; SELECT count(*) FROM map_event"))
        self.assertEqual(self.ask("SELECT count(*) FROM map_event"), self.ask("SELECT count(*) FROM struck"))
        self.ask("DROP OWNED BY visitor; DROP ROLE visitor")


class NothingHalfDone(Case):
    WHOLE = ("SELECT (SELECT count(*) FROM document), (SELECT md5(string_agg(event_id || same_why || coalesce(killed, -1), ',' ORDER BY event_id)) "
             "FROM event), (SELECT md5(string_agg(date || ST_AsText(geom), ',' ORDER BY id)) FROM frontline), "
             "(SELECT string_agg(value, ' ' ORDER BY key) FROM metadata)")

    def start(self, *arguments):
        return subprocess.Popen([kharita.PROGRAM, "build", self.reports, "-o", self.url, *arguments], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def test_readers_see_the_old_build_or_the_new_one(self):
        self.build()
        old = self.ask(self.WHOLE)
        self.change_reports()
        process = self.start()
        seen = []
        while process.poll() is None:
            seen += self.ask(self.WHOLE)
        self.assertEqual(0, process.returncode)
        new = self.ask(self.WHOLE)
        self.assertNotEqual(old, new)
        self.assertLess(2, len(seen))
        self.assertEqual(set(), set(seen) - set(old) - set(new))

    def test_killed_builds_leave_the_last_one_whole(self):
        self.build()
        old = self.ask(self.WHOLE)
        self.change_reports()
        instants = random.Random(5)
        for _ in range(int(os.environ.get("KHARITA_KILLS", "8"))):
            process = self.start()
            time.sleep(instants.uniform(0.05, 1.2))
            process.send_signal(signal.SIGKILL)
            if process.wait() == 0:
                break
            self.assertEqual(old, self.ask(self.WHOLE))
        self.build(*DAY)
        fresh = postgis_server.SERVER.make("unkilled")
        self.build(*DAY, to=fresh)
        self.assertEqual(self.content(fresh), self.content(self.url))
        self.run_program("verify", self.url)

    def test_a_build_that_fails_changes_nothing(self):
        self.build()
        old = self.ask(self.WHOLE)
        nothing = self.work / "nothing"
        nothing.mkdir()
        said = self.run_program("build", nothing, "-o", self.url, status=1).stderr
        self.assertIn("no report", said)
        self.assertEqual(old, self.ask(self.WHOLE))

    def test_a_first_build_that_fails_leaves_an_empty_database(self):
        nothing = self.work / "nothing"
        nothing.mkdir()
        self.run_program("build", nothing, "-o", self.url, status=1)
        self.assertEqual(["0\t0"], self.ask("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM place)"))
        # Which knows the actors' names, for whoever loads into it.
        self.assertEqual(["1"], self.ask("SELECT count(*) FROM actor WHERE actor_id = 'sdf' AND name_ar <> ''"))
        self.build()
        self.run_program("verify", self.url)

    def test_two_builds_at_once(self):
        other = self.work / "other"
        shutil.copytree(self.reports, other)
        self.change_reports()
        first, second = self.start(), subprocess.Popen([kharita.PROGRAM, "-q", "build", other, "-o", self.url])
        self.assertEqual([0, 0], [first.wait(), second.wait()])
        self.run_program("verify", self.url)
        self.build()
        fresh = postgis_server.SERVER.make("alone")
        self.build(to=fresh)
        self.assertEqual(self.content(fresh), self.content(self.url))


if __name__ == "__main__":
    kharita.main()
