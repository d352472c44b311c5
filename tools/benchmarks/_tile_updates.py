"""What an update of tiles costs beside a full build: one feature in a hundred changes, close together."""
import itertools
import json
import random


def changed_points(source, count):
    """Points nearest to the middle of the map, moved a little, one dead more."""
    def place(line):
        lon, lat = line[line.rindex("[") + 1:line.rindex("]")].split(",")
        return max(abs(float(lon) - 38.9), abs(float(lat) - 35.2))

    with open(source, encoding="utf-8") as file:
        away = sorted((place(line), number) for number, line in enumerate(file))[:count]
    numbers = {number for _, number in away}
    with open(source, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number in numbers:
                feature = json.loads(line)
                feature["properties"]["fatalities"] += 1
                feature["geometry"]["coordinates"][0] += 0.00001
                yield feature


def changed_polygons(source, count):
    """Neighbours whose common borders are drawn anew."""
    with open(source, encoding="utf-8") as file:
        features = [json.loads(line) for line in file]
    middle = len(features) // 2
    changed, others = features[middle:middle + count], features[:middle] + features[middle + count:]
    fixed = {tuple(at) for feature in others for ring in feature["geometry"]["coordinates"] for at in ring}
    times = {}
    for at in itertools.chain.from_iterable(feature["geometry"]["coordinates"][0][1:] for feature in changed):
        times[tuple(at)] = times.get(tuple(at), 0) + 1
    rng = random.Random(3)
    moved = {at: [round(at[0] + rng.uniform(-1e-5, 1e-5), 7), round(at[1] + rng.uniform(-1e-5, 1e-5), 7)]
             for at, number in times.items() if number == 2 and at not in fixed}
    for feature in changed:
        rings = feature["geometry"]["coordinates"]
        rings[0] = [moved.get(tuple(at), at) for at in rings[0]]
        yield feature


def changed_lines(source, count):
    """Lines of which a stretch is drawn anew."""
    with open(source, encoding="utf-8") as file:
        features = [json.loads(line) for line in file]
    rng = random.Random(4)
    for feature in features[len(features) // 2:][:count]:
        for at in feature["geometry"]["coordinates"][0][300:340]:
            at[:] = [round(at[0] + rng.uniform(-1e-3, 1e-3), 6), round(at[1] + rng.uniform(-1e-3, 1e-3), 6)]
        yield feature


CHANGES = {"thinned": changed_points, "polygons": changed_polygons, "lines": changed_lines}


def measure(run, program, kind, source, count, runs, folder):
    """Prints a row; `run(command)` answers a Run."""
    changes, after = folder / f"{kind}_changes.geojsonl", folder / f"{kind}_after.geojsonl"
    changed = {feature["id"]: feature for feature in CHANGES[kind](source, max(1, count // 100))}

    def line(feature):
        return json.dumps(feature, separators=(",", ":"), ensure_ascii=False) + "\n"

    changes.write_text("".join(map(line, changed.values())), encoding="utf-8")
    with open(source, encoding="utf-8") as old, open(after, "w", encoding="utf-8") as new:
        for text in old:
            number = json.loads(text[:40].split('"id":')[1].split(",")[0])
            new.write(line(changed[number]) if number in changed else text)
    archives = [folder / place / f"{kind}.pmtiles" for place in ("before", "updated", "after")]
    for archive in archives:
        archive.parent.mkdir(exist_ok=True)
    options = ["-q", "tile", "--layer", kind, "--jobs", "1", "--force", "-o"]
    run([program, *options, archives[0], source, "--updatable"])
    full, update = [], []
    for _ in range(runs):
        full.append(run([program, *options, archives[2], after]).cpu)
        update.append(run([program, *options, archives[1], changes, "--update", archives[0]]).cpu)
    full, update = sorted(full)[runs // 2], sorted(update)[runs // 2]
    same = archives[1].read_bytes() == archives[2].read_bytes()
    print(f"\n{kind}: {len(changed):,} features changed: update {update:.2f} CPU s, full build {full:.2f}, "
          f"{100 * update / full:.1f} %; {'the same bytes' if same else 'OTHER BYTES'}", flush=True)
    after.unlink()
