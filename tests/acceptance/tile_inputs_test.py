#!/usr/bin/python3
"""Vector files of other formats and reference systems, tiled as the GeoJSON that they were made of."""
import json

import kharita

PLACES = [("تل الورد", 36.6001, 35.3002, 3, 0.5, "2019-08-03"), ("Second", 36.7003, 35.4004, None, 1.25, "2019-08-04"),
          ("Third", 38.0005, 36.2006, 0, -2.25, None)]


def collection():
    features = []
    for number, (name, lon, lat, killed, score, day) in enumerate(PLACES, start=1):
        features.append({"type": "Feature", "id": number, "geometry": {"type": "Point", "coordinates": [lon, lat]},
                         "properties": {"name": name, "killed": killed, "score": score, "day": day}})
    return {"type": "FeatureCollection", "features": features}


class TileInputs(kharita.Case):
    def setUp(self):
        super().setUp()
        try:
            from osgeo import gdal
        except ImportError:
            self.skipTest("GDAL's Python is not installed")
        gdal.UseExceptions()
        self.gdal = gdal
        (self.work / "places.geojson").write_text(json.dumps(collection()), encoding="utf-8")

    def convert(self, name, **options):
        self.gdal.VectorTranslate(str(self.work / name), str(self.work / "places.geojson"), **options)

    def tiled(self, name, status=0, layer="places"):
        """What the last zoom shows: attributes by name, and positions."""
        self.run_program("tile", name, "-o", "tiles.pmtiles", "--maxzoom", 10, "--force", "--layer", layer, status=status)
        found = {}
        for line in self.run_program("archive", "ls", "tiles.pmtiles").stdout.splitlines():
            tile = line.split()[0]
            if not tile.startswith("10/"):
                continue
            for feature in json.loads(self.run_program("archive", "cat", "tiles.pmtiles", tile).stdout)["features"]:
                properties = feature["properties"]
                self.assertEqual(layer, properties.pop("layer"))
                found[properties.pop("name")] = (properties, feature["geometry"]["coordinates"])
        return found

    def check_same(self, found, time=""):
        self.assertEqual({place[0] for place in PLACES}, set(found))
        for name, lon, lat, killed, score, day in PLACES:
            properties, at = found[name]
            for key, value in (("killed", killed), ("score", score), ("day", day and day + time)):
                self.assertEqual(value, properties.get(key), (name, key))
                self.assertIs(type(value), type(properties.get(key)), (name, key))
            # Half a step of the grid is 0.00004 degrees at z10.
            self.assertAlmostEqual(lon, at[0], delta=0.0001, msg=name)
            self.assertAlmostEqual(lat, at[1], delta=0.0001, msg=name)

    def test_geojson(self):
        self.check_same(self.tiled("places.geojson"))

    def test_geopackage_in_metres(self):
        self.convert("places.gpkg", dstSRS="EPSG:32637", reproject=True)
        self.check_same(self.tiled("places.gpkg"))

    def test_flatgeobuf_in_web_mercator(self):
        self.convert("places.fgb", dstSRS="EPSG:3857", reproject=True)
        # The format has no days, only days with a time.
        self.check_same(self.tiled("places.fgb"), time="T00:00:00")

    def test_shapefile(self):
        self.convert("places.shp", layerCreationOptions=["ENCODING=UTF-8"])
        self.check_same(self.tiled("places.shp"))

    def test_table_of_text(self):
        lines = ["name,lon,lat,killed,score,day"]
        lines += [",".join("" if value is None else str(value) for value in place) for place in PLACES]
        (self.work / "places.csv").write_text("\n".join(lines) + "\nnowhere,,,1,2.0,2019-08-05\n", encoding="utf-8")
        self.check_same(self.tiled("places.csv", status=3))

    def test_each_layer_of_a_file_is_one_of_the_tiles(self):
        self.convert("two.gpkg", layerName="north")
        self.convert("two.gpkg", layerName="south", accessMode="update")
        self.run_program("tile", "two.gpkg", "-o", "both.mbtiles")
        listed = self.run_program("archive", "cat", "both.mbtiles", "0/0/0").stdout
        self.assertEqual({"north", "south"}, {feature["properties"]["layer"] for feature in json.loads(listed)["features"]})
        self.check_same(self.tiled("two.gpkg", layer="south"))
        self.run_program("tile", "two.gpkg", "-o", "none.mbtiles", "--layer", "east", status=1)

    def test_a_file_of_no_format(self):
        (self.work / "noise.gpkg").write_bytes(b"no format at all")
        said = self.run_program("tile", "noise.gpkg", "-o", "none.mbtiles", status=1).stderr
        self.assertIn("noise.gpkg", said)


if __name__ == "__main__":
    kharita.main()
