#!/usr/bin/python3
"""What can go wrong with a database on a server: it is killed, is not there, refuses. Every message is clear, nothing is
half-done, and no password is repeated. And what each role needs, as docs/database.md says it."""
import json
import os
import random
import re
import subprocess
import time

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name


class Case(postgis_server.Case):
    def setUp(self):
        super().setUp()
        self.documents = self.work / "documents.jsonl"
        self.run_program("-q", "extract", kharita.SAMPLE, "-o", self.documents)
        self.database = self._testMethodName.removeprefix("test_")[:60]
        self.url = postgis_server.SERVER.make(self.database)

    def ask(self, sql):
        return postgis_server.SERVER.ask(self.database, sql)

    def tables(self):
        return self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'")

    def role(self, name, options="LOGIN"):
        """A role of this name; gone after the test."""
        postgis_server.SERVER.ask("postgres", f"CREATE ROLE {name} {options}")
        self.addCleanup(postgis_server.SERVER.ask, "postgres", f"DROP ROLE {name}")
        self.addCleanup(postgis_server.SERVER.ask, self.database, f"DROP OWNED BY {name}")
        return postgis_server.SERVER.url(self.database, user=name)

    def refused(self, expected, *arguments):
        """The command fails with a message that holds this, on one line."""
        said = self.run_program(*arguments, status=1)
        self.assertEqual(1, said.stderr.count("\n"), said.stderr)
        self.assertIn(expected, said.stderr)
        return said.stderr


class Killed(Case):
    CONTENT = ("SELECT doc_id, content_hash FROM document ORDER BY 1", "SELECT event_id, why FROM event ORDER BY 1",
               "SELECT count(*) FROM mention", "SELECT count(*) FROM event_report", "SELECT place_id FROM place ORDER BY 1")

    def many(self, copies):
        lines = []
        for copy in range(copies):
            for line in self.documents.read_text(encoding="utf-8").splitlines():
                document = json.loads(line)
                new = f"{copy:08x}"
                document["doc_id"] = new + document["doc_id"][8:]
                for each in document["events"] + document["zones"]:
                    each["id"] = new + each["id"][8:]
                document["text"] += "\n"  # so that no hash is expected of it
                lines.append(json.dumps(document, ensure_ascii=False) + "\n")
        file = self.work / "many.jsonl"
        file.write_text("".join(lines), encoding="utf-8")
        return file

    def content(self, database):
        return [postgis_server.SERVER.ask(database, sql) for sql in self.CONTENT]

    def test_in_a_load(self):
        file = self.many(80)
        self.run_program("-q", "load", postgis_server.SERVER.make("unharmed"), file)
        self.run_program("-q", "load", self.url, self.documents)
        instants = random.Random(11)
        for _ in range(int(os.environ.get("KHARITA_KILLS", "4"))):
            load = subprocess.Popen([kharita.PROGRAM, "load", "--batch", "20", self.url, file], stderr=subprocess.PIPE, text=True)
            time.sleep(instants.uniform(0.1, 0.8))
            postgis_server.SERVER.crash()
            said = load.communicate(timeout=60)[1]
            postgis_server.SERVER.start()
            if load.returncode == 0:
                break
            self.assertEqual(1, load.returncode, said)
            self.assertEqual(1, said.count("\n"), said)
            self.assertRegex(said, r"the connection is lost, what was committed is kept|connection to server .* failed")
            self.assertIn(int(self.ask("SELECT count(*) - 9 FROM document")[0]) % 20, (0, 720 % 20))
            self.assertEqual(["0"], self.ask("SELECT count(*) FROM event AS e WHERE NOT EXISTS (SELECT 1 FROM event_report AS r "
                                             "WHERE r.event = e.id)"))
        self.run_program("load", self.url, file)
        self.run_program("-q", "load", postgis_server.SERVER.url("unharmed"), self.documents)
        self.assertEqual(self.content("unharmed"), self.content(self.database))

    def test_in_a_build(self):
        self.run_program("build", kharita.SAMPLE, "-o", self.url)
        before = self.ask("SELECT xmin, * FROM event ORDER BY id")
        for wait in (0.3, 0.6, 0.9):
            build = subprocess.Popen([kharita.PROGRAM, "build", kharita.SAMPLE / "reports.jsonl", "-o", self.url], stderr=subprocess.PIPE,
                                     text=True)
            time.sleep(wait)
            postgis_server.SERVER.crash()
            said = build.communicate(timeout=60)[1]
            postgis_server.SERVER.start()
            if build.returncode == 0:
                break
            self.assertEqual((1, 1), (build.returncode, said.count("\n")), said)
            self.assertEqual(before, self.ask("SELECT xmin, * FROM event ORDER BY id"))
        self.run_program("build", kharita.SAMPLE / "reports.jsonl", "-o", self.url)
        self.run_program("verify", self.url)


