#!/usr/bin/python3
"""kharita eval: its figures are those of score.py, and its page and JSON hold together. The labelled reports are not part
of the project: KHARITA_EVAL_DIR names the folder that holds them; the sentences of tests/cases are."""
import json
import os
import pathlib
import re
import subprocess

import kharita

ENGLISH = kharita.TOP / "tests" / "cases" / "english.jsonl"


class Eval(kharita.Case):
    def test_agrees_with_score(self):
        if not kharita.EVALUATION:
            self.skipTest("KHARITA_EVAL_DIR is not set")
        folder = pathlib.Path(kharita.EVALUATION) / "eval"
        score = folder / "score.py"
        for name in ("seed.jsonl", "dev.jsonl"):
            gold = folder / name
            if not gold.exists() or not score.exists():
                self.skipTest(f"{folder} has no labelled reports")
            said = self.work / name
            said.write_text(self.run_program("extract", gold).stdout, encoding="utf-8")
            expected = subprocess.run(["/usr/bin/python3", score, gold, said], capture_output=True, text=True, check=True,
                                      env={**os.environ, "PYTHONIOENCODING": "utf-8"}).stdout
            ours = self.run_program("eval", gold, said).stdout
            self.assertEqual(expected, "".join(ours.splitlines(keepends=True)[:len(expected.splitlines())]))
            self.assertEqual(ours, self.run_program("eval", gold).stdout)

    def test_offsets_of_every_document(self):
        """text[start:end] is the mention's text, on every document at hand."""
        files = [ENGLISH]
        if kharita.EVALUATION:
            files += sorted((pathlib.Path(kharita.EVALUATION) / "eval").glob("*.jsonl"))
        for file in files:
            for document in kharita.read_lines(self.run_program("extract", "-q", file).stdout):
                for part in document["mentions"] + document["events"]:
                    words = part.get("text", part.get("trigger"))
                    if document["text"][part["start"]:part["end"]] != words:
                        self.fail(f"{file.name} {document['id']}: {part['start']} to {part['end']} is not {words!r}")

    def test_english(self):
        figures = json.loads(self.run_program("eval", ENGLISH, "--json").stdout)
        self.assertEqual(77, figures["documents"])
        self.assertGreaterEqual(figures["mentions"]["found"]["f1"], 0.93)
        self.assertGreaterEqual(figures["mentions"]["resolved_small"]["right_of_labelled"]["value"], 0.90)
        self.assertGreaterEqual(figures["mentions"]["role"]["value"], 0.80)
        baseline = json.loads(self.run_program("eval", ENGLISH, "--json", "--baseline", "exact").stdout)
        self.assertGreater(figures["mentions"]["found"]["f1"], baseline["mentions"]["found"]["f1"])

    def test_page(self):
        page = self.work / "page.html"
        self.run_program("eval", ENGLISH, "--html", page)
        html = page.read_text(encoding="utf-8")
        self.assertEqual(77, html.count("<article"))
        self.assertIsNone(re.search(r"(src|href)=", html), "the page asks for something outside it")
        self.run_program("eval", ENGLISH, "--html", page, status=1)
        self.run_program("eval", ENGLISH, "--html", page, "--force")

    def test_wrong_input(self):
        broken = self.work / "broken.jsonl"
        broken.write_text('{"id": "a", "text": "x", "mentions": [{"start": 2}]}\n', encoding="utf-8")
        said = self.run_program("eval", broken, status=1).stderr
        self.assertIn('broken.jsonl:1: mentions[0]: "end" is missing', said)
        unlabelled = self.work / "reports.jsonl"
        unlabelled.write_text('{"id": "a", "text": "x"}\n', encoding="utf-8")
        self.assertIn("reports.jsonl: nothing is labelled in it", self.run_program("eval", unlabelled, status=1).stderr)
        self.run_program("eval", status=2)
        self.run_program("eval", ENGLISH, "--baseline", "guess", status=2)


if __name__ == "__main__":
    kharita.main()
