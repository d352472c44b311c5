#!/usr/bin/python3
"""Shapes at the edge of what can be tiled: each is in the tiles, or set aside with its line and the reason."""
import json

import kharita

LINES = [
    ('null', None, "a null geometry"),
    ('collection', {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [36, 35]}]},
     "a GeometryCollection"),
    ('empty line', {"type": "LineString", "coordinates": []}, "a line of 0 positions"),
    ('empty polygon', {"type": "Polygon", "coordinates": []}, "a ring of 0 positions"),
    ('one position', {"type": "LineString", "coordinates": [[36, 35]]}, "a line of 1 positions"),
    ('twice the same', {"type": "LineString", "coordinates": [[36, 35], [36, 35]]}, "too few positions"),
    ('flat ring', {"type": "Polygon", "coordinates": [[[36, 35], [37, 36], [36, 35]]]}, "a ring of 3 positions"),
    ('too far', {"type": "Point", "coordinates": [200, 35]}, "not within"),
    ('text', {"type": "Point", "coordinates": ["36", "35"]}, "no number"),
    ('with height', {"type": "Point", "coordinates": [36, 35, 812.5]}, None),
    ('with height and measure', {"type": "Point", "coordinates": [36.5, 35, 1, 2]}, None),
    ('line with heights', {"type": "LineString", "coordinates": [[36, 35, 1], [37, 36, 2]]}, None),
    ('north pole', {"type": "Point", "coordinates": [0, 90]}, None),
    ('antimeridian', {"type": "Point", "coordinates": [180, 0]}, None),
    ('both sides', {"type": "MultiLineString", "coordinates": [[[170, 10], [180, 10]], [[-180, 10], [-170, 10]]]}, None),
]


