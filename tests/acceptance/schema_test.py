#!/usr/bin/python3
"""schemas/annotation.schema.json holds for its valid examples and for what extract writes, and for no invalid one."""
import contextlib
import json
import pathlib
import sqlite3

import kharita

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Schema(kharita.Case):
    def setUp(self):
        super().setUp()
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((ROOT / "schemas/annotation.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        self.validator = jsonschema.Draft202012Validator(schema)

    def errors(self, line):
        return [error.message for error in self.validator.iter_errors(json.loads(line))]

    def test_valid_examples(self):
        for file in sorted((ROOT / "schemas/examples/valid").glob("*.json")):
            self.assertEqual(self.errors(file.read_text(encoding="utf-8")), [], file.name)

    def test_invalid_examples(self):
        for file in sorted((ROOT / "schemas/examples/invalid").glob("*.json")):
            self.assertNotEqual(self.errors(file.read_text(encoding="utf-8")), [], file.name)

    def test_extract(self):
        for options in ((), ("--no-text",)):
            done = self.run_program("extract", *options, ROOT / "tests/data/sample")
            lines = done.stdout.splitlines()
            self.assertGreaterEqual(len(lines), 6)
            for line in lines:
                self.assertEqual(self.errors(line), [])

    def test_quotes_without_text_are_those_of_the_database(self):
        quotes = {}
        for name, options in (("whole", ()), ("quotes", ("--no-text",))):
            documents = self.work / f"{name}.jsonl"
            self.run_program("-q", "extract", *options, ROOT / "tests/data/sample", "-o", documents)
            self.run_program("-q", "load", self.work / f"{name}.db", documents)
            with contextlib.closing(sqlite3.connect(self.work / f"{name}.db")) as connection:
                quotes[name] = dict(connection.execute("SELECT e.event_id, q.quote FROM event_quote AS q JOIN event AS e ON e.id = q.event"))
        written = {event["id"]: event["quote"]["text"] for line in documents.read_text(encoding="utf-8").splitlines()
                   for event in json.loads(line)["events"]}
        self.assertTrue(written)
        self.assertEqual(written, quotes["whole"])
        self.assertEqual(written, quotes["quotes"])


if __name__ == "__main__":
    kharita.main()
