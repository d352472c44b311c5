"""Workloads for tiles, the same on every machine: random.Random is specified, and nothing else is random."""
import datetime
import itertools
import json
import math
import random

PARTS_1 = [("Tell", "تل"), ("Khirbat", "خربة"), ("Ayn", "عين"), ("Kafr", "كفر"), ("Deir", "دير"), ("Wadi", "وادي")]
PARTS_2 = [("al-Karm", "الكرم"), ("al-Bir", "البئر"), ("as-Sakhr", "الصخر"), ("al-Lawz", "اللوز"), ("at-Tin", "التين"),
           ("al-Jisr", "الجسر"), ("ash-Sharq", "الشرق"), ("al-Gharb", "الغرب")]
TYPES = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
         "Strategic developments"]
SUB_TYPES = [f"{kind}, {how}" for kind in ("Armed clash", "Shelling", "Air strike", "Mine", "Looting")
             for how in ("confirmed", "reported", "claimed", "disputed", "by several sources")]
ACTORS = [f"{who} {where}" for who in ("Army", "Police", "Rebels", "Militia", "Civilians", "Protesters", "Guards", "Unknown")
          for where in ("of the north", "of the south", "of the river", "of the coast", "of the desert", "abroad", "of the hills")]


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def towns(count):
    """(name, Arabic name, lon, lat, weight): few large ones, many small ones round them."""
    rng = random.Random(7)
    result = []
    for i in range(count):
        first, second = PARTS_1[rng.randrange(len(PARTS_1))], PARTS_2[rng.randrange(len(PARTS_2))]
        if i < 30:
            lon, lat, weight = rng.uniform(35.9, 42.0), rng.uniform(32.6, 37.1), rng.uniform(10, 90)
        else:
            centre = result[rng.randrange(30)]
            away = 0.04 * math.exp(rng.gauss(0.6, 0.7))
            angle = rng.random() * 2 * math.pi
            lon, lat = centre[2] + away * 1.2 * math.cos(angle), centre[3] + away * math.sin(angle)
            weight = centre[4] * 0.5 / (1 + rng.random() * 9)
        result.append((f"{first[0]} {second[0]} {i}", f"{first[1]} {second[1]}", round(lon, 4), round(lat, 4), weight))
    return result


def write_events(file, count):
    """Points with 13 attributes; a quarter of them exactly on one of 300 towns, the others round them."""
    rng = random.Random(20240101)
    places = towns(300)
    weights = list(itertools.accumulate(town[4] for town in places))
    numbers = range(len(places))
    first_day = datetime.date(2011, 3, 15)
    days = [(first_day + datetime.timedelta(day)).isoformat() for day in range(5000)]
    fixed = [f'"admin1":"A{i % 14 + 1:02d}","admin2":"District {i * 37 % 65 + 1}","place":{quoted(town[0])},'
             f'"place_ar":{quoted(town[1])}' for i, town in enumerate(places)]
    types, sub_types, actors = ([quoted(each) for each in names] for names in (TYPES, SUB_TYPES, ACTORS))
    with open(file, "w", encoding="utf-8") as out:
        for i in range(count):
            k = rng.choices(numbers, cum_weights=weights)[0]
            lon, lat = places[k][2:4]
            precision = 2
            if rng.random() >= 0.25:
                away = min(0.45, math.exp(rng.gauss(-4.4, 0.9)))
                angle = rng.random() * 2 * math.pi
                lon, lat = round(lon + away * 1.22 * math.cos(angle), 6), round(lat + away * math.sin(angle), 6)
                precision = 1
            killed = 0 if rng.random() < 0.62 else min(250, int(rng.expovariate(0.28)) + 1)
            out.write(
                f'{{"type":"Feature","id":{i + 1},"properties":{{"event_id":"EV{i + 1}","event_date":"{days[int(len(days) * rng.betavariate(2.2, 2.4))]}",'
                f'"event_type":{types[min(5, int(rng.expovariate(0.7)))]},"sub_event_type":{sub_types[rng.randrange(25)]},'
                f'"actor1":{actors[min(55, int(rng.expovariate(0.09)))]},"actor2":{actors[rng.randrange(56)]},{fixed[k]},'
                f'"fatalities":{killed},"geo_precision":{precision},"source_hash":"{rng.getrandbits(64):016x}"}},'
                f'"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}\n')


def noise(count, rng, size, decay):
    """Values at count + 1 places (count a power of two), rough at every scale."""
    values = [0.0] * (count + 1)
    step = count
    while step > 1:
        half = step // 2
        for i in range(half, count, step):
            values[i] = (values[i - half] + values[i + half]) / 2 + rng.gauss(0, size)
        step, size = half, size * decay
    return values


