#!/usr/bin/python3
"""The event database on a PostgreSQL server with PostGIS: one suite for a file and a server, whose answers are the same byte for
byte; several loaders at once; what a server alone can get wrong. The server is the test's own (postgis_server.py)."""
import datetime
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name

LAYERS = ("events", "planned", "threatened", "failed", "denied", "historical", "places", "mentions", "zones", "frontlines", "control")
QUESTIONS = (("near", "place=sy-idlib", "km=50"), ("near", "place=sy-idlib", "km=50", "since=2019-08-02", "limit=2"), ("weekly",),
             ("weekly", "area=Idlib", "until=2019-08-31"), ("hospitals",), ("since", "since=2019-08-01"),
             ("actor", "actor=sdf"), ("actor", "actor=syrian"), ("review",), ("review", "limit=3"))


class Case(postgis_server.Case):
    """With a server, and annotated documents of the sample in `documents`."""

    def setUp(self):
        super().setUp()
        self.documents = self.work / "documents.jsonl"
        self.run_program("-q", "extract", kharita.SAMPLE, "-o", self.documents)

    def many(self, copies):
        """Annotated documents of reports that differ in their address alone."""
        reports = [json.loads(line) for line in (kharita.SAMPLE / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
        file = self.work / "reports.jsonl"
        with open(file, "w", encoding="utf-8") as lines:
            for copy in range(copies):
                for report in reports:
                    lines.write(json.dumps({**report, "id": f"{report.get('id')}-{copy}", "url": f"https://example.org/{copy}"}) + "\n")
        documents = self.work / "many.jsonl"
        self.run_program("-q", "extract", file, "-o", documents)
        return documents.read_text(encoding="utf-8").splitlines(keepends=True)


class Suite:
    """What holds for every kind of database. `self.database` is a new one's location."""

    def answers(self):
        """Everything that can be asked of the database, by question."""
        said = {}
        for layer in LAYERS:
            for form in ("geojson", "geojsonseq"):
                said[f"export {layer} {form}"] = self.run_program(
                    "-q", "export", self.database, "--layer", layer, "--format", form, "-o", "-").stdout
        for form in ("acled", "ucdp", "plover"):
            said[f"export {form}"] = self.run_program("-q", "export", self.database, "--format", form, "-o", "-").stdout
        for question in QUESTIONS:
            forms = ("json", "csv", "table") if question[0] in ("weekly", "review") else ("json", "csv", "table", "geojson")
            for form in forms:
                said[f"{' '.join(question)} {form}"] = self.run_program("query", self.database, *question, "--format", form).stdout
        said["review"] = self.run_program("review", self.database, "--format", "csv").stdout
        said["unite --list"] = self.run_program("unite", "--list", self.database).stdout
        self.run_program("-q", "review", self.database, "-o", "corrections.csv", "--force")
        said["corrections"] = (self.work / "corrections.csv").read_text(encoding="utf-8")
        self.run_program("-q", "tile", self.database, "-o", "tiles.pmtiles", "--force")
        said["tile"] = (self.work / "tiles.pmtiles").read_bytes()
        return said

    def fill(self):
        self.run_program("load", self.database, self.documents)
        self.run_program("unite", self.database)
        self.run_program("overlay", self.database)

    def test_a_second_load_changes_nothing(self):
        self.assertIn("9 documents added", self.run_program("load", self.database, self.documents).stderr)
        before = self.answers()
        self.assertIn("0 documents added, 0 replaced, 9 already there", self.run_program("load", self.database, self.documents).stderr)
        self.assertEqual(before, self.answers())

    def test_overlays_and_unions_made_twice_are_the_same(self):
        self.fill()
        before = self.answers()
        self.assertIn('"name":"frontlines"', before["export frontlines geojson"])
        self.assertIn('"type":"MultiPolygon"', before["export control geojson"])
        self.run_program("unite", self.database)
        self.run_program("overlay", self.database)
        self.assertEqual(before, self.answers())
        self.run_program("verify", self.database)
        self.run_program("unite", "--undo", self.database)
        self.assertEqual("event\tsame_as\tlikeness\twhy\n", self.run_program("unite", "--list", self.database).stdout)
        self.run_program("verify", self.database)

    def test_batches_are_united_as_everything_at_once(self):
        """Documents that come in any order, some of them twice with other findings, a few at a time."""
        chance = random.Random(7)
        documents = []
        for line in self.many(24):
            document = json.loads(line)
            later = datetime.timedelta(days=chance.randrange(12) * 60 + chance.randrange(3))
            document["published"] = None if chance.random() < 0.1 else str(datetime.date(2019, 8, 3) + later)
            for event in document["events"]:
                if event["event_date"]:
                    event["event_date"] = event["date_end"] = str(datetime.date.fromisoformat(event["event_date"]) + later)
                if event["killed"] and chance.random() < 0.5:
                    event["killed"] = {"low": 1, "best": 1 + chance.randrange(9), "high": 10}
            documents.append(document)
        first = [{**document, "events": document["events"][:1]} for document in documents if chance.random() < 0.2]
        chance.shuffle(documents)
        documents = first + documents
        while documents:
            size = 1 + chance.randrange(60)
            self.documents.write_text("".join(json.dumps(document) + "\n" for document in documents[:size]), encoding="utf-8")
            del documents[:size]
            self.run_program("-q", "load", self.database, self.documents)
            self.run_program("-q", "unite", self.database)
        self.run_program("verify", self.database)

        def said():
            return (self.run_program("unite", "--list", self.database).stdout,
                    self.run_program("-q", "export", self.database, "--layer", "events", "--format", "geojsonseq", "-o", "-").stdout)

        bit_by_bit = said()
        self.assertGreater(bit_by_bit[0].count("\n"), 50)
        self.run_program("-q", "unite", "--all", self.database)
        self.assertEqual(bit_by_bit, said())

    def test_other_findings_take_the_place_of_the_old_ones(self):
        self.fill()
        self.run_program("unite", "--undo", self.database)
        before = self.answers()
        changed = [json.loads(line) for line in self.documents.read_text(encoding="utf-8").splitlines()]
        for document in changed:
            for event in document["events"]:
                event["weapon"] = "a changed weapon"
        file = self.work / "changed.jsonl"
        file.write_text("".join(json.dumps(document) + "\n" for document in changed), encoding="utf-8")
        self.assertIn("9 replaced", self.run_program("load", self.database, file).stderr)
        self.assertIn("a changed weapon", self.run_program("query", self.database, "since", "since=2019-01-01", "--format", "csv").stdout)
        self.run_program("load", self.database, self.documents)
        self.run_program("overlay", self.database)
        after = self.answers()
        for question in ("export events geojsonseq", "export places geojsonseq", "weekly json", "review"):
            self.assertEqual(before[question], after[question], question)
        self.run_program("verify", self.database)

    def test_what_cannot_be_stored_is_set_aside(self):
        lines = self.documents.read_text(encoding="utf-8").splitlines()
        twice = json.loads(lines[0])
        twice["doc_id"] = "0" * 32
        wrong = json.loads(lines[1])
        wrong["events"][0]["event_type"] = "Party"
        wrong["doc_id"] = "1" * 32
        file = self.work / "wrong.jsonl"
        file.write_text("\n".join([lines[0], json.dumps(twice), json.dumps(wrong), "{", lines[2]]) + "\n", encoding="utf-8")
        said = self.run_program("load", self.database, file, status=3).stderr
        self.assertIn("2 documents added", said)
        self.assertIn("3 set aside", said)
        self.assertIn("Party", said)
        self.run_program("verify", self.database)

    def test_corrections_are_kept(self):
        self.fill()
        self.run_program("review", self.database, "--apply", self.corrections())
        said = self.answers()["corrections"]
        self.assertIn("force_place", said)
        self.assertIn("36.5,35.25", said)
        self.assertIn("0 corrections added, 2 there already", self.run_program("review", self.database, "--apply", self.corrections()).stderr)

    def corrections(self):
        file = self.work / "apply.csv"
        file.write_text("kind,target,place,lon,lat,author,reason,made\n"
                        'force_place,0123456789abcdef0123456789abcdef@12,,36.5,35.25,"O\'Neil; DROP TABLE event",seen,2019-08-04\n'
                        "alias,القرية,sy-idlib,,,A,\"=1+1\",2019-08-04T10:00:00Z\n", encoding="utf-8")
        return file

    def test_hostile_texts_are_data(self):
        document = json.loads(self.documents.read_text(encoding="utf-8").splitlines()[0])
        hostile = "'); DROP TABLE event; --\t\\N \\. \"{}\" \u202e \u0001 ?1 $1 %s =cmd()"
        document.update(doc_id="2" * 32, source=hostile, title=hostile, url="javascript:" + hostile, id=hostile)
        for number, event in enumerate(document["events"]):
            event.update(id=f"{number:032x}", weapon=hostile, why=hostile, claimed_by=hostile)
            event["initiator"] = [{"id": "", "name": hostile, "confidence": 1}]
        file = self.work / "hostile.jsonl"
        file.write_text(json.dumps(document) + "\n", encoding="utf-8")
        self.run_program("load", self.database, file)
        rows = kharita.read_lines(self.run_program("-q", "export", self.database, "--format", "geojsonseq", "-o", "-").stdout)
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual([hostile, hostile, hostile], [row["properties"][key] for key in ("source", "weapon", "initiator")])


class InFile(Suite, Case):
    def setUp(self):
        super().setUp()
        self.database = self.work / "events.db"


class OnServer(Suite, Case):
    def setUp(self):
        super().setUp()
        self.database = postgis_server.SERVER.make("suite")


class Both(Case):
    def test_a_file_and_a_server_answer_the_same(self):
        answers = []
        for kind in (InFile, OnServer):
            one = kind()
            one.work, one.documents = self.work, self.documents
            one.database = self.work / "both.db" if kind is InFile else postgis_server.SERVER.make("both")
            one.fill()
            one.run_program("review", one.database, "--apply", one.corrections())
            answers.append(one.answers())
        self.assertEqual(answers[0].keys(), answers[1].keys())
        for question, answer in answers[0].items():
            self.assertEqual(answer, answers[1][question], question)

    def test_tables_of_other_projects_are_the_same_bytes(self):
        """Of thousands of events, among them some with hostile names, several partners and sources, none, and days or years apart."""
        lines = self.many(120)
        for number, line in enumerate(lines):
            document = json.loads(line)
            document["source"] = f'The "Gazette", {number % 3}'
            for index, event in enumerate(document["events"]):
                sides = [{"id": "", "name": name, "confidence": 1} for name in ("=A\t1", "B; ?1 $1 'x'", "ج\u0001\"\\")]
                kind = (number + index) % 5
                if kind:
                    event["initiator"] = sides[:kind - 1]
                    event["target"] = sides[3 - kind:]
                    first = datetime.date(2000, 1, 1) + datetime.timedelta(days=10 * number)  # so far apart that few are united
                    event["event_date"] = str(first)
                    event["date_end"] = str(first + datetime.timedelta(days=(0, 4, 6, 400)[kind - 1]))
                    event["killed"] = {"low": kind - 1, "best": kind, "high": kind + 1}
            lines[number] = json.dumps(document) + "\n"
        self.documents.write_text("".join(lines), encoding="utf-8")
        file, server = self.work / "coded.db", postgis_server.SERVER.make("coded")
        for database in (file, server):
            self.run_program("-q", "load", database, self.documents)
            self.run_program("-q", "unite", database)
        for form, ending, least in (("acled", "csv", 1500), ("ucdp", "csv", 1000), ("plover", "jsonl", 1500)):
            said = []
            for name, database in (("file", file), ("server", server)):
                self.run_program("-q", "export", database, "--format", form, "-o", f"{name}.{ending}", "--force")
                said.append((self.work / f"{name}.{ending}").read_bytes())
            self.assertGreater(said[0].count(b"\n"), least, form)
            self.assertIn(b"?1 $1 'x'", said[0])
            self.assertEqual(said[0], said[1], form)

    def rows_of_file(self, table, columns):
        with sqlite3.connect(self.work / "same.db") as connection:
            return sorted("\t".join("" if value is None else str(value) for value in row)
                          for row in connection.execute(f"SELECT {columns} FROM {table}"))

    def test_tables_hold_the_same_rows(self):
        self.run_program("load", self.work / "same.db", self.documents)
        self.run_program("load", postgis_server.SERVER.make("same"), self.documents)
        for table, columns in (("document", "doc_id, input_id, source, url, title, published, lang, whole_text, content_hash"),
                               ("event", "event_id, date, date_end, event_type, modality, initiator, killed_low, killed, killed_high, injured, why"),
                               ("event_actor", "side, ordinal"), ("actor", "actor_id, name, name_ar, kind, country, parent"),
                               ("mention", 'mention_id, start, "end", surface, role, scope, relation, why, alternatives'),
                               ("event_report", 'start, "end", trigger, quote_start, quote_end'), ("event_group", "group_id, killed, injured"),
                               ("zone", "zone_id, kind, status, name, along, side, declared_by, date"), ("zone_actor", "ordinal"),
                               ("place", "place_id, name, name_ar, feature, admin1_id, admin1, population, refs"),
                               ("metadata", "key, value")):
            ours = sorted(postgis_server.SERVER.ask("same", f"SELECT {columns} FROM {table}"))
            file = self.rows_of_file(table, columns)
            if table == "metadata":  # of a file, what its indexes are up to; on a server, whose styles it has
                file = [row for row in file if row.split("\t")[0] not in ("spatial_index", "dropped_indexes", "finished")]
                ours = [row for row in ours if not row.startswith("styles_of_version")]
            self.assertEqual(file, ours, table)


def contents(database):
    """All that loaders wrote, told by ids that are the same in every database."""
    return {
        "document": postgis_server.SERVER.ask(database, "SELECT doc_id, content_hash, md5(text) FROM document ORDER BY doc_id"),
        "mention": postgis_server.SERVER.ask(database, "SELECT d.doc_id, m.mention_id, m.start, m.surface, p.place_id, ST_AsText(m.geom), m.why FROM "
                              "mention AS m JOIN document AS d ON d.id = m.document LEFT JOIN place AS p ON p.id = m.place ORDER BY 1, 2"),
        "area": postgis_server.SERVER.ask(database, "SELECT d.doc_id, m.mention_id, md5(ST_AsBinary(a.geom)) FROM mention_area AS a JOIN mention AS m "
                           "USING (id) JOIN document AS d ON d.id = m.document ORDER BY 1, 2"),
        "event": postgis_server.SERVER.ask(database, "SELECT e.event_id, d.doc_id, g.group_id, m.mention_id, p.place_id, e.date, e.killed, e.initiator, "
                            "ST_AsText(e.geom) FROM event AS e JOIN document AS d ON d.id = e.document LEFT JOIN event_group AS g ON "
                            "g.id = e.event_group LEFT JOIN mention AS m ON m.id = e.mention LEFT JOIN place AS p ON p.id = e.place "
                            "ORDER BY 1"),
        "event_actor": postgis_server.SERVER.ask(database, "SELECT e.event_id, x.side, x.ordinal, a.actor_id FROM event_actor AS x JOIN event AS e ON "
                                  "e.id = x.event JOIN actor AS a ON a.id = x.actor ORDER BY 1, 2, 3"),
        "event_report": postgis_server.SERVER.ask(database, "SELECT e.event_id, d.doc_id, r.trigger, r.quote FROM event_quote AS r JOIN event AS e ON "
                                   "e.id = r.event JOIN document AS d ON d.id = r.document ORDER BY 1, 2"),
        "zone": postgis_server.SERVER.ask(database, "SELECT z.zone_id, d.doc_id, a.actor_id FROM zone AS z JOIN document AS d ON d.id = z.document LEFT "
                           "JOIN zone_actor AS x ON x.zone = z.id LEFT JOIN actor AS a ON a.id = x.actor ORDER BY 1, x.ordinal"),
        "place": postgis_server.SERVER.ask(database, "SELECT place_id, name, refs, ST_AsText(geom) FROM place ORDER BY 1"),
        "actor": postgis_server.SERVER.ask(database, "SELECT actor_id, name, name_ar FROM actor ORDER BY 1"),
    }


class ManyLoaders(Case):
    """In batches so small that the loaders meet often."""

    def start(self, url, file):
        return subprocess.Popen([kharita.PROGRAM, "load", "--batch", "7", url, file], stderr=subprocess.PIPE, text=True)

    def finish(self, processes):
        said = []
        for process in processes:
            said.append(process.communicate(timeout=300)[1])
            self.assertEqual(0, process.returncode, said[-1])
        return said

    def files(self, lines, count, seed):
        """Overlapping parts of the lines, each in an order of its own."""
        orders = random.Random(seed)
        files = []
        for number in range(count):
            part = [line for index, line in enumerate(lines) if index % count != number]
            orders.shuffle(part)
            files.append(self.work / f"part{number}.jsonl")
            files[-1].write_text("".join(part), encoding="utf-8")
        return files

    def test_four_loaders_store_what_one_does(self):
        lines = self.many(30)
        whole = self.work / "whole.jsonl"
        whole.write_text("".join(lines), encoding="utf-8")
        self.run_program("-q", "load", postgis_server.SERVER.make("one"), whole)
        four = postgis_server.SERVER.make("four")
        said = self.finish([self.start(four, file) for file in self.files(lines, 4, 1)])
        self.assertEqual(contents("one"), contents("four"))
        added = sum(int(re.search(r"(\d+) documents added", each)[1]) for each in said)
        there = sum(int(re.search(r"(\d+) already there", each)[1]) for each in said)
        self.assertEqual((len(lines), len(lines) * 2), (added, there))
        self.run_program("verify", four)

    def test_loaders_that_disagree_leave_one_of_their_findings(self):
        lines = self.many(12)
        changed = []
        for line in lines:
            document = json.loads(line)
            for event in document["events"]:
                event["weapon"] = "other"
            changed.append(json.dumps(document) + "\n")
        url = postgis_server.SERVER.make("disagree")
        files = self.files(lines, 2, 2) + [self.work / "other.jsonl"]
        files[-1].write_text("".join(changed), encoding="utf-8")
        self.finish([self.start(url, file) for file in files])
        self.run_program("verify", url)
        self.assertEqual([str(len(lines))], postgis_server.SERVER.ask("disagree", "SELECT count(*) FROM document"))
        self.assertEqual(["0"], postgis_server.SERVER.ask("disagree", "SELECT count(*) FROM (SELECT document FROM event GROUP BY document HAVING "
                                           "count(DISTINCT weapon = 'other') > 1) AS mixed"))

    def test_killed_at_any_instant(self):
        lines = self.many(30)
        whole = self.work / "whole.jsonl"
        whole.write_text("".join(lines), encoding="utf-8")
        self.run_program("-q", "load", postgis_server.SERVER.make("unharmed"), whole)
        url = postgis_server.SERVER.make("killed")
        instants = random.Random(3)
        for _ in range(int(os.environ.get("KHARITA_KILLS", "10"))):
            process = self.start(url, whole)
            time.sleep(instants.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.run_program("load", url, whole)
        self.run_program("verify", url)
        self.assertEqual(contents("unharmed"), contents("killed"))


class Refusals(Case):
    def test_a_newer_database(self):
        url = postgis_server.SERVER.make("newer")
        self.run_program("-q", "load", url, self.documents)
        postgis_server.SERVER.ask("newer", "INSERT INTO kharita_schema (version, program_version) VALUES (1000, 'later')")
        for arguments in (("load", url, self.documents), ("export", url, "-o", "-"), ("verify", url), ("overlay", url)):
            self.assertIn("schema 1000 is newer than this program knows", self.run_program(*arguments, status=1).stderr)

    def test_an_empty_database_is_not_read(self):
        url = postgis_server.SERVER.make("empty")
        for arguments in (("export", url, "-o", "-"), ("query", url, "weekly"), ("verify", url), ("tile", url, "-o", "x.pmtiles")):
            self.assertIn("is an empty database; expected one that Kharita made", self.run_program(*arguments, status=1).stderr)

    def test_no_server_and_no_password_in_messages(self):
        for url in ("postgresql://someone:secret@127.0.0.1:1/events", f"postgresql://someone:secret@/nothing?host={postgis_server.SERVER.folder}",
                    "postgresql://someone:secret@127.0.0.1:port/events"):
            said = self.run_program("load", url, self.documents, status=1)
            self.assertIn("kharita: ", said.stderr)
            self.assertNotIn("secret", said.stderr + said.stdout)
        url = postgis_server.SERVER.make("words").replace("postgres@", "postgres:secret@")
        said = self.run_program("load", url, self.documents)
        self.assertIn("words", said.stderr)
        self.assertNotIn("secret", said.stderr + said.stdout)

    def test_a_zero_byte_is_set_aside(self):
        url = postgis_server.SERVER.make("zero")
        document = json.loads(self.documents.read_text(encoding="utf-8").splitlines()[0])
        document["title"] = "a\0b"
        file = self.work / "zero.jsonl"
        file.write_text(json.dumps(document) + "\n" + self.documents.read_text(encoding="utf-8"), encoding="utf-8")
        said = self.run_program("load", url, file, status=3).stderr
        self.assertIn("zero byte", said)
        self.assertIn("9 documents added", said)

    def test_a_table_of_somebody_else_is_not_touched(self):
        url = postgis_server.SERVER.make("taken")
        postgis_server.SERVER.ask("taken", "CREATE TABLE event (id INTEGER); INSERT INTO event VALUES (1)")
        self.assertIn('"event" already exists', self.run_program("load", url, self.documents, status=1).stderr)
        self.assertEqual(["event", "spatial_ref_sys"] if postgis_server.SERVER.ask("taken", "SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
                         else ["event"], postgis_server.SERVER.ask("taken", "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))

    def test_a_schema_of_ones_own(self):
        url = postgis_server.SERVER.make("schemas")
        postgis_server.SERVER.ask("schemas", "CREATE EXTENSION postgis; CREATE SCHEMA team")
        mine = url + "&options=-csearch_path%3Dteam"
        self.run_program("load", mine, self.documents)
        self.run_program("overlay", mine)
        self.run_program("verify", mine)
        self.assertEqual([], postgis_server.SERVER.ask("schemas", "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'"))
        self.assertEqual(["9"], postgis_server.SERVER.ask("schemas", "SELECT count(*) FROM team.document"))


def tables_of(file):
    """The definitions of a schema's tables: columns and constraints by table, without comments."""
    text = re.sub(r"--[^\n]*", "", (kharita.TOP / "schemas" / file / "001_init.sql").read_text(encoding="utf-8"))
    tables = {}
    for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)[^;]*;", text, re.DOTALL):
        parts, depth, part = [], 0, ""
        for c in body:
            depth += (c == "(") - (c == ")")
            if c == "," and depth == 0:
                parts.append(" ".join(part.split()))
                part = ""
            else:
                part += c
        tables[name] = [*parts, " ".join(part.split())]
    return tables


def as_on_server(definition):
    """A column of a file's table as PostgreSQL says it."""
    definition = definition.replace("id INTEGER PRIMARY KEY", "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    definition = definition.replace("IDENTITY PRIMARY KEY REFERENCES", "PRIMARY KEY REFERENCES").replace(
        "BIGINT GENERATED BY DEFAULT AS PRIMARY KEY", "BIGINT PRIMARY KEY")
    definition = re.sub(r"^(\w+) TEXT( NOT NULL)? CHECK \(date\(\1\) IS \1(?: AND (.*))?\)$",
                        lambda found: f"{found[1]} DATE{found[2] or ''}{f' CHECK ({found[3]})' if found[3] else ''}", definition)
    definition = definition.replace("extra TEXT CHECK (extra IS NULL OR json_valid(extra))", "extra JSON")
    definition = re.sub(r"^(\S+) INTEGER\b", r"\1 BIGINT", definition)
    definition = re.sub(r"^(\S+) REAL\b", r"\1 DOUBLE PRECISION", definition)
    definition = re.sub(r"^(\S+) TEXT\b", r'\1 TEXT COLLATE "C"', definition)
    definition = re.sub(r"^geom (\w+)", r"geom GEOMETRY(\1, 4326)", definition)
    definition = definition.replace("""(strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (datetime(made) IS NOT NULL)""",
                                    """to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') CHECK (made::timestamptz IS NOT NULL)""")
    return definition


class Schemas(Case):
    """A file and a server have the same tables, columns, constraints and views."""

    def test_tables_are_defined_alike(self):
        file, server = tables_of("db"), tables_of("postgis")
        self.assertEqual(list(file), list(server))
        self.assertGreater(len(file), 18)
        # A unique index on hashes stands for it: an entry of an index cannot be as long as a reason.
        file["rejected"].remove("UNIQUE (file, line, reason)")
        for name, definitions in file.items():
            if name != "layer_styles":  # as QGIS makes it in each
                self.assertEqual([as_on_server(each) for each in definitions], server[name], name)

    def test_views_and_unique_indexes_are_the_same(self):
        self.run_program("-q", "load", self.work / "schema.db", self.documents)
        self.run_program("-q", "load", postgis_server.SERVER.make("schema"), self.documents)
        with sqlite3.connect(self.work / "schema.db") as connection:
            views = [name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view' AND sql NOT LIKE '%geometry_columns%' "
                                                          "AND (name LIKE 'map\\_%' ESCAPE '\\' OR name IN ('event_detail', 'event_quote', 'weekly', "
                                                          "'health_care_struck', 'review', 'review_event', 'review_place', 'told')) ORDER BY name")]
            columns = {view: [row[1] for row in connection.execute(f"PRAGMA table_info({view})")] for view in views}
            unique = sorted(name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%' "
                                                                 "AND tbl_name IN ('document', 'event', 'event_report')"))
        ours = postgis_server.SERVER.ask("schema", "SELECT table_name, column_name FROM information_schema.columns JOIN pg_views ON viewname = table_name "
                          "AND schemaname = table_schema WHERE table_schema = 'public' AND table_name NOT LIKE 'geo%_columns' AND "
                          "table_name NOT LIKE 'raster%' ORDER BY table_name, ordinal_position")
        self.assertEqual([f"{view}\t{column}" for view in views for column in columns[view]], ours)
        self.assertEqual(unique, postgis_server.SERVER.ask("schema", "SELECT indexname FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE%' AND tablename IN "
                                            "('document', 'event', 'event_report') AND indexname NOT LIKE '%\\_pkey' ORDER BY 1"))


class ForMaps(Case):
    def test_layers_are_what_qgis_looks_for(self):
        self.run_program("-q", "load", postgis_server.SERVER.make("layers"), self.documents)
        views = postgis_server.SERVER.ask("layers", "SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'map\\_%' ORDER BY 1")
        columns = postgis_server.SERVER.ask("layers", "SELECT f_table_name, srid FROM geometry_columns WHERE f_table_name LIKE 'map\\_%' ORDER BY 1")
        self.assertEqual([f"{view}\t4326" for view in views], columns)
        self.assertEqual(12, len(views))
        styled = postgis_server.SERVER.ask("layers", "SELECT f_table_name FROM layer_styles WHERE f_table_catalog = 'layers' AND f_table_schema = 'public' "
                            "AND useAsDefault AND f_geometry_column = 'geom' AND xpath_exists('/qgis', styleQML) ORDER BY 1")
        self.assertLessEqual(set(views), set(styled))
        unindexed = postgis_server.SERVER.ask("layers", "SELECT f_table_name FROM geometry_columns AS g JOIN pg_tables AS t ON t.tablename = f_table_name "
                               "WHERE NOT EXISTS (SELECT 1 FROM pg_indexes AS i WHERE i.tablename = f_table_name AND i.indexdef LIKE "
                               "'%USING gist (geom)%')")
        self.assertEqual([], unindexed)


if __name__ == "__main__":
    kharita.main()
