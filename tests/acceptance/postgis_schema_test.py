#!/usr/bin/python3
"""Databases of older and newer programs on a server, and what changed between two databases: where a server is needed that the
unit tests do not start."""
import json
import os
import subprocess

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name


class Migrations(postgis_server.Case):
    def test_older_newer_and_two_at_once(self):
        program = kharita.PROGRAM.with_name("postgis_test")
        if not program.exists():
            self.skipTest(f"{program} is not built")
        done = subprocess.run([program, "--test-case=migrate*,Statement*"], env={**os.environ, "KHARITA_TEST_SERVER": postgis_server.SERVER.make("steps")},
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("6 passed", done.stdout)


class Changes(postgis_server.Case):
    """kharita export --since, from files and servers to servers and files."""

    def changes(self, now, since, *arguments):
        said = self.run_program("export", now, "--since", since, "-o", "changes.geojsonl", "--force", *arguments)
        lines = kharita.read_lines((self.work / "changes.geojsonl").read_text(encoding="utf-8"))
        return said.stderr, sorted((line["properties"]["change"], line["properties"]["id"], line["properties"]["changed_fields"])
                                   for line in lines)

    def test_the_same_feed_from_every_kind_of_database(self):
        self.run_program("-q", "extract", kharita.SAMPLE, "-o", "documents.jsonl")
        lines = (self.work / "documents.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        old, new = self.work / "old.jsonl", self.work / "new.jsonl"
        old.write_text("".join(lines[:-1]), encoding="utf-8")
        changed = json.loads(lines[1])
        self.assertTrue(changed["events"])
        for event in changed["events"]:
            event["weapon"] = "something else"
        new.write_text("".join([*lines[2:], json.dumps(changed) + "\n"]), encoding="utf-8")
        databases = {}
        for name, file in (("old", old), ("new", new)):
            databases[name] = [self.work / f"{name}.db", postgis_server.SERVER.make(name)]
            for database in databases[name]:
                self.run_program("-q", "load", database, file)
        said, feed = self.changes(databases["new"][0], databases["old"][0])
        self.assertEqual({"added", "changed", "removed"}, {change for change, _, _ in feed})
        self.assertEqual({"weapon"}, {fields for change, _, fields in feed if change == "changed"})
        for now in databases["new"]:
            for since in databases["old"]:
                self.assertEqual((said, feed), self.changes(now, since))
        for layer in ("places", "mentions", "zones"):
            expected = self.changes(databases["new"][0], databases["old"][0], "--layer", layer)
            self.assertEqual(expected, self.changes(databases["new"][1], databases["old"][1], "--layer", layer))
        self.assertEqual([], self.changes(databases["new"][0], databases["new"][1])[1])

    def test_since_a_published_folder(self):
        url = postgis_server.SERVER.make("published")
        self.run_program("-q", "build", kharita.SAMPLE, "-o", "folder")
        self.run_program("-q", "build", kharita.SAMPLE, "-o", url)
        self.assertEqual([], self.changes(url, self.work / "folder")[1])
        self.run_program("-q", "build", kharita.SAMPLE / "reports.jsonl", "-o", url)
        feed = self.changes(url, self.work / "folder")[1]
        self.assertIn("removed", {change for change, _, _ in feed})


if __name__ == "__main__":
    kharita.main()
