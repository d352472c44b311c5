"""What an update of tiles costs beside a full build: one feature in a hundred changes, close together."""
import collections
import heapq
import itertools
import json
import math
import multiprocessing
import random
import re
import subprocess


def place_of(line):
    lon, lat = line[line.rindex("[") + 1:line.rindex("]")].split(",")
    return float(lon), float(lat)


def tiles_of(places):
    """How many tiles of z0-12 hold any of them."""
    deepest = set()
    for lon, lat in places:
        y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
        deepest.add((int((lon / 360 + 0.5) * 4096), int(y * 4096)))
    return sum(len({(x >> up, y >> up) for x, y in deepest}) for up in range(13))


def changed_points(source, count):
    """Points nearest to one place, moved a little, one dead more: a place round which points lie so dense that 3 % of
    the tiles hold any of these."""
    with open(source, encoding="utf-8") as file:
        places = [place_of(line) for line in file]
    cells = collections.Counter((int(lon * 10), int(lat * 10)) for lon, lat in places)
    by_density = sorted(cells, key=lambda cell: (cells[cell], cell))
    wanted = 0.03 * tiles_of(places)
    first, last = 0, len(by_density) - 1
    best = None
    while first <= last:
        cell = (first + last) // 2
        x, y = ((each + 0.5) / 10 for each in by_density[cell])
        nearest = heapq.nsmallest(count, ((max(abs(lon - x), abs(lat - y)), number)
                                          for number, (lon, lat) in enumerate(places)))
        touched = tiles_of(places[number] for _, number in nearest)
        if best is None or abs(touched - wanted) < best[0]:
            best = abs(touched - wanted), {number for _, number in nearest}
        first, last = (cell + 1, last) if touched > wanted else (first, cell - 1)
    with open(source, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number in best[1]:
                feature = json.loads(line)
                feature["properties"]["fatalities"] += 1
                feature["geometry"]["coordinates"][0] += 0.00001
                yield feature


def changed_polygons(source, count):
    """Neighbours whose common borders are drawn anew, and which change hands."""
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
        feature["properties"]["holder"] = "G"
        yield feature


def changed_lines(source, count):
    """Lines of which a stretch is drawn anew."""
    with open(source, encoding="utf-8") as file:
        features = [json.loads(line) for line in file]
    rng = random.Random(4)
    for feature in features[len(features) // 2:][:count]:
        for at in feature["geometry"]["coordinates"][0][300:370]:
            at[:] = [round(at[0] + rng.uniform(-1e-3, 1e-3), 6), round(at[1] + rng.uniform(-1e-3, 1e-3), 6)]
        yield feature


CHANGES = {"thinned": changed_points, "polygons": changed_polygons, "lines": changed_lines}


def write_changes(kind, source, count, changes, after):
    """What changes, and all features as they are then."""
    changed = {feature["id"]: feature for feature in CHANGES[kind](source, count)}

    def line(feature):
        return json.dumps(feature, separators=(",", ":"), ensure_ascii=False) + "\n"

    changes.write_text("".join(map(line, changed.values())), encoding="utf-8")
    with open(source, encoding="utf-8") as old, open(after, "w", encoding="utf-8") as new:
        for text in old:
            number = json.loads(text[:40].split('"id":')[1].split(",")[0])
            new.write(line(changed[number]) if number in changed else text)


def measure(run, program, kind, source, count, runs, folder):
    """Prints a row; `run(command)` answers a Run."""
    changes, after = folder / f"{kind}_changes.geojsonl", folder / f"{kind}_after.geojsonl"
    # In a process of its own: programs are charged for the memory of the process that starts them.
    writer = multiprocessing.Process(target=write_changes, args=(kind, source, max(1, count // 100), changes, after))
    writer.start()
    writer.join()
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
    said = subprocess.run([program, *options[1:], archives[1], changes, "--update", archives[0]], check=True,
                          capture_output=True, text=True).stderr
    made, tiles = (int(re.search(rf"(\d+) {words}", said)[1]) for words in ("tiles made again", "tiles, "))
    print(f"\n{kind}: {max(1, count // 100):,} features change, {made} of {tiles} tiles ({100 * made / tiles:.1f} %): "
          f"update {update:.3f} CPU s, full build {full:.3f}, {100 * update / full:.1f} %; "
          f"{'the same bytes' if same else 'OTHER BYTES'}", flush=True)
    after.unlink()
