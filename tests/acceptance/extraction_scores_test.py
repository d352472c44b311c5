#!/usr/bin/python3
"""How well mentions, places and events of labelled reports are found, scored by a program that is not ours.

The reports and the program (eval/seed.jsonl, eval/score.py) are not part of the project: KHARITA_EVAL_DIR names the folder that
holds them. Without it this test is skipped; tests/cases holds what the project measures by itself."""
import os
import pathlib
import re
import subprocess

import kharita


class ExtractionScores(kharita.Case):
    def test_scores(self):
        if not kharita.EVALUATION:
            self.skipTest("KHARITA_EVAL_DIR is not set")
        folder = pathlib.Path(kharita.EVALUATION) / "eval"
        gold, score = folder / "seed.jsonl", folder / "score.py"
        if not gold.exists() or not score.exists():
            self.skipTest(f"{folder} has no labelled reports")
        said = self.work / "said.jsonl"
        said.write_text(self.run_program("extract", gold).stdout, encoding="utf-8")
        done = subprocess.run(["/usr/bin/python3", score, gold, said], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        print(done.stdout)
        self.assertGreaterEqual(self.figure(r"^mentions .*F1 ([0-9.]+)", done.stdout), 0.95)
        self.assertGreaterEqual(self.figure(r"^resolved, small +right of labelled ([0-9.]+)", done.stdout), 0.90)
        self.assertGreaterEqual(self.figure(r"^events .*F1 ([0-9.]+)", done.stdout), 0.90)

    def figure(self, pattern, text):
        match = re.search(pattern, text, re.MULTILINE)
        self.assertIsNotNone(match, f"{pattern} is not in {text}")
        return float(match[1])


if __name__ == "__main__":
    kharita.main()
