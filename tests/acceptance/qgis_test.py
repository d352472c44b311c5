#!/usr/bin/python3
"""QGIS opens the sample's database: every map layer valid, styled through both of its providers, and drawn."""
import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import kharita

MAP_LAYERS = ("map_event", "map_event_failed", "map_event_planned", "map_event_threatened", "map_event_denied", "map_event_historical",
              "map_mention", "map_mention_area", "map_place", "map_zone", "map_control", "map_frontline")
# In the order in which they lie on the picture.
DRAWN = ("map_event", "map_event_failed", "map_place", "map_frontline", "map_zone", "map_control")


class Qgis(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.database = kharita.BUILT / "events.sqlite"
        cls.picture = kharita.BUILT.parent / "sample-qgis.png"
        done = subprocess.run(["/usr/bin/python3", pathlib.Path(__file__).with_name("qgis_probe.py"), cls.database,
                               cls.picture, *DRAWN], capture_output=True, text=True, timeout=300)
        if done.returncode != 0 or not done.stdout:
            raise RuntimeError(f"QGIS ended with {done.returncode}: {done.stderr[-2000:]}")
        cls.answer = json.loads(done.stdout.splitlines()[-1])

    def test_the_browser_offers_every_map_layer(self):
        for name in MAP_LAYERS:
            self.assertIn(name, self.answer["offered"])

    def test_each_layer_is_valid_and_complete(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            for provider in ("spatialite", "ogr"):
                for name, layer in self.answer[provider].items():
                    with self.subTest(layer=name, provider=provider):
                        self.assertTrue(layer["valid"], layer)
                        self.assertEqual("EPSG:4326", layer["crs"])
                        self.assertEqual(0, layer["invalid"])
                        rows = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                        self.assertEqual(rows, layer["features"])
                        self.assertEqual(rows, layer["count"])
                        # Rows that the spatial index does not know are invisible on the map.
                        self.assertEqual(layer["features"] - layer["null"], layer["found_by_extent"])

    def test_whoever_opens_it_for_writing_finds_its_statistics_good(self):
        copy = self.work / "events.sqlite"
        shutil.copy(self.database, copy)
        ask = ("SELECT f_table_name, row_count, extent_min_x, extent_max_y, last_verified FROM geometry_columns_statistics "
               "WHERE row_count > 0 ORDER BY 1")
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            before = connection.execute(ask).fetchall()
        subprocess.run(["ogrinfo", "-al", "-so", copy], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            self.assertEqual(before, connection.execute(ask).fetchall())

    def test_both_providers_load_the_same_style(self):
        for name in MAP_LAYERS:
            with self.subTest(layer=name):
                self.assertTrue(self.answer["spatialite"][name]["styled"])
                self.assertTrue(self.answer["ogr"][name]["styled"])
                self.assertEqual(self.answer["spatialite"][name]["drawn_as"], self.answer["ogr"][name]["drawn_as"])

    def test_the_sample_fills_the_layers(self):
        for name in DRAWN:
            with self.subTest(layer=name):
                self.assertGreater(self.answer["spatialite"][name]["features"], 0)

    def test_the_map_is_not_blank(self):
        picture = self.answer["picture"]
        self.assertEqual([], picture["errors"])
        self.assertGreater(picture["drawn"], 0.02)
        self.assertGreater(picture["colours"], 20)

    def test_a_geopackage_brings_its_styles(self):
        file = self.work / "map.gpkg"
        self.run_program("export", self.database, "-o", file)
        kinds = {"events": ("map_event", "Point"), "failed": ("map_event_failed", "Point"), "places": ("map_place", "Point"),
                 "mentions": ("map_mention", "Point"), "areas": ("map_mention_area", "MultiPolygon"), "zones": ("map_zone", "MultiPolygon"),
                 "frontlines": ("map_frontline", "MultiLineString"), "control": ("map_control", "MultiPolygon")}
        done = subprocess.run(["/usr/bin/python3", pathlib.Path(__file__).with_name("qgis_geopackage_probe.py"), file, *kinds],
                              capture_output=True, text=True, timeout=300)
        self.assertTrue(done.stdout, done.stderr[-2000:])
        layers = json.loads(done.stdout.splitlines()[-1])
        for name, (table, kind) in kinds.items():
            with self.subTest(name):
                self.assertEqual(self.answer["ogr"][table]["drawn_as"], layers[name]["drawn_as"])
                self.assertEqual((True, True, kind, "EPSG:4326"), tuple(layers[name][key] for key in ("valid", "styled", "kind", "crs")))
                self.assertLess(0, layers[name]["count"])
        self.assertTrue(layers["events"]["labels"])

    def test_looking_does_no_damage(self):
        self.run_program("verify", kharita.BUILT)

    def test_nothing_is_left_beside_the_database(self):
        # Opened in journal mode DELETE, a database has no companions.
        self.assertEqual([], [file.name for file in kharita.BUILT.glob("events.sqlite-*")])


if __name__ == "__main__":
    kharita.main()