class TileEdges(kharita.Case):
    def test_each_is_tiled_or_set_aside_with_a_reason(self):
        lines = [json.dumps({"type": "Feature", "id": number, "properties": {"name": name}, "geometry": geometry})
                 for number, (name, geometry, _) in enumerate(LINES, start=1)]
        number = len(lines)
        for value in ("NaN", "1e400"):  # what is no JSON number; lines of their own, counted on
            lines.append('{"type":"Feature","id":99,"properties":{},"geometry":'
                         '{"type":"Point","coordinates":[%s,35]}}' % value)
        (self.work / "edges.geojsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        said = self.run_program("tile", "edges.geojsonl", "-o", "edges.pmtiles", "--maxzoom", 4, status=3).stderr
        found = set()
        for line in self.run_program("archive", "ls", "edges.pmtiles").stdout.splitlines():
            tile = line.split()[0]
            if tile.startswith("4/"):
                text = self.run_program("archive", "cat", "edges.pmtiles", tile).stdout
                found |= {feature["properties"]["name"] for feature in json.loads(text)["features"]}
        self.assertEqual({name for name, _, reason in LINES if reason is None}, found)
        for at, (name, _, reason) in enumerate(LINES, start=1):
            if reason:
                self.assertTrue(any(reason in line and (f"edges.geojsonl:{at}:" in line or f"feature {at}:" in line)
                                    for line in said.splitlines()), (name, said))
        for at in (number + 1, number + 2):
            self.assertIn(f"edges.geojsonl:{at}:", said)

    def test_nothing_to_tile(self):
        (self.work / "none.geojson").write_text('{"type":"FeatureCollection","features":[]}', encoding="utf-8")
        self.run_program("tile", "none.geojson", "-o", "none.pmtiles", status=1)
        self.assertFalse((self.work / "none.pmtiles").exists())


def events(count, shift=0.0):
    return [{"type": "Feature", "id": number, "geometry": {"type": "Point", "coordinates": [
        round(36 + number * 37 % 101 / 40 + shift, 6), round(34 + number * 53 % 97 / 35, 6)]},
        "properties": {"code": f"E{number}", "killed": number % 5, "kind": ("blast", "raid")[number % 2]}}
        for number in range(1, count + 1)]


class TilePeriods(kharita.Case):
    def test_an_archive_for_each_month(self):
        lines = []
        for number, day in enumerate(("2019-08-31", "2020-02-03", "2019-08-01T10:00", None, "2019-13-01", "2020-02-29"), 1):
            properties = {"when": day} if day else {}
            shape = {"type": "Point", "coordinates": [36 + number, 35]} if number != 2 else {
                "type": "Polygon", "coordinates": [[[36, 35], [38, 35], [38, 36], [36, 35]]]}
            lines.append(json.dumps({"type": "Feature", "id": number, "properties": properties, "geometry": shape}))
        (self.work / "a.geojsonl").write_text("\n".join(lines), encoding="utf-8")
        self.run_program("tile", "a.geojsonl", "-o", "out", "--maxzoom", 3, "--period", "month", "--period-by", "when")
        listed = json.loads((self.work / "out/periods.json").read_text())["archives"]
        self.assertEqual([("2019-08", "2019-08-01", "2019-08-31", 2), ("2020-02", "2020-02-01", "2020-02-29", 2),
                          ("undated", None, None, 2)],
                         [(each["period"], each["from"], each["to"], each["features"]) for each in listed])
        ids = {}
        for each in listed:
            ids[each["period"]] = set()
            for line in self.run_program("archive", "ls", "out/" + each["file"]).stdout.splitlines():
                if line.startswith("3/"):
                    text = self.run_program("archive", "cat", "out/" + each["file"], line.split()[0]).stdout
                    ids[each["period"]] |= {feature["id"] for feature in json.loads(text)["features"]}
        self.assertEqual({"2019-08": {1, 3}, "2020-02": {2, 6}, "undated": {4, 5}}, ids)
        self.run_program("tile", "a.geojsonl", "-o", "years", "--period", "year", "--period-by", "when")
        self.assertEqual({"2019.pmtiles", "2020.pmtiles", "undated.pmtiles", "periods.json"},
                         {file.name for file in (self.work / "years").iterdir()})
        before = {file.name: file.read_bytes() for file in (self.work / "years").iterdir()}
        said = self.run_program("tile", "a.geojsonl", "-o", "years", "--period", "year", "--period-by", "when", "--force",
                                "--previous", "years").stderr
        self.assertRegex(said, r"years/2019\.pmtiles: [1-9]\d* tiles are as they were")
        self.assertEqual(before, {file.name: file.read_bytes() for file in (self.work / "years").iterdir()})
        for other in (("--updatable",), ("--update", "years/2019.pmtiles")):
            said = self.run_program("tile", "a.geojsonl", "-o", "other", "--period", "year", *other, status=2).stderr
            self.assertIn("--period", said)


class TileUpdate(kharita.Case):
    def write(self, name, features):
        (self.work / name).write_text("".join(json.dumps(feature) + "\n" for feature in features), encoding="utf-8")

    def tile(self, *arguments, **options):
        return self.run_program("tile", "--layer", "events", "--rank", "killed", "--maxzoom", 9, *arguments, **options)

    def setUp(self):
        super().setUp()
        self.before = events(900)
        self.write("before.geojsonl", self.before)

    def test_an_updated_archive_is_that_of_a_full_build(self):
        for folder in ("updated", "full"):
            (self.work / folder).mkdir()
        for form in ("tiles.pmtiles", "tiles.mbtiles"):
            self.tile("before.geojsonl", "-o", form, "--updatable")
            moved = events(40, shift=0.003)
            fresh = [{**feature, "id": feature["id"] + 5000} for feature in events(15, shift=0.1)]
            self.write("changes.geojsonl", moved + fresh)
            (self.work / "removed.txt").write_text("100\n200\n7777\n", encoding="utf-8")
            self.write("after.geojsonl", moved + [each for each in self.before[40:] if each["id"] not in (100, 200)] + fresh)
            said = self.tile("changes.geojsonl", "--update", form, "--removed", "removed.txt", "-o", f"updated/{form}").stderr
            self.assertIn("15 features new, 40 changed, 2 gone", said)
            self.tile("after.geojsonl", "-o", f"full/{form}", "--updatable")
            for name in (form, form + ".index"):
                self.assertEqual((self.work / "full" / name).read_bytes(), (self.work / "updated" / name).read_bytes(), name)

    def test_polygons_that_share_borders_and_lines(self):
        def cell(x, y, dent=0.0):  # two rows of five; the border between 3 and 4 may be dented, in both
            def corner(a, b):
                return [36 + a, 34 + b]

            left = [36 + x + (dent if x == 3 and y == 0 else 0), 34.5 + y]
            right = [37 + x + (dent if x == 2 and y == 0 else 0), 34.5 + y]
            ring = [corner(x, y), corner(x + 1, y), right, corner(x + 1, y + 1), corner(x, y + 1), left, corner(x, y)]
            return {"type": "Feature", "id": 10 * y + x + 1, "properties": {"name": f"cell {x} {y}"},
                    "geometry": {"type": "Polygon", "coordinates": [ring]}}

        def line(number, bend):
            return {"type": "Feature", "id": number, "properties": {"day": number}, "geometry": {
                "type": "LineString", "coordinates": [[36 + i / 7, round(34 + number / 9 + (bend if i == 20 else 0), 6)]
                                                      for i in range(36)]}}

        sets = {"cells": ([cell(x, y) for x in range(5) for y in range(2)], [cell(2, 0, 0.2), cell(3, 0, 0.2)]),
                "lines": ([line(number, 0) for number in range(1, 30)], [line(7, 0.05), line(40, 0)])}
        for folder in ("updated", "full"):
            (self.work / folder).mkdir(exist_ok=True)
        for name, (before, changes) in sets.items():
            ids = {each["id"] for each in changes} | {1}
            self.write(f"{name}_before.geojsonl", before)
            self.write(f"{name}_changes.geojsonl", changes)
            self.write(f"{name}_after.geojsonl", [each for each in reversed(before) if each["id"] not in ids] + changes)
            (self.work / "removed.txt").write_text("1\n", encoding="utf-8")
            options = ("--layer", name, "--maxzoom", 9)
            self.run_program("tile", f"{name}_before.geojsonl", "-o", f"{name}.pmtiles", "--updatable", *options)
            said = self.run_program("tile", f"{name}_changes.geojsonl", "--update", f"{name}.pmtiles", "--removed",
                                    "removed.txt", "-o", f"updated/{name}.pmtiles", *options).stderr
            self.assertIn("1 gone", said)
            self.run_program("tile", f"{name}_after.geojsonl", "-o", f"full/{name}.pmtiles", *options)
            self.assertEqual((self.work / f"full/{name}.pmtiles").read_bytes(),
                             (self.work / f"updated/{name}.pmtiles").read_bytes(), name)

    def test_a_damaged_index_is_named(self):
        self.tile("before.geojsonl", "-o", "a.pmtiles", "--updatable")
        index = bytearray((self.work / "a.pmtiles.index").read_bytes())
        index[len(index) // 2] ^= 1
        (self.work / "a.pmtiles.index").write_bytes(index)
        said = self.tile("before.geojsonl", "--update", "a.pmtiles", "-o", "b.pmtiles", status=1).stderr
        self.assertRegex(said, "index: .*is damaged")
        (self.work / "a.pmtiles.index").write_bytes(b"KHRTIDX1" + bytes(64))
        said = self.tile("before.geojsonl", "--update", "a.pmtiles", "-o", "b.pmtiles", status=1).stderr
        self.assertIn("not one of this program's version", said)

    def test_what_cannot_be_updated(self):
        self.tile("before.geojsonl", "-o", "a.pmtiles")
        said = self.tile("before.geojsonl", "--update", "a.pmtiles", "-o", "b.pmtiles", status=1).stderr
        self.assertIn("a.pmtiles.index: is missing", said)
        self.tile("before.geojsonl", "-o", "c.pmtiles", "--updatable")
        said = self.tile("before.geojsonl", "--update", "c.pmtiles", "-o", "d.pmtiles", "--all-points", status=1).stderr
        self.assertIn("was made with other settings", said)
        (self.work / "c.pmtiles").write_bytes((self.work / "a.pmtiles").read_bytes())
        self.tile("before.geojsonl", "--update", "c.pmtiles", "-o", "d.pmtiles")  # the same tiles
        self.tile("--removed", "before.geojsonl", "-o", "e.pmtiles", status=2)

    def test_little_memory_and_another_compression(self):
        self.write("many.geojsonl", events(40_000))
        self.tile("many.geojsonl", "-o", "a.pmtiles")
        self.run_program("tile", "--layer", "events", "--rank", "killed", "--maxzoom", 9, "many.geojsonl", "-o",
                         "b/a.pmtiles", "--memory", 16, status=1)  # no such folder
        (self.work / "b").mkdir()
        self.tile("many.geojsonl", "-o", "b/a.pmtiles", "--memory", 16)
        self.assertEqual((self.work / "a.pmtiles").read_bytes(), (self.work / "b/a.pmtiles").read_bytes())
        self.assertEqual(["a.pmtiles"], [file.name for file in (self.work / "b").iterdir()])
        self.tile("many.geojsonl", "-o", "z.pmtiles", "--zstd")
        self.run_program("archive", "diff", "a.pmtiles", "z.pmtiles")
        self.run_program("archive", "convert", "z.pmtiles", "-o", "again.pmtiles")
        self.run_program("archive", "diff", "a.pmtiles", "again.pmtiles")


if __name__ == "__main__":
    kharita.main()
