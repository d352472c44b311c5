#!/usr/bin/python3
"""`kharita verify` of a database on a server: each damage, made by SQL, is found and named. And the first load of an empty database,
which does without foreign keys and indexes meanwhile: whatever ends it, they are there afterwards, and the rows fit them."""
import json
import signal
import subprocess
import time

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name

PARTS = ("SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
         "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")

# What is done to a sound database (each statement by itself undone again), and what is said of it.
DAMAGES = (
    ("DELETE FROM event_report WHERE event = (SELECT min(event) FROM event_report)", "events have no report"),
    ("UPDATE event SET same_as = (SELECT max(id) FROM event), same_likeness = 1 WHERE id = (SELECT min(id) FROM event)", "or do not say why"),
    ("UPDATE event_report SET merged_id = md5('nobody') WHERE id = (SELECT min(id) FROM event_report)", "reports were taken from events that are not the same"),
    ("INSERT INTO event_version (event, version, document, killed_low, killed, killed_high, reason) SELECT id, 1, document, 999, 999, 999, 'x' "
     "FROM event ORDER BY id LIMIT 1", "events have another toll than its last version"),
    ("UPDATE event SET geom = ST_SetSRID(ST_Point(36.76, 35.76), 4326) WHERE geom IS NOT NULL", "events stand elsewhere than their mention"),
    ("UPDATE place SET geom = ST_SetSRID(ST_Point(20, 50), 4326)", "events lie farther from their place than their stated uncertainty"),
    ("UPDATE event SET uncertainty_m = NULL", "events have a position without a stated uncertainty"),
    ("UPDATE document SET source = '', url = '', input_id = ''", "documents have no source"),
    ("UPDATE event_report SET quote_end = quote_start", "events have no quoted sentence"),
    ("UPDATE document SET text = 'x' || text", "mentions are not what their text says"),
    ("UPDATE document SET source = source || '!'", "documents are not what their doc_id was made of"),
    ("UPDATE event SET target = 'nobody' WHERE id = (SELECT min(id) FROM event)", "1 documents, or what was found in them, are not as they were loaded"),
    ("UPDATE mention SET confidence = confidence / 2 WHERE id = (SELECT max(id) FROM mention)", "1 documents, or what was found in them, are not as"),
    ("DELETE FROM event_actor WHERE event = (SELECT min(event) FROM event_actor)", "1 documents, or what was found in them, are not as"),
    ("ALTER TABLE event DROP CONSTRAINT event_place_fkey", "foreign keys are there; expected"),
    ("ALTER TABLE event DROP CONSTRAINT event_place_fkey; ALTER TABLE event ADD CONSTRAINT event_place_fkey FOREIGN KEY (place) REFERENCES place "
     "NOT VALID", "constraints were never held to the rows that were there; for example event, event_place_fkey"),
    ("ALTER TABLE mention DISABLE TRIGGER ALL", "foreign keys are switched off"),
    ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'event_geom'::regclass", "indexes are not valid; for example event_geom"),
    ("DROP INDEX mention_geom", "spatial index of mention: 1 index is missing"),
    ("UPDATE zone SET geom = ST_GeomFromText('MULTIPOLYGON(((36 35,37 36,37 35,36 36,36 35)))', 4326)", "geometries are not valid; for example row 1: Self-intersection"),
    ("UPDATE event SET geom = ST_SetSRID(ST_Point(190, 35), 4326) WHERE geom IS NOT NULL", "lie outside the world"),
    ("DELETE FROM layer_styles WHERE f_table_name = 'map_event'", "layers have no style that QGIS finds; for example map_event"),
    ("INSERT INTO metadata VALUES ('dropped_indexes', 'SELECT 1')", "a first load goes on, or was interrupted"),
)


class Case(postgis_server.Case):
    def setUp(self):
        super().setUp()
        self.documents = self.work / "documents.jsonl"
        self.run_program("-q", "extract", kharita.SAMPLE, "-o", self.documents)

    def ask(self, sql, database="first"):
        return postgis_server.SERVER.ask(database, sql)


class Damage(Case):
    def test_each_damage_is_found_and_named(self):
        sound = postgis_server.SERVER.make("sound")
        self.run_program("-q", "load", sound, self.documents)
        self.ask("INSERT INTO zone (zone_id, document, start, \"end\", surface, quote, kind, status, name, along, side, declared_by, confidence, why) "
                 "SELECT md5('zone'), min(id), 0, 0, '', '', 'corridor', 'agreed', '', '', '', '', 1, '' FROM document", "sound")
        self.ask("UPDATE document SET rows_hash = NULL; INSERT INTO metadata VALUES ('rows_hash', 'missing')", "sound")
        self.run_program("load", sound, "/dev/null")  # as after a migration: of the rows as they are
        self.run_program("verify", sound)
        damaged = postgis_server.SERVER.url("damaged")
        for sql, said in DAMAGES:
            with self.subTest(said):
                self.ask("DROP DATABASE IF EXISTS damaged WITH (FORCE)", "postgres")
                self.ask("CREATE DATABASE damaged TEMPLATE sound", "postgres")
                self.ask("UPDATE layer_styles SET f_table_catalog = 'damaged'", "damaged")
                self.run_program("verify", damaged)
                self.ask(sql, "damaged")
                self.assertIn(said, self.run_program("verify", damaged, status=1).stdout)