class Refused(Case):
    def test_nobody_answers(self):
        self.refused("Connection refused", "load", "postgresql://desk:secret@127.0.0.1:1/events", self.documents)
        self.refused("does not exist", "load", postgis_server.SERVER.url("no_such_database"), self.documents)

    def test_a_wrong_password(self):
        self.role("guarded", "LOGIN PASSWORD 'open sesame'")
        postgis_server.SERVER.ask_passwords("guarded")
        for wrong in ("guarded:open-barley", "guarded"):
            said = self.refused("password", "load", postgis_server.SERVER.url(self.database, user=wrong), self.documents)
            self.assertNotIn("barley", said)
        self.refused("~/.pgpass", "load", postgis_server.SERVER.url(self.database, user="guarded"), self.documents)
        self.assertEqual([], self.tables())

    def test_passwords_are_repeated_nowhere(self):
        secret = "open-sesame"
        self.role("talkative", f"LOGIN SUPERUSER PASSWORD '{secret}'")
        postgis_server.SERVER.ask_passwords("talkative")
        url = postgis_server.SERVER.url(self.database, user=f"talkative:{secret}")
        beside = postgis_server.SERVER.url(self.database, user="talkative") + f"&password={secret}"
        (self.work / "corrections.csv").write_text("kind,target,place,author,reason\nalias,x,y,A,B\n", encoding="utf-8")
        commands = [("build", kharita.SAMPLE, "-o", url), ("build", kharita.SAMPLE, "-o", beside), ("load", url, self.documents),
                    ("unite", url), ("overlay", url), ("verify", url), ("query", url, "weekly"), ("review", url),
                    ("review", url, "--apply", "corrections.csv"), ("export", url, "-o", "out.geojson"),
                    ("export", url, "-o", "out.qgs"), ("export", beside, "-o", "beside.qgs"),
                    ("export", url, "--since", beside, "-o", "since.geojsonl"), ("tile", url, "-o", "out.pmtiles"),
                    # Wrong ones: whatever is made of them, words of the command line are repeated.
                    ("export", url, "--layer", "none", "-o", "x.geojson"), ("load", url, "no such file"), ("load", "a", "b", url),
                    ("archive", "ls", url), ("verify", url.replace("postgresql:", "Postgresql:")), ("extract", url),
                    ("build", url, "-o", "x"), ("query", url, url), (url,), ("gazetteer", "check", url),
                    ("export", url, "-o", url), ("eval", url), ("load", f"host=db password={secret}"),
                    ("verify", beside.replace("postgresql", "file"))]
        for command in commands:
            done = subprocess.run([kharita.PROGRAM, "-v", *map(str, command)], capture_output=True, cwd=self.work, timeout=120,
                                  env={**os.environ, "XDG_DATA_HOME": str(self.work / ".data")})
            self.assertNotIn(secret.encode(), done.stdout + done.stderr, command)
            if commands.index(command) < 14:
                self.assertEqual(0, done.returncode, (command, done.stderr))
        for file in self.work.rglob("*"):
            if file.is_file():
                self.assertNotIn(secret.encode(), file.read_bytes(), file)
        everything = subprocess.run([postgis_server.PROGRAMS[-1] / "pg_dump", "-h", postgis_server.SERVER.folder, "-U", "postgres", self.database],
                                    capture_output=True, check=True, timeout=120).stdout
        self.assertNotIn(secret.encode(), everything)
        self.assertNotIn(secret, postgis_server.SERVER.log.read_text(encoding="utf-8", errors="replace").replace(f"PASSWORD '{secret}'", ""))

    def test_postgis_may_not_be_made(self):
        url = self.role("settler")
        self.ask("GRANT CREATE ON SCHEMA public TO settler")
        self.refused("let an administrator run CREATE EXTENSION postgis", "load", url, self.documents)
        self.assertEqual([], self.tables())
        self.ask("CREATE EXTENSION postgis")
        self.run_program("load", url, self.documents)
        self.run_program("build", "--force", kharita.SAMPLE, "-o", url)
        self.run_program("verify", url)

    def test_no_right_to_make_tables(self):
        self.ask("CREATE EXTENSION postgis")
        url = self.role("guest")
        for command in (("load", url, self.documents), ("build", kharita.SAMPLE, "-o", url)):
            self.refused("permission denied for schema public", *command)
        self.assertEqual([], self.tables())

    def test_no_right_to_read(self):
        self.run_program("-q", "load", self.url, self.documents)
        url = self.role("stranger")
        for command in (("query", url, "weekly"), ("export", url, "-o", "x.geojson"), ("verify", url)):
            self.refused("let the owner of the tables grant it", *command)
        self.assertFalse((self.work / "x.geojson").exists())


