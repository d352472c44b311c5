#!/usr/bin/env python3
"""fit_sentence_weights.py LABELLED.jsonl REPORTS.jsonl [--write] [--folds N] [--deals N] [--by document|sentence]

Fits the weights by which a sentence is taken to tell an assault or a protest: those of its signs (schemas/event/sentence_weights.tsv)
and those of its words (schemas/event/sentence_words.tsv), to labelled sentences (JSON Lines: id, kind, label, text; "yes" against
"easy no").

The program reads the text: signs and words are what `kharita eval --sentences --json` gives. REPORTS are texts of the same kind (id,
text), labelled by nobody. Words that stand among the same words there get similar weights: each of the --words most frequent has a
vector of --depth numbers, from how much more often than by chance it stands within --window words of each other word (positive
pointwise mutual information, its largest singular vectors). So a few hundred labelled sentences weigh thousands of words.

The model is a logistic regression over signs, the sum of the vectors of a sentence's words over the square root of their number, and
the same of its first words; a word's weight is its vector times the fitted one. The penalty is its strength times the squared weights,
the bias apart; see KINDS for what is particular to each kind. The few protests are told by signs of protest alone: others fit their
chance company. The bias of assaults is moved afterwards to where F1 is best among training sentences held back from the fit, dealt
three times, at a precision of at least 0.89 if that can be had. There are too few protests for that: from a chance of 0.42 a sentence
is taken to tell one, as F1 is greatest where the threshold is half of it (Lipton, Elkan and Narayanaswamy 2014). Figures of a fold are of sentences that took no part in its fit, nor in the choice of its bias;
a document's sentences go to one fold together, unless --by sentence. --deals deals the folds anew and gives the mean as well. With
--write the fit to all sentences replaces the tables. The same input gives the same tables.

Needs numpy. KHARITA names the program (default build/release/bin/kharita).
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess

import numpy as np

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("KHARITA", TOP / "build/release/bin/kharita")
SIGNS = TOP / "schemas/event/sentence_weights.tsv"
WORDS = TOP / "schemas/event/sentence_words.tsv"
# signs: a pattern that the names of signs must hold, scale: of the words against the signs, before the penalty; precision: wanted at
# least; threshold: a chance, where it is not chosen.
Kind = collections.namedtuple("Kind", "signs scale strength precision threshold")
KINDS = {
    "ASSAULT": Kind("", 2.0, 2.5, 0.89, None),
    "PROTEST": Kind("^bias$|protest|crowd|gather|chant|slogan|street|dispers", 1.0, 1.0, None, 0.42),
}
INNER_FOLDS = 7
INNER_DEALS = 3
OPENING_WORDS = 4  # WordWeights::opening_words
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

Data = collections.namedtuple("Data", "features labels documents ids")


def read(file):
    done = subprocess.run([PROGRAM, "eval", "--sentences", "--json", file], capture_output=True, check=True)
    return json.loads(done.stdout)["sentences"]


def word_vectors(texts, options):
    """The most frequent words, and a vector of length one for each."""
    counts = collections.Counter(word for words in texts for word in words)
    chosen = sorted(counts, key=lambda word: (-counts[word], word))[: options.words]
    index = {word: i for i, word in enumerate(chosen)}
    size = len(chosen)
    pairs = np.zeros(size * size)
    for distance in range(1, options.window + 1):
        cells = []
        for words in texts:
            ids = np.array([index.get(word, -1) for word in words])
            left, right = ids[:-distance], ids[distance:]
            both = (left >= 0) & (right >= 0)
            cells.append(left[both] * size + right[both])
        pairs += np.bincount(np.concatenate(cells), minlength=size * size)
    pairs = pairs.reshape(size, size)
    pairs += pairs.T
    # Rare neighbours are surer signs than they should be; a power below one evens them out.
    chance = pairs.sum(axis=0) ** 0.75
    expected = np.outer(pairs.sum(axis=1), chance / chance.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        surprise = np.where(pairs > 0, np.maximum(np.log(pairs / expected), 0), 0)
    # Its largest singular vectors, by subspace iteration from a fixed start.
    block = np.random.RandomState(0).standard_normal((size, options.depth + 20))
    for _ in range(12):
        block, _ = np.linalg.qr(surprise @ (surprise.T @ block))
    left, values, _ = np.linalg.svd(block.T @ surprise, full_matrices=False)
    vectors = ((block @ left) * np.sqrt(values))[:, : options.depth]
    return index, vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def mean_vector(words, index, vectors, scale):
    known = sorted({index[word] for word in words if word in index})
    return scale * vectors[known].sum(axis=0) / np.sqrt(len(known)) if known else np.zeros(vectors.shape[1])


def document_of(sentence_id):
    return re.sub(r"[-_]\d+$", "", re.sub(r"^(assault|protest)-", "", sentence_id))


def features_of(sentence, names, index, vectors, scale):
    signs = [float(name in sentence["signs"]) for name in names]
    words = sentence["words"]
    opening = words[:OPENING_WORDS]
    return np.concatenate([signs, mean_vector(words, index, vectors, scale), mean_vector(opening, index, vectors, scale)])


def data_of(sentences, kind, names, index, vectors):
    chosen = [s for s in sentences if s["kind"] == kind and s["label"] in ("yes", "easy no")]
    return Data(
        np.array([features_of(s, names, index, vectors, KINDS[kind].scale) for s in chosen]),
        np.array([s["label"] == "yes" for s in chosen], dtype=float),
        [document_of(s["id"]) for s in chosen],
        [s["id"] for s in chosen],
    )


def chances(weights, features):
    return 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))


def fit(features, labels, strength):
    """Newton's method; the bias is the first feature."""
    penalty = np.full(features.shape[1], 2 * strength)
    penalty[0] = 1e-9
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = chances(weights, features)
        slope = features.T @ (labels - p) - penalty * weights
        curve = (features * (p * (1 - p))[:, None]).T @ features + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step * min(1.0, 5.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-8:
            break
    return weights


def folds_of(data, number, deal, by):
    """The fold of each sentence, dealt by a hash of its document or its own id."""
    keys = data.documents if by == "document" else data.ids
    order = sorted(set(keys), key=lambda key: hashlib.sha256(f"{deal} {key}".encode()).digest())
    fold = {key: place % number for place, key in enumerate(order)}
    return np.array([fold[key] for key in keys])


def counts(said, labels):
    right = int((said & (labels == 1)).sum())
    return np.array([right, int(said.sum()) - right, int(labels.sum()) - right])


def shares(right, spurious, missed):
    precision = right / (right + spurious) if right + spurious else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / (2 * right + spurious + missed) if right else 0.0


def best_shift(totals, labels, wanted):
    """How far to move the bias: best F1 where the precision wanted is kept."""

    def worth(shift):
        precision, _, f1 = shares(*counts(totals + shift >= 0, labels))
        return (min(precision, wanted), f1) if precision < wanted else (wanted, f1)

    return max((step / 20 for step in range(-60, 61)), key=lambda shift: (worth(shift), -abs(shift)))


def fitted(data, chosen, kind, options):
    features, labels = data.features[chosen], data.labels[chosen]
    weights = fit(features, labels, kind.strength)
    if kind.threshold is not None:
        weights[0] -= np.log(kind.threshold / (1 - kind.threshold))
        return weights
    part = data._replace(documents=[data.documents[i] for i in chosen], ids=[data.ids[i] for i in chosen])
    totals = np.zeros((INNER_DEALS, len(labels)))
    for deal in range(INNER_DEALS):
        folds = folds_of(part, INNER_FOLDS, f"inner {deal}", options.by)
        for fold in range(INNER_FOLDS):
            held = folds == fold
            totals[deal, held] = features[held] @ fit(features[~held], labels[~held], kind.strength)
    weights[0] += best_shift(totals.ravel(), np.tile(labels, INNER_DEALS), kind.precision)
    return weights


def say(title, numbers):
    print("  {:<10} P {:.3f} R {:.3f} F1 {:.3f} ({} right, {} spurious, {} missed)".format(title, *shares(*numbers), *numbers))


def held_out(data, kind, options):
    everywhere = []
    for deal in range(options.deals):
        folds = folds_of(data, options.folds, deal, options.by)
        totals = np.zeros(len(data.labels))
        for fold in range(options.folds):
            held = folds == fold
            totals[held] = data.features[held] @ fitted(data, np.flatnonzero(~held), kind, options)
            if deal == 0:
                say(f"fold {fold + 1}", counts(totals[held] >= 0, data.labels[held]))
        everywhere.append(shares(*counts(totals >= 0, data.labels)))
        if deal == 0:
            say("held out", counts(totals >= 0, data.labels))
            for threshold in THRESHOLDS:
                say(f"from {threshold}", counts(totals >= np.log(threshold / (1 - threshold)), data.labels))
    means = np.mean(everywhere, axis=0)
    spread = np.std(everywhere, axis=0)
    print(f"  {options.deals} deals: P {means[0]:.3f} R {means[1]:.3f} F1 {means[2]:.3f} (deviation {spread[2]:.3f})")


def rounded(value, places):
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write(weights, names, index, vectors):
    lines = SIGNS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] in names["ASSAULT"]:
            places = [names[kind].index(cells[0]) if cells[0] in names[kind] else None for kind in KINDS]
            cells[1:3] = [rounded(weights[kind][at], 2) if at is not None else "0" for kind, at in zip(KINDS, places)]
            lines[number] = "\t".join(cells)
    SIGNS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    depth = vectors.shape[1]
    columns = []
    for part in range(2):
        for kind, how in KINDS.items():
            first = len(names[kind]) + part * depth
            columns.append(how.scale * vectors @ weights[kind][first : first + depth])
    head = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    head.append("word\tassault\tprotest\tassault_opening\tprotest_opening")
    rows = ["\t".join([word, *(rounded(column[index[word]], 2) for column in columns)]) for word in sorted(index)]
    WORDS.write_text("\n".join(head + rows) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled")
    parser.add_argument("reports")
    parser.add_argument("--write", action="store_true", help="replace the tables by the fit to all sentences")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--deals", type=int, default=5)
    parser.add_argument("--by", choices=("document", "sentence"), default="document")
    parser.add_argument("--words", type=int, default=4000)
    parser.add_argument("--window", type=int, default=8)
    parser.add_argument("--depth", type=int, default=50)
    options = parser.parse_args()
    sentences = read(options.labelled)
    index, vectors = word_vectors([text["words"] for text in read(options.reports)], options)
    every = [line.split("\t")[0] for line in SIGNS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    names, weights = {}, {}
    for kind, how in KINDS.items():
        print(kind)
        names[kind] = [name for name in every if re.search(how.signs, name)]
        data = data_of(sentences, kind, names[kind], index, vectors)
        if options.folds > 1:
            held_out(data, how, options)
        weights[kind] = fitted(data, np.arange(len(data.labels)), how, options)
        say("fitted", counts(data.features @ weights[kind] >= 0, data.labels))
    if options.write:
        write(weights, names, index, vectors)


if __name__ == "__main__":
    main()
