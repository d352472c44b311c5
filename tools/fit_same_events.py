#!/usr/bin/python3
"""fit_same_events.py DATABASE PAIRS.tsv… [--write] [--strength S] [--folds N] [--reports FILE]

Fits the weights of schemas/same_event.tsv to pairs of tellings that a person judged (tests/data/same_events*.tsv). DATABASE
holds their reports, loaded and not united; it is not changed.

The model is a logistic regression over the signs that `kharita unite --compare` gives of each pair, so that fitted and used
model are one. Pairs are few, so every step away from the weights as they stand, which are the prior, costs
strength * step². What pairs hardly tell of ("opposite", "not_compared", "other_initiator") stays as it is.

Figures are of clusters, as `kharita unite` makes them. "held out": reports are dealt to folds, and each pair is judged with
weights that no pair of either report's fold took part in fitting.  "other stories": the same with all pairs of a place and
kind, and what they touch, in one fold, so that nothing of a story that is judged was seen.

FILE are the reports themselves, to know which are copies of one, so that pairs of copies count too (they play no part in fitting).

KHARITA names the program (default build/release/bin/kharita). Needs python3-numpy.
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

import numpy

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("KHARITA", TOP / "build/release/bin/kharita")
TABLE = "schemas/same_event.tsv"
FIXED = {"opposite", "not_compared", "other_initiator"}
NEAR = 30  # code points that extraction may have moved a telling by
TELLINGS = """SELECT d.input_id, r.start, m.start, e.event_id, coalesce(p.place_id, e.event_id), e.event_type FROM event AS e JOIN
document AS d ON d.id = e.document JOIN mention AS m ON m.id = e.mention JOIN event_report AS r ON r.event = e.id LEFT JOIN place AS p
ON p.id = e.place WHERE e.modality = 'occurred' AND e.geom IS NOT NULL AND e.date IS NOT NULL"""


class Pair(collections.namedtuple("Pair", "file report_a report_b a b same story_a story_b")):
    pass


def add_copies(told, reports):
    """Of reports that are the same to the letter, the database keeps one."""
    copies = collections.defaultdict(list)
    for line in pathlib.Path(reports).read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        copies[tuple(report.get(key) for key in ("source", "url", "published", "text"))].append(report["id"])
    for ids in copies.values():
        kept = next((told[each] for each in ids if each in told), [])
        told.update({each: kept for each in ids if each not in told})


def read_pairs(database, files, reports=None):
    told = collections.defaultdict(list)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for report, trigger, place, event, where, kind in connection.execute(TELLINGS):
            told[report].append((trigger, place, event, (where, kind)))
    if reports:
        add_copies(told, reports)

    def find(report, trigger, place):
        near = [(abs(trigger - t) + abs(place - p), event, story) for t, p, event, story in told[report]
                if abs(trigger - t) <= NEAR and abs(place - p) <= NEAR]
        return min(near)[1:] if near else None

    pairs, lost = [], collections.Counter()
    for file in files:
        for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or line.startswith("report_a"):
                continue
            ra, ta, pa, rb, tb, pb, same = line.split("\t")[:7]
            a, b = find(ra, int(ta), int(pa)), find(rb, int(tb), int(pb))
            if a and b:
                pairs.append(Pair(pathlib.Path(file).name, ra, rb, a[0], b[0], same == "1", a[1], b[1]))
            else:
                lost[pathlib.Path(file).name] += 1
    return pairs, lost


def read_weights(text):
    rows = (line.split("\t") for line in text.splitlines())
    return {row[1]: float(row[2]) for row in rows if row[0] == "weight"}


def with_weights(text, weights):
    lines = []
    for line in text.splitlines():
        cells = line.split("\t")
        if cells[0] == "weight" and cells[1] in weights:
            cells[2] = f"{weights[cells[1]]:.2f}".rstrip("0").rstrip(".")
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


class Program:
    """The program with a table of its own, in a data folder beside the project's."""

    def __init__(self, folder, database):
        self.folder, self.database = folder, database
        (folder / "gazetteer").symlink_to(TOP / "gazetteer")
        shutil.copytree(TOP / "schemas", folder / "schemas")
        self.text = (TOP / TABLE).read_text(encoding="utf-8")

    def run(self, *command):
        return subprocess.run([PROGRAM, "-q", "unite", *map(str, command)], check=True, capture_output=True, text=True,
                              env={**os.environ, "KHARITA_DATA_DIR": str(self.folder)}).stdout

    def signs(self, pairs):
        """Signs of each pair, or None where the two are not compared."""
        asked = self.folder / "pairs.tsv"
        asked.write_text("".join(f"{pair.a}\t{pair.b}\n" for pair in pairs), encoding="utf-8")
        rows = [line.split("\t") for line in self.run("--compare", asked, self.database).splitlines()[1:]]
        return [dict((name, float(times)) for name, times in (sign.split("=") for sign in row[4].split())) if row[2] else None
                for row in rows]

    def happenings(self, weights):
        """The happening of each event, with these weights."""
        (self.folder / TABLE).write_text(with_weights(self.text, weights), encoding="utf-8")
        united = self.folder / "united.sqlite"
        shutil.copy(self.database, united)
        self.run(united)
        with sqlite3.connect(united) as connection:
            return dict(connection.execute("SELECT event_id, coalesce(same_as, id) FROM event"))


