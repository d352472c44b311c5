#!/usr/bin/env python3
"""fit_weights.py LABELLED.jsonl… [--write] [--folds N] [--strength S] [--only PREFIX]

Fits the resolver's weights (schemas/geoparse/weights.tsv) to labelled documents.

The resolver is a conditional logit: a candidate's probability is the exponential of its summed weights over that of all
candidates and of "no known place". The loss is that model's log loss, taken from the confidences that the program itself
gives (in tenths, as kharita eval sums them up) and 1 for every located label that is left open or lost, plus a penalty on
every step away from the weights as they stand, which are the prior: (step / scale)² * strength, with a scale of half the
weight, one at least. Labels are few, so
weights move only where many agree. Search is by coordinates, through the program, so that fitted and used model are one.

Documents are dealt to folds; the figures printed for "held out" are of documents that took no part in their fit. With
--write the fit to all documents replaces the table; without it nothing is changed.

KHARITA names the program (default build/release/bin/kharita).
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("KHARITA", TOP / "build/release/bin/kharita")
TABLE = "schemas/geoparse/weights.tsv"
STEPS = (1.0, 0.4)
PASSES = 2  # over all weights with each step, at most
FLOOR = 1e-3  # the least probability that a loss is taken of


def read_table(file):
    """Lines of the table, and where each weight stands in them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = {}
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) == 3 and cells[0] != "feature":
            rows[cells[0]] = (number, float(cells[1]))
    return lines, rows


def write_table(file, lines, rows, weights):
    lines = list(lines)
    for name, value in weights.items():
        cells = lines[rows[name][0]].split("\t")
        cells[1] = f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{value:.1f}"
        lines[rows[name][0]] = "\t".join(cells)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Model:
    """The program with weights of its own, in a data folder beside the project's."""

    def __init__(self, folder):
        self.data = folder
        (folder / "gazetteer").symlink_to(TOP / "gazetteer")
        compiled = pathlib.Path(PROGRAM).parent.parent / "share" / "kharita" / "gazetteer.kgaz"
        if compiled.exists():  # opens three times as fast as the tables
            (folder / "gazetteer.kgaz").symlink_to(compiled)
        shutil.copytree(TOP / "schemas", folder / "schemas")
        self.lines, self.rows = read_table(folder / TABLE)
        self.cache = {}

    def figures(self, weights, documents):
        write_table(self.data / TABLE, self.lines, self.rows, weights)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.writelines(documents)
            file.flush()
            done = subprocess.run([PROGRAM, "eval", file.name, "--json", "--jobs", "1"], capture_output=True, check=True,
                                  env={**os.environ, "KHARITA_DATA_DIR": str(self.data)})
        return json.loads(done.stdout)

    def loss(self, weights, documents):
        key = (tuple(sorted(weights.items())), id(documents))
        if key not in self.cache:
            mentions = self.figures(weights, documents)["mentions"]
            total = 0.0
            for one in mentions["calibration"]["bins"]:
                sure = min(max(one["confidence"], FLOOR), 1 - FLOOR)
                right, of = one["accuracy"]["right"], one["accuracy"]["of"]
                total -= right * math.log(sure) + (of - right) * math.log(1 - sure)
            share = mentions["resolved"]["right_of_labelled"]
            open_places = share["of"] - share["right"]
            self.cache[key] = total + open_places  # a place left open or lost costs as much as a confidence of 0.37
        return self.cache[key]


def fit(model, prior, names, documents, strength):
    weights = dict(prior)

    def penalised(candidate):
        penalty = sum(((candidate[n] - prior[n]) / max(1.0, abs(prior[n]) / 2)) ** 2 for n in names)
        return model.loss(candidate, documents) + strength * penalty

    best = penalised(weights)
    for step in STEPS:
        for _ in range(PASSES):
            moved = False
            for name in names:
                for change in (step, -step):
                    candidate = {**weights, name: weights[name] + change}
                    if name in ("place_temperature", "place_margin") and not 0.3 <= candidate[name] <= 3:
                        continue
                    value = penalised(candidate)
                    if value < best - 1e-6:
                        weights, best, moved = candidate, value, True
                        break
            if not moved:
                break
    return weights


def say(title, figures):
    mentions = figures["mentions"]
    resolved, small = mentions["resolved"], mentions["resolved_small"]
    print(f"{title:<10} right of labelled {resolved['right_of_labelled']['value']:.3f}, "
          f"of said {resolved['right_of_said']['value']:.3f}, small {small['right_of_labelled']['value']:.3f}, "
          f"calibration error {mentions['calibration']['expected_error']:.3f}", flush=True)


def merged(all_figures):
    """Shares of several folds, added up."""
    first = all_figures[0]
    if isinstance(first, dict) and set(first) == {"value", "right", "of"}:
        right, of = (sum(each[key] for each in all_figures) for key in ("right", "of"))
        return {"value": right / of if of else 0, "right": right, "of": of}
    return {key: merged([each[key] for each in all_figures]) for key in first}


def held_out(model, prior, names, documents, folds, strength):
    parts = []
    errors, points = 0.0, 0
    for fold in range(folds):
        training = [d for i, d in enumerate(documents) if i % folds != fold]
        rest = [d for i, d in enumerate(documents) if i % folds == fold]
        figures = model.figures(fit(model, prior, names, training, strength), rest)["mentions"]
        parts.append({key: figures[key] for key in ("resolved", "resolved_small")})
        said = figures["resolved"]["right_of_said"]["of"]
        errors += figures["calibration"]["expected_error"] * said
        points += said
    say("held out", {"mentions": {**merged(parts), "calibration": {"expected_error": errors / max(1, points)}}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--write", action="store_true", help="replace the table by the fit to all documents")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=0.5, help="of the prior")
    parser.add_argument("--only", default="place_", help="fit the weights whose names begin so")
    options = parser.parse_args()
    documents = []
    for file in options.labelled:
        with open(file, encoding="utf-8") as lines:
            documents += [line for line in lines if line.strip()]
    if not documents:
        sys.exit("no documents")
    with tempfile.TemporaryDirectory(prefix="kharita-fit-") as folder:
        model = Model(pathlib.Path(folder))
        prior = {name: value for name, (_, value) in model.rows.items()}
        names = [name for name in prior if name.startswith(options.only)]
        say("before", model.figures(prior, documents))
        if options.folds > 1:
            held_out(model, prior, names, documents, min(options.folds, len(documents)), options.strength)
        weights = fit(model, prior, names, documents, options.strength)
        say("fitted", model.figures(weights, documents))
        for name in names:
            if weights[name] != prior[name]:
                print(f"{name}\t{prior[name]}\t{weights[name]}")
        if options.write:
            write_table(TOP / TABLE, model.lines, model.rows, weights)


if __name__ == "__main__":
    main()
