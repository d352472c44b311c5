"""What an update of tiles costs beside a full build: one feature in a hundred changes, close together."""
import json


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


CHANGES = {"thinned": changed_points}


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