def fit(pairs, signs, prior, strength):
    names = sorted(set(prior) - FIXED)
    used = [i for i, sign in enumerate(signs) if sign is not None and "opposite" not in sign]
    x = numpy.array([[signs[i].get(name, 0.0) for name in names] for i in used])
    y = numpy.array([float(pairs[i].same) for i in used])
    start = numpy.array([prior[name] for name in names])
    weights = start.copy()
    for _ in range(50):
        odds = 1 / (1 + numpy.exp(-numpy.clip(x @ weights, -30, 30)))
        slope = x.T @ (odds - y) + strength * (weights - start)
        bend = (x.T * (odds * (1 - odds))) @ x + strength * numpy.eye(len(names))
        step = numpy.linalg.solve(bend, slope)
        weights -= step
        if abs(step).max() < 1e-6:
            break
    weights[weights * start < 0] = 0  # what should speak for it never speaks against it
    return {**prior, **dict(zip(names, weights))}


def figures(title, answers):
    """`answers`: (pair, whether it was united)."""
    for name in sorted({pair.file for pair, _ in answers}) + ["all"]:
        own = [(pair.same, united) for pair, united in answers if name in ("all", pair.file)]
        right = sum(same and united for same, united in own)
        wrong = sum(united and not same for same, united in own)
        missed = sum(same and not united for same, united in own)
        print(f"{title:14} {name:24} {len(own):4} pairs: precision {right / max(1, right + wrong):.3f}, recall "
              f"{right / max(1, right + missed):.3f}, F1 {2 * right / max(1, 2 * right + wrong + missed):.3f}", flush=True)


def fold_of(text, folds):
    return int(hashlib.sha256(str(text).encode()).hexdigest(), 16) % folds


def stories(pairs):
    """Which places and kinds pairs join, directly or by others."""
    parent = {}

    def find(story):
        parent.setdefault(story, story)
        while parent[story] != story:
            story = parent[story]
        return story

    for pair in pairs:
        parent[find(pair.story_a)] = find(pair.story_b)
    return [find(pair.story_a) for pair in pairs]


def held_out(program, pairs, signs, prior, strength, folds_of):
    """`folds_of`: the folds of each pair; fitted without any pair that shares one of them."""
    answers = []
    for folds in sorted(set(folds_of)):
        training = [i for i, own in enumerate(folds_of) if not set(own) & set(folds)]
        weights = fit([pairs[i] for i in training], [signs[i] for i in training], prior, strength)
        happenings = program.happenings(weights)
        answers += [(pair, happenings[pair.a] == happenings[pair.b]) for pair, own in zip(pairs, folds_of) if own == folds]
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("--write", action="store_true", help="replace the table by the fit to all pairs")
    parser.add_argument("--strength", type=float, default=25, help="of the prior")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--reports", help="JSON Lines, whose copies the database holds once")
    options = parser.parse_args()
    pairs, lost = read_pairs(options.database, options.pairs, options.reports)
    for name, count in sorted(lost.items()):
        print(f"{name}: {count} pairs left out, as a telling of theirs is not found")
    with tempfile.TemporaryDirectory(prefix="kharita-fit-") as folder:
        program = Program(pathlib.Path(folder), options.database)
        prior = read_weights(program.text)
        signs = program.signs(pairs)
        happenings = program.happenings(prior)
        figures("as it stands", [(pair, happenings[pair.a] == happenings[pair.b]) for pair in pairs])
        if options.folds > 1:
            by_report = [tuple(sorted({fold_of(pair.report_a, options.folds), fold_of(pair.report_b, options.folds)})) for pair in pairs]
            figures("held out", held_out(program, pairs, signs, prior, options.strength, by_report))
            by_story = [(fold_of(story, 2 * options.folds),) for story in stories(pairs)]
            figures("other stories", held_out(program, pairs, signs, prior, options.strength, by_story))
        weights = fit(pairs, signs, prior, options.strength)
        happenings = program.happenings(weights)
        figures("fitted", [(pair, happenings[pair.a] == happenings[pair.b]) for pair in pairs])
        for name, value in weights.items():
            if abs(value - prior[name]) >= 0.005:
                print(f"{name:26}{prior[name]:7.2f}{value:7.2f}")
        if options.write:
            (TOP / TABLE).write_text(with_weights(program.text, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