class Roles(Case):
    """The rights in docs/database.md are enough, and not more than needed."""

    def setUp(self):
        super().setUp()
        text = (kharita.TOP / "docs/database.md").read_text(encoding="utf-8")
        rights = next(block for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) if "CREATE ROLE" in block)
        self.run_program("-q", "build", kharita.SAMPLE, "-o", self.url)
        self.ask(rights)
        for role in ("readers", "analysts", "loaders"):
            self.addCleanup(postgis_server.SERVER.ask, "postgres", f"DROP ROLE IF EXISTS {role}")
            self.addCleanup(postgis_server.SERVER.ask, self.database, f"DROP OWNED BY {role}")

    def state(self):
        return [self.ask(f"SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}")
                for table in ("document", "event", "correction", "control", "metadata")]

    def test_readers(self):
        url = self.role("reader", "LOGIN IN ROLE readers")
        before = self.state()
        for command in (("query", url, "weekly"), ("query", url, "near", "place=sy-idlib", "km=50"), ("export", url, "-o", "a.geojson"),
                        ("export", url, "--format", "acled", "-o", "a.csv"), ("export", url, "--since", url, "-o", "b.geojsonl"),
                        ("export", url, "-o", "a.qgs"), ("tile", url, "-o", "a.pmtiles"), ("verify", url), ("review", url),
                        ("unite", "--list", url)):
            self.run_program(*command)
        for command in (("load", url, self.more()), ("unite", url), ("overlay", url), ("build", kharita.SAMPLE / "reports.jsonl", "-o", url),
                        ("review", url, "--apply", self.corrections())):
            self.refused("permission denied for", *command)
        self.assertEqual(before, self.state())

    def more(self):
        document = json.loads(self.documents.read_text(encoding="utf-8").splitlines()[0])
        document.update(doc_id="0" * 32, events=[], zones=[], text=document["text"] + " ")
        file = self.work / "more.jsonl"
        file.write_text(json.dumps(document) + "\n", encoding="utf-8")
        return file

    def corrections(self):
        file = self.work / "corrections.csv"
        file.write_text("kind,target,place,author,reason,made\nalias,x,y,A,B,2019-08-04\n", encoding="utf-8")
        return file

    def test_analysts(self):
        url = self.role("analyst", "LOGIN IN ROLE analysts")
        self.run_program("review", url, "--apply", self.corrections())
        self.assertEqual(["1"], self.ask("SET ROLE analyst; INSERT INTO control (actor, date, geom) SELECT id, '2019-07-01', ST_Multi("
                                         "ST_MakeEnvelope(36, 35, 36.1, 35.1, 4326)) FROM actor WHERE actor_id = 'opp'; "
                                         "SELECT count(*) FROM control WHERE source = 'digitised'"))
        for command in (("load", url, self.more()), ("unite", url), ("overlay", url)):
            self.refused("permission denied", *command)

    def test_loaders(self):
        url = self.role("loader", "LOGIN IN ROLE loaders")
        self.run_program("review", url, "--apply", self.corrections())
        self.run_program("load", url, self.more())
        self.run_program("unite", url)
        self.run_program("overlay", "--date", "2019-08-01", url)
        self.assertIn("documents that the reports given", self.run_program("build", kharita.SAMPLE, "-o", url).stderr)
        self.assertIn("up to date", self.run_program("build", kharita.SAMPLE, "-o", url).stderr)
        self.run_program("verify", url)
        with self.assertRaises(subprocess.CalledProcessError):
            self.ask("SET ROLE loader; DROP TABLE event CASCADE")


if __name__ == "__main__":
    kharita.main()
