#!/usr/bin/env python3
"""fit_sentence_weights.py LABELLED.jsonl [--write] [--folds N] [--strength S]

Fits the weights by which a sentence is taken to tell an assault or a protest (schemas/event/sentence_weights.tsv) to labelled
sentences (JSON Lines: id, kind, label, text; "yes" against "easy no").

The model is a logistic regression over the signs that `kharita eval --sentences --json` gives for each sentence, so the program
itself reads the text. The penalty is S times the squared weights, the bias apart. The bias is moved afterwards to where F1 is
best among training sentences held back from the fit, at a precision of at least --precision if that can be had. Sentences are dealt to folds in
turn; the figures printed for each fold are of sentences that took no part in its fit. With --write the fit to all sentences
replaces the table.

KHARITA names the program (default build/release/bin/kharita).
"""
import argparse
import json
import math
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("KHARITA", TOP / "build/release/bin/kharita")
TABLE = TOP / "schemas/event/sentence_weights.tsv"
KINDS = ("ASSAULT", "PROTEST")
PASSES = 60
INNER_FOLDS = 7


def read_signs(file):
    done = subprocess.run([PROGRAM, "eval", "--sentences", "--json", file], capture_output=True, check=True)
    sentences = {kind: [] for kind in KINDS}
    for each in json.loads(done.stdout)["sentences"]:
        if each["label"] in ("yes", "easy no"):
            sentences[each["kind"]].append((each["signs"], each["label"] == "yes"))
    return sentences


def chance(weights, signs):
    total = sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def fit(sentences, strength):
    """Newton's method, one weight after the other: small and exact enough for a few dozen yes-or-no signs."""
    names = sorted({sign for signs, _ in sentences for sign in signs})
    having = {name: [i for i, (signs, _) in enumerate(sentences) if name in signs] for name in names}
    weights = {name: 0.0 for name in names}
    totals = [0.0] * len(sentences)
    for _ in range(PASSES):
        largest = 0.0
        for name in names:
            cost = 0.0 if name == "bias" else strength
            slope, curve = -2 * cost * weights[name], 2 * cost + 1e-9
            for i in having[name]:
                p = 1 / (1 + math.exp(-max(-30.0, min(30.0, totals[i]))))
                slope += sentences[i][1] - p
                curve += p * (1 - p)
            step = max(-2.0, min(2.0, slope / curve))
            weights[name] += step
            largest = max(largest, abs(step))
            for i in having[name]:
                totals[i] += step
        if largest < 1e-4:
            break
    return weights


def figures(weights, sentences, shift=0.0):
    right = spurious = missed = 0
    for signs, label in sentences:
        said = sum(weights.get(sign, 0.0) for sign in signs) + shift >= 0
        right += said and label
        spurious += said and not label
        missed += label and not said
    return right, spurious, missed


def shares(right, spurious, missed):
    precision = right / (right + spurious) if right + spurious else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / (2 * right + spurious + missed) if right else 0.0


def best_shift(parts, wanted):
    """How far to move the bias: best F1 where the precision wanted is kept. `parts` pair weights with sentences
    that took no part in their fit, so that the shift suits sentences never seen."""
    def worth(shift):
        counts = [sum(column) for column in zip(*(figures(weights, rest, shift) for weights, rest in parts))]
        precision, _, f1 = shares(*counts)
        return (min(precision, wanted), f1) if precision < wanted else (wanted, f1)
    return max((step / 10 for step in range(-20, 21)), key=lambda shift: (worth(shift), -abs(shift)))


def fitted(sentences, options):
    parts = []
    for fold in range(INNER_FOLDS):
        training = [s for i, s in enumerate(sentences) if i % INNER_FOLDS != fold]
        rest = [s for i, s in enumerate(sentences) if i % INNER_FOLDS == fold]
        parts.append((fit(training, options.strength), rest))
    weights = fit(sentences, options.strength)
    weights["bias"] += best_shift(parts, options.precision)
    return weights


def say(title, counts):
    print("  {:<9} P {:.3f} R {:.3f} F1 {:.3f} ({} right, {} spurious, {} missed)".format(title, *shares(*counts), *counts))


def held_out(sentences, options):
    total = [0, 0, 0]
    f1 = 0.0
    for fold in range(options.folds):
        training = [s for i, s in enumerate(sentences) if i % options.folds != fold]
        rest = [s for i, s in enumerate(sentences) if i % options.folds == fold]
        counts = figures(fitted(training, options), rest)
        say(f"fold {fold + 1}", counts)
        total = [a + b for a, b in zip(total, counts)]
        f1 += shares(*counts)[2]
    say("held out", total)
    print(f"  mean F1 of folds {f1 / options.folds:.3f}")


def write(weights):
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if line.startswith("#") or len(cells) != 4 or cells[0] == "sign":
            continue
        for column, kind in enumerate(KINDS, start=1):
            value = weights[kind].get(cells[0], 0.0)
            cells[column] = f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0") if abs(value) < 0.005 else f"{value:.2f}"
        lines[number] = "\t".join(cells)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled")
    parser.add_argument("--write", action="store_true", help="replace the table by the fit to all sentences")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--strength", type=float, default=2.2, help="of the penalty on weights")
    parser.add_argument("--precision", type=float, default=0.5, help="wanted at least")
    options = parser.parse_args()
    sentences = read_signs(options.labelled)
    weights = {}
    for kind in KINDS:
        print(kind)
        if options.folds > 1:
            held_out(sentences[kind], options)
        weights[kind] = fitted(sentences[kind], options)
        say("fitted", figures(weights[kind], sentences[kind]))
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