def write_lines(file, count):
    """Frontlines of `count` days: three parts of 1,200, 500 and 300 vertices that move slowly."""
    spans = ((36.2, 41.9, 36.45, 1200), (36.3, 38.2, 35.6, 500), (38.0, 40.9, 35.3, 300))
    rough = [noise(2048, random.Random(1000 + part), 0.03, 0.55) for part in range(3)]
    with open(file, "w", encoding="utf-8") as out:
        for day in range(count):
            parts = []
            for part, (west, east, south, vertices) in enumerate(spans):
                phase = part * 1.7 + day * 0.006
                line = []
                for i in range(vertices):
                    t = i / (vertices - 1)
                    lon = west + (east - west) * t + 0.05 * math.sin(37 * t + phase) + 0.012 * math.sin(151 * t + 2 * phase)
                    lat = (south + 0.0008 * day + 0.2 * math.sin(6.3 * t + phase) + 0.06 * math.sin(29 * t - phase)
                           + 0.02 * math.cos(120 * t + phase) + rough[part][int(t * 2048)])
                    line.append([round(lon, 6), round(lat, 6)])
                parts.append(line)
            date = (datetime.date(2016, 1, 1) + datetime.timedelta(16 * day)).isoformat()
            feature = {"type": "Feature", "id": day + 1,
                       "properties": {"date": date, "number": day, "side_a": f"side {day % 4}", "side_b": f"side {(day + 1) % 4}",
                                      "state": ("active", "frozen", "contested")[day % 3]},
                       "geometry": {"type": "MultiLineString", "coordinates": parts}}
            out.write(json.dumps(feature, separators=(",", ":")) + "\n")


class Partition:
    """columns × rows polygons that fill a strip along a border; neighbours have the very same vertices."""

    def __init__(self, columns, rows):
        self.west, self.south, east, north = 36.0, 36.0, 42.3, 37.2
        self.width, self.height = (east - self.west) / columns, (north - self.south) / rows
        self.columns, self.rows = columns, rows
        rng = random.Random(11)
        self.corner = {}
        for c in range(columns + 1):
            for r in range(rows + 1):
                self.corner[c, r] = (
                    self.west + c * self.width + (rng.uniform(-0.04, 0.04) * self.width if 0 < c < columns else 0),
                    self.south + r * self.height + (rng.uniform(-0.04, 0.04) * self.height if 0 < r < rows else 0))
        self.known = {}

    def edge(self, a, b):
        if b < a:
            return self.edge(b, a)[::-1]
        if (a, b) not in self.known:
            rng = random.Random(a[0] * 1000003 + a[1] * 10007 + b[0] * 101 + b[1])
            count = rng.choice((256, 512, 512, 1024, 2048))
            offsets = noise(count, rng, 0.10, 0.58)
            (ax, ay), (bx, by) = self.corner[a], self.corner[b]
            dx, dy = bx - ax, by - ay
            line = []
            for i in range(count + 1):
                t = i / count
                most = min(0.55 * min(t, 1 - t), 0.2)
                off = max(-most, min(most, offsets[i]))
                if 0 < i < count and abs(off) == most:
                    off *= 0.999 - 0.05 * rng.random()
                line.append([round(ax + dx * t - dy * off, 7), round(ay + dy * t + dx * off, 7)])
            self.known[a, b] = line
        return self.known[a, b]

    def rings(self, c, r, number):
        a, b, d, e = (c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)
        outer = self.edge(a, b)[:-1] + self.edge(b, d)[:-1] + self.edge(d, e)[:-1] + self.edge(e, a)
        rng = random.Random(5000 + number)
        lon = sum(self.corner[each][0] for each in (a, b, d, e)) / 4
        lat = sum(self.corner[each][1] for each in (a, b, d, e)) / 4
        rings = [outer]
        for hole in range(rng.choice((0, 0, 1, 2, 3))):
            middle = (lon + (-0.08, 0.08, -0.08)[hole] * self.width, lat + (-0.08, 0.08, 0.08)[hole] * self.height)
            rings.append(self.hole(middle, rng.choice((48, 96, 256, 512)), rng))
        return rings

    def hole(self, middle, vertices, rng):
        phases = [rng.random() * 6.28 for _ in range(5)]
        ring = []
        for i in range(vertices):
            angle = -2 * math.pi * i / vertices
            away = 0.06 * self.height * (0.75 + 0.05 * sum(math.sin((3 + 4 * m) * angle + phases[m]) for m in range(5)))
            ring.append([round(middle[0] + away * 1.05 * math.cos(angle), 7), round(middle[1] + away * math.sin(angle), 7)])
        return ring + [ring[0]]


def write_polygons(file, count):
    """`count` polygons, ten high, with borders of 256 to 2,048 vertices that neighbours share exactly, and holes."""
    partition = Partition(count // 10, 10)
    with open(file, "w", encoding="utf-8") as out:
        number = 0
        for c in range(partition.columns):
            for r in range(partition.rows):
                feature = {"type": "Feature", "id": number + 1,
                           "properties": {"zone": f"Z{number + 1:04d}", "name": f"Zone {c}-{r}", "name_ar": f"منطقة {number + 1}",
                                          "kind": ("control", "buffer", "contested")[number % 3], "holder": "ABCDEF"[(c // 9 + r // 4) % 6],
                                          "since": f"20{16 + number % 8}-0{1 + number % 9}-01"},
                           "geometry": {"type": "Polygon", "coordinates": partition.rings(c, r, number)}}
                out.write(json.dumps(feature, separators=(",", ":"), ensure_ascii=False) + "\n")
                number += 1
