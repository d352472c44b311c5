#!/usr/bin/python3
"""The sample's GeoJSON files against RFC 7946, and read by GDAL."""
import json
import math

import kharita

FILES = ("events", "places", "zones", "frontlines", "control")
# Longitude, latitude: what reports of the Syrian war name lies in here, and swapped coordinates do not (save for
# capitals far away, which are checked by hand).
REGION = (24, 8, 80, 60)
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def positions(coordinates, depth):
    if depth == 0:
        yield coordinates
    else:
        for each in coordinates:
            yield from positions(each, depth - 1)


def twice_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


class GeoJson(kharita.Case):
    def load(self, name):
        raw = (kharita.BUILT / f"{name}.geojson").read_bytes()
        self.assertFalse(raw.startswith(b"\xef\xbb\xbf"), "RFC 8259, section 8.1: no byte order mark")
        return json.loads(raw.decode("utf-8"), parse_constant=lambda word: self.fail(f"{word} is no JSON"))

    def check_geometry(self, geometry):
        kind, coordinates = geometry["type"], geometry["coordinates"]
        self.assertIn(kind, DEPTH)
        for position in positions(coordinates, DEPTH[kind]):
            self.assertIn(len(position), (2, 3))
            self.assertTrue(all(isinstance(value, (int, float)) and math.isfinite(value) for value in position))
            self.assertTrue(-180 <= position[0] <= 180 and -90 <= position[1] <= 90, position)
        for polygon in {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, []):
            for number, ring in enumerate(polygon):
                self.assertGreaterEqual(len(ring), 4)
                self.assertEqual(ring[0], ring[-1])
                # Section 3.1.6: exterior rings are counter-clockwise, holes clockwise.
                self.assertEqual(number == 0, twice_area(ring) > 0)
        for line in {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind, []):
            self.assertGreaterEqual(len(line), 2)

    def test_files_are_what_the_standard_says(self):
        for name in FILES:
            with self.subTest(file=name):
                collection = self.load(name)
                self.assertEqual("FeatureCollection", collection["type"])
                self.assertNotIn("crs", collection, "section 4: other reference systems are gone")
                ids = [feature.get("id") for feature in collection["features"]]
                self.assertEqual(len(ids), len(set(ids)))
                self.assertNotIn(None, ids)
                for feature in collection["features"]:
                    self.assertEqual("Feature", feature["type"])
                    self.assertIsInstance(feature["properties"], dict)
                    self.assertNotIn("coordinates", feature)
                    if feature["geometry"] is not None:
                        self.check_geometry(feature["geometry"])

    def test_files_hold_something(self):
        for name in FILES:
            with self.subTest(file=name):
                self.assertTrue(self.load(name)["features"])

    def test_longitude_comes_first(self):
        west, south, east, north = REGION
        for name in ("events", "zones", "frontlines", "control"):
            for feature in self.load(name)["features"]:
                geometry = feature["geometry"]
                for lon, lat, *_ in positions(geometry["coordinates"], DEPTH[geometry["type"]]) if geometry else []:
                    if lon < west:
                        continue  # Geneva and other capitals of the west
                    self.assertTrue(west <= lon <= east and south <= lat <= north, (name, lon, lat))

    def test_gdal_reads_them(self):
        try:
            from osgeo import ogr
        except ImportError:
            self.skipTest("GDAL's Python is not installed")
        ogr.UseExceptions()
        for name in FILES:
            with self.subTest(file=name):
                source = ogr.Open(str(kharita.BUILT / f"{name}.geojson"))
                layer = source.GetLayer(0)
                self.assertEqual(len(self.load(name)["features"]), layer.GetFeatureCount())
                for feature in layer:
                    geometry = feature.GetGeometryRef()
                    self.assertTrue(geometry is None or geometry.IsValid(), feature.GetFID())


if __name__ == "__main__":
    kharita.main()