class FirstLoad(Case):
    """Killed, joined, refused."""

    def setUp(self):
        super().setUp()
        lines = []
        for copy in range(60):
            for line in self.documents.read_text(encoding="utf-8").splitlines():
                document = json.loads(line)
                document["doc_id"] = f"{copy:08x}" + document["doc_id"][8:]
                for each in document["events"] + document["zones"]:
                    each["id"] = f"{copy:08x}" + each["id"][8:]
                document["text"] += "\n"  # so that no hash is expected of it
                lines.append(json.dumps(document, ensure_ascii=False) + "\n")
        self.many = self.work / "many.jsonl"
        self.many.write_text("".join(lines), encoding="utf-8")
        self.count = str(len(lines))
        self.url = postgis_server.SERVER.make("first")
        # One that never went without.
        self.run_program("-q", "load", postgis_server.SERVER.make("whole"), self.documents)
        self.whole = [self.ask(part, "whole") for part in PARTS]

    def parts(self):
        return [self.ask(part) for part in PARTS]

    def unfinished(self):
        """A load that has written some batches and waits for more."""
        load = subprocess.Popen([kharita.PROGRAM, "-q", "load", "--batch", "20", self.url, "-"], stdin=subprocess.PIPE)
        load.stdin.write(self.many.read_bytes())
        load.stdin.flush()
        before = None
        for _ in range(200):
            if self.ask("SELECT count(*) FROM pg_tables WHERE tablename = 'document'") == ["1"]:
                self.loaded = self.ask("SELECT count(*) FROM document")
                if self.loaded == before and self.loaded != ["0"]:
                    return load
                before = self.loaded
            time.sleep(0.3)
        self.fail("the load does not come on")

    def end(self, load):
        load.send_signal(signal.SIGKILL)
        load.stdin.close()
        load.wait()
        for _ in range(200):  # until the server has seen it go
            if self.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name <> 'psql' AND datname = 'first'") == ["0"]:
                return
            time.sleep(0.05)

    def test_keys_and_indexes_are_made_at_the_end(self):
        self.run_program("-q", "load", "--batch", "20", self.url, self.many)
        self.assertEqual(self.whole, self.parts())
        self.assertEqual([self.count], self.ask("SELECT count(*) FROM document"))

    def test_killed_and_the_next_writer_makes_them(self):
        load = self.unfinished()
        self.assertNotEqual(self.whole, self.parts())
        # Readers read meanwhile, and are told.
        self.assertIn("a first load goes on", self.run_program("verify", self.url, status=1).stdout)
        self.run_program("query", self.url, "weekly")
        # Whoever writes meanwhile leaves it to the load.
        self.run_program("-q", "unite", self.url)
        self.assertNotEqual(self.whole, self.parts())
        self.end(load)
        self.assertIn("was interrupted", self.run_program("verify", self.url, status=1).stdout)
        self.run_program("-q", "unite", self.url)
        self.assertEqual(self.whole, self.parts())
        self.assertEqual(self.loaded, self.ask("SELECT count(*) FROM document"))
        self.run_program("-q", "load", self.url, self.many)
        self.assertEqual(([self.count], self.whole), (self.ask("SELECT count(*) FROM document"), self.parts()))

    def test_a_second_load_joins_and_makes_them(self):
        load = self.unfinished()
        self.run_program("-q", "load", "--batch", "20", self.url, self.many)
        self.assertEqual(([self.count], self.whole), (self.ask("SELECT count(*) FROM document"), self.parts()))
        load.stdin.close()
        self.assertEqual(0, load.wait())
        self.assertEqual(([self.count], self.whole), (self.ask("SELECT count(*) FROM document"), self.parts()))

    def test_a_row_that_does_not_fit_is_told(self):
        load = self.unfinished()
        self.ask("DELETE FROM place WHERE id = (SELECT min(place) FROM mention)")
        said = subprocess.Popen([kharita.PROGRAM, "-q", "load", "--batch", "20", self.url, self.many], stderr=subprocess.PIPE, text=True)
        self.assertIn("foreign key constraint", said.communicate(timeout=60)[1])
        self.assertEqual(1, said.returncode)
        self.end(load)

    def test_nobody_is_kept_waiting(self):
        """Who looks into the empty tables, and a role that may write but owns nothing: then all stays in force."""
        self.run_program("-q", "load", self.url, "/dev/null")
        reader = subprocess.Popen([postgis_server.PROGRAMS[-1] / "psql", "-X", "-q", "-h", postgis_server.SERVER.folder, "-U", "postgres", "-d",
                                   "first", "-c", "BEGIN; SELECT count(*) FROM event; SELECT pg_sleep(600)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(200):
                if self.ask("SELECT count(*) FROM pg_locks WHERE relation = 'event'::regclass") != ["0"]:
                    break
                time.sleep(0.05)
            load = self.unfinished()
            self.assertEqual(self.whole, self.parts())
            self.end(load)
        finally:
            self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()")
            reader.wait()
        self.ask("DELETE FROM event_report; DELETE FROM event_actor; DELETE FROM event; DELETE FROM event_group; DELETE FROM mention_area; "
                 "DELETE FROM mention; DELETE FROM zone_actor; DELETE FROM zone; DELETE FROM document")
        self.ask("CREATE ROLE hand LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO hand; "
                 "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO hand")
        self.addCleanup(self.ask, "DROP OWNED BY hand; DROP ROLE hand")
        owner, self.url = self.url, postgis_server.SERVER.url("first", user="hand")
        load = self.unfinished()
        self.assertEqual(self.whole, self.parts())
        self.end(load)
        self.run_program("-q", "load", owner, self.many)
        self.assertEqual(self.whole, self.parts())


if __name__ == "__main__":
    kharita.main()
