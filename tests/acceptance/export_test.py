#!/usr/bin/python3
"""Exports through GDAL, read back by GDAL's own programs: GeoPackage, FlatGeobuf, CSV, XLSX; what changed since a build."""
import contextlib
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import unittest

import kharita


@unittest.skipUnless(shutil.which("ogrinfo"), "GDAL's programs are not there")
class Export(kharita.Case):
    def setUp(self):
        super().setUp()
        self.database = kharita.BUILT / "events.sqlite"
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            self.events = connection.execute("SELECT count(*) FROM map_event WHERE geom IS NOT NULL").fetchone()[0]

    def export(self, name, *arguments, **options):
        self.run_program("export", self.database, "-o", self.work / name, *arguments, **options)
        return self.work / name

    def layers(self, file):
        """Of each layer its kind of geometry and how many features it has."""
        said = subprocess.run(["ogrinfo", "-al", "-so", file], capture_output=True, text=True, check=True).stdout
        return {name: (kind, int(count)) for name, kind, count in
                re.findall(r"^Layer name: (\w+)$.*?^Geometry: ([\w ]+)$\s*^Feature Count: (\d+)$", said, re.MULTILINE | re.DOTALL)
                if name != "layer_styles"}

    def test_gdal_counts_the_same_events(self):
        for name in ("e.gpkg", "e.fgb", "e.csv", "e.xlsx"):
            with self.subTest(name):
                file = self.export(name)
                self.assertEqual(self.events, self.layers(file)["e" if name == "e.csv" else "events"][1])
                self.assertIn("place_ar: String", subprocess.run(["ogrinfo", "-al", "-so", file], capture_output=True, text=True, check=True).stdout)

    def test_a_geopackage_holds_all_layers(self):
        layers = self.layers(self.export("all.gpkg"))
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            for layer, view, kind in (("events", "map_event", "Point"), ("planned", "map_event_planned", "Point"), ("places", "map_place", "Point"),
                                      ("mentions", "map_mention", "Point"), ("areas", "map_mention_area", "Multi Polygon"),
                                      ("zones", "map_zone", "Multi Polygon"), ("control", "map_control", "Multi Polygon"),
                                      ("frontlines", "map_frontline", "Multi Line String")):
                count = connection.execute(f"SELECT count(*) FROM {view} WHERE geom IS NOT NULL").fetchone()[0]
                self.assertEqual((kind, count), layers[layer])
        self.assertEqual(12, len(layers))
        self.assertEqual({"zones", "control"}, set(self.layers(self.export("two.gpkg", "--layer", "zones", "--layer", "control"))))
        self.assertEqual({"events", "zones"}, set(self.layers(self.export("two.xlsx", "--layer", "events", "--layer", "zones"))))
        self.assertEqual(set(layers), set(self.layers(self.export("changes.gpkg", "--since", self.database))))

    def test_other_forms_a_file_a_layer(self):
        said = self.run_program("export", self.database, "-o", self.work / "e.fgb", "--layer", "events", "--layer", "zones", status=2)
        self.assertIn("holds one layer", said.stderr)
        self.assertFalse((self.work / "e.fgb").exists())
        said = self.run_program("export", self.database, "-o", self.work / "layers", "--format", "fgb", status=2)
        self.assertIn("a name that ends in /", said.stderr)
        (self.work / "layers").mkdir()
        (self.work / "tables").mkdir()
        folder = self.export("layers", "--format", "fgb")
        self.assertEqual(12, len(list(folder.glob("*.fgb"))))
        self.assertEqual({"frontlines"}, set(self.layers(folder / "frontlines.fgb")))
        folder = self.export("tables", "--format", "csv", "--bom", "--layer", "zones")
        self.assertTrue((folder / "zones.csv").read_bytes().startswith(b"\xef\xbb\xbfid,kind,"))
        self.assertIn("length_km", (folder / "zones.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(","))

    def test_tables_say_where_and_are_no_formulas(self):
        plain = self.export("plain.csv").read_bytes()
        marked = self.export("marked.csv", "--bom").read_bytes()
        self.assertEqual(b"\xef\xbb\xbf" + plain, marked)
        rows = list(csv.DictReader(plain.decode().splitlines()))
        self.assertEqual(self.events, len(rows))
        for row in rows:
            self.assertTrue(30 < float(row["lat"]) < 40 and 30 < float(row["lon"]) < 45, row)
            self.assertFalse(any(value.startswith(("=", "+", "@")) for value in row.values()), row)

    def test_a_byte_order_mark_is_for_csv_only(self):
        said = self.run_program("export", self.database, "-o", self.work / "e.gpkg", "--bom", status=2)
        self.assertIn("--bom is for a .csv file", said.stderr)

    def test_an_ending_that_names_no_format_is_refused(self):
        for name, *arguments in (["e.shp"], ["e.kml"], ["e.foo"], ["acled.xlsx", "--format", "acled"],
                                 ["plover.csv", "--format", "plover"], ["e.gpkg", "--format", "geojson"],
                                 ["e.geojson", "--format", "geojsonseq"], ["e.foo", "--since", kharita.BUILT]):
            with self.subTest(name):
                said = self.run_program("export", self.database, "-o", self.work / name, *arguments, status=2)
                self.assertIn(name, said.stderr)
                self.assertRegex(said.stderr, r"\.(geojson|csv|geojsonl)\b")
                self.assertFalse((self.work / name).exists())
        self.assertTrue(self.export("events").read_text(encoding="utf-8").startswith("{"))
        self.assertEqual(self.events, len(kharita.read_lines(self.export("e.jsonl").read_text(encoding="utf-8"))))

    def test_what_changed_since_a_build_of_an_older_program(self):
        last = self.work / "last"
        shutil.copytree(kharita.BUILT, last)
        with contextlib.closing(sqlite3.connect(last / "events.sqlite")) as connection:
            connection.execute("PRAGMA user_version = 3")
        before = (last / "events.sqlite").read_bytes()
        temporary = self.work / "temporary"
        temporary.mkdir()
        said = self.run_program("export", kharita.BUILT / "events.sqlite", "-o", "-", "--since", last,
                                env={**os.environ, "TMPDIR": str(temporary)})
        self.assertIn("layer events: 0 added, 0 changed, 0 removed", said.stderr)
        self.assertEqual(before, (last / "events.sqlite").read_bytes())
        self.assertEqual([], list(temporary.iterdir()))

    def test_what_changed_since_a_build(self):
        reports = self.work / "reports"
        shutil.copytree(kharita.SAMPLE, reports)
        (reports / "new.txt").write_text("Gunmen kidnapped a doctor in the town of Murak on 1 August 2019.\n", encoding="utf-8")
        self.run_program("build", reports, "-o", self.work / "map")
        self.run_program("export", self.work / "map/events.sqlite", "-o", self.work / "changes.geojsonl", "--since", kharita.BUILT)
        changes = [json.loads(line)["properties"] for line in (self.work / "changes.geojsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual(["added"], [change["change"] for change in changes])
        self.assertEqual("Morek", changes[0]["place"])
        self.run_program("export", self.work / "map/events.sqlite", "-o", self.work / "changes.geojson", "--since", kharita.BUILT)
        whole = json.loads((self.work / "changes.geojson").read_text(encoding="utf-8"))
        self.assertEqual("FeatureCollection", whole["type"])
        self.assertEqual(changes, [feature["properties"] for feature in whole["features"]])
        said = self.run_program("export", self.database, "-o", "-", "--since", kharita.BUILT)
        self.assertEqual([], json.loads(said.stdout)["features"])
        nothing = self.export("nothing.geojsonl", "--since", kharita.BUILT)
        self.assertEqual("", nothing.read_text(encoding="utf-8"))

    def test_the_dictionary_names_every_field(self):
        text = self.run_program("export", "--dictionary").stdout
        layer = json.loads((kharita.BUILT / "events.geojson").read_text(encoding="utf-8"))
        for name in layer["features"][0]["properties"]:
            self.assertIn(f"| `{name}` |", text)


if __name__ == "__main__":
    kharita.main()
