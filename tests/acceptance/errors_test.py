#!/usr/bin/python3
"""What goes wrong outside the program: a clear message, the right exit status, and the rest of the work done."""
import json
import os
import pathlib
import sqlite3
import unittest

import kharita

GOOD = {"id": "good", "published": "2019-08-01", "lang": "ar",
        "text": "قصفت قوات النظام بلدة كفر زيتا في ريف حماة، ما أدى إلى مقتل مدني."}
NOBODY = 65534


def line(**fields):
    return json.dumps({**GOOD, **fields}, ensure_ascii=False)


def as_nobody():
    """Root may read and write everything: what permissions forbid is tried as somebody else."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


class Errors(kharita.Case):
    def setUp(self):
        super().setUp()
        self.work.chmod(0o755)
        self.good = self.file("good.jsonl", line() + "\n")

    def file(self, name, content):
        path = self.work / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def check_set_aside(self, bad, reason, where=None):
        """A bad input beside a good one is set aside by extract and by build; alone, nothing can be done."""
        where = where or bad.name
        said = self.run_program("extract", bad, self.good, status=3)
        self.assertEqual(["good"], [document["id"] for document in kharita.read_lines(said.stdout)])
        self.assertRegex(said.stderr, f"(?m){where}.*{reason}")

        said = self.run_program("extract", bad, status=1)
        self.assertEqual("", said.stdout)
        self.assertRegex(said.stderr, f"(?m){where}.*{reason}")

        said = self.run_program("build", bad, self.good, "-o", self.work / "map", status=3)
        rejects = kharita.read_lines((self.work / "map" / "rejects.jsonl").read_text(encoding="utf-8"))
        self.assertEqual(1, len(rejects))
        self.assertRegex(f"{rejects[0]['file']}:{rejects[0]['line']}: {rejects[0]['reason']}", f"{where}.*{reason}")
        self.assertRegex(said.stderr, f"(?m){where}.*{reason}")
        # Said again by a second run, which has nothing to do.
        self.run_program("build", bad, self.good, "-o", self.work / "map", status=3)

        self.run_program("build", bad, "-o", self.work / "other", status=1)
        self.assertFalse((self.work / "other").exists())

    def test_missing_file(self):
        self.check_set_aside(self.work / "none.jsonl", "No such file")

    def test_unreadable_file(self):
        bad = self.file("secret.txt", "كفر زيتا")
        bad.chmod(0)
        said = self.run_program("extract", bad, self.good, status=3, **as_nobody())
        self.assertEqual(["good"], [document["id"] for document in kharita.read_lines(said.stdout)])
        self.assertRegex(said.stderr, "secret.txt: Permission denied")

    def test_empty_file(self):
        self.check_set_aside(self.file("empty.jsonl", ""), "is empty")

    def test_empty_text_file(self):
        self.check_set_aside(self.file("blank.txt", " \n\n"), "is empty")

    def test_broken_json_line(self):
        self.check_set_aside(self.file("broken.jsonl", '{"id": "x", "text": "بلدة\n'), "is not JSON", "broken.jsonl:1")

    def test_line_without_text(self):
        self.check_set_aside(self.file("none.jsonl", '{"id": "x"}\n'), "no \"text\"", "none.jsonl:1")

    def test_invalid_utf8_in_a_line(self):
        self.check_set_aside(self.file("bytes.jsonl", b'{"id": "x", "text": "Hama \xff\xfe"}\n'),
                             "not valid UTF-8", "bytes.jsonl:1")

    def test_invalid_utf8_in_a_text_file(self):
        self.check_set_aside(self.file("bytes.txt", b"Shelling of Hama \xe3\x28\n"), "not valid UTF-8")

    def test_impossible_date(self):
        self.check_set_aside(self.file("dated.jsonl", line(id="x", published="2014-02-31") + "\n"), "2014-02-31",
                             "dated.jsonl:1")

    def test_one_bad_line_among_good_ones(self):
        mixed = self.file("mixed.jsonl", "\n".join([line(id="a"), "{", line(id="b", text="انفجرت عبوة في مدينة الباب")]) + "\n")
        said = self.run_program("extract", mixed, status=3)
        self.assertEqual(["a", "b"], [document["id"] for document in kharita.read_lines(said.stdout)])
        self.assertRegex(said.stderr, r"mixed.jsonl:2: is not JSON")

    def test_a_document_without_a_date_is_done(self):
        undated = self.file("undated.jsonl", line(id="x", published=None, text="قصفت طائرات حربية أمس مدينة إدلب.") + "\n")
        document, = kharita.read_lines(self.run_program("extract", undated).stdout)
        self.assertTrue(document["events"])
        for event in document["events"]:
            self.assertIsNone(event["event_date"])
            self.assertEqual(0, event["time_precision"])
        self.run_program("build", undated, "-o", self.work / "map")

    def test_a_report_of_nothing_but_text_is_built(self):
        """Without id, source and url, it is told by where it stands: every point says where it comes from."""
        bare = self.file("bare.jsonl", json.dumps({"text": GOOD["text"], "published": "2019-08-01"}) + "\n")
        self.run_program("build", bare, "-o", self.work / "map")
        with sqlite3.connect(self.work / "map" / "events.sqlite") as database:
            self.assertEqual([("bare.jsonl:1",)], database.execute("SELECT input_id FROM document").fetchall())
        said = self.run_program("extract", "--published", "2019-08-01", stdin=GOOD["text"].encode())
        self.assertEqual("standard input", kharita.read_lines(said.stdout)[0]["id"])
        said = self.run_program("extract", "--source", "desk", stdin=GOOD["text"].encode())
        self.assertNotEqual("standard input", kharita.read_lines(said.stdout)[0]["id"])

    def test_an_array_is_set_aside_once(self):
        rows = json.dumps([GOOD, GOOD], indent=1, ensure_ascii=False)
        self.check_set_aside(self.file("array.json", rows), "expected one object a line", where="array.json:1")

    def test_output_that_cannot_be_written(self):
        locked = self.work / "locked"
        locked.mkdir()
        locked.chmod(0o555)
        for folder in (locked, locked / "map"):
            said = self.run_program("build", self.good, "-o", folder, status=1, **as_nobody())
            self.assertRegex(said.stderr, r"locked.*Permission denied")
        self.assertEqual([], list(locked.iterdir()))

    def test_output_below_a_file(self):
        said = self.run_program("build", self.good, "-o", self.good / "map", status=1)
        self.assertRegex(said.stderr, "Not a directory")

    def test_output_that_is_a_file(self):
        taken = self.file("taken", "mine")
        said = self.run_program("build", self.good, "-o", taken, status=1)
        self.assertRegex(said.stderr, "taken: is a file; expected a folder")
        self.assertEqual("mine", taken.read_text())

    @unittest.skipUnless(pathlib.Path("/dev/full").exists(), "no /dev/full")
    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            import subprocess
            done = subprocess.run([kharita.PROGRAM, "extract", self.good], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(1, done.returncode)
        self.assertIn(b"No space left on device", done.stderr)

    def test_a_folder_without_reports(self):
        empty = self.work / "reports"
        empty.mkdir()
        said = self.run_program("extract", empty, status=1)
        self.assertRegex(said.stderr, "reports: holds no report")

    def test_wrong_usage(self):
        for arguments in (["build"], ["build", self.good], ["build", "-o", self.work / "map"], ["extract", "--colour"],
                          ["build", self.good, "-o", self.work / "map", "--date", "yesterday"],
                          ["build", self.good, "-o", self.work / "map", "--jobs", "0"], ["paint"], []):
            with self.subTest(arguments=arguments):
                said = self.run_program(*arguments, status=2)
                self.assertTrue(said.stderr)
                self.assertFalse((self.work / "map").exists())

    def test_help_lists_what_works(self):
        said = self.run_program("--help").stdout
        manual = sorted(file.name.split("-")[1].split(".")[0] for file in (kharita.TOP / "docs/man").glob("kharita-*.1.md"))
        listed = sorted(each.split()[0] for each in said.partition("Subcommands:")[2].splitlines() if each.strip())
        self.assertEqual(manual, listed, "each command has its man page")


if __name__ == "__main__":
    kharita.main()
