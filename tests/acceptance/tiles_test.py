#!/usr/bin/python3
"""The sample's tile archives, read by programs that are not ours."""
import contextlib
import gzip
import json
import sqlite3

import kharita
import pmtiles_reader

LAYERS = ("events", "places", "zones", "control", "frontlines")


def tiles_of_mbtiles(file):
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
        # MBTiles counts rows from the south.
        return {(zoom, x, (1 << zoom) - 1 - y): data for zoom, x, y, data in rows}


def metadata_of_mbtiles(file):
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT name, value FROM metadata"))


class Tiles(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.mbtiles = tiles_of_mbtiles(kharita.BUILT / "layers.mbtiles")
        cls.pmtiles = pmtiles_reader.Archive(kharita.BUILT / "layers.pmtiles")
        cls.tilejson = json.loads((kharita.BUILT / "layers.json").read_text(encoding="utf-8"))

    def test_both_archives_hold_the_same_tiles(self):
        tiles = self.pmtiles.tiles()
        self.assertEqual(sorted(self.mbtiles), sorted(tiles))
        for place, data in tiles.items():
            self.assertEqual(gzip.decompress(self.mbtiles[place]), gzip.decompress(data), place)
        self.assertEqual(len(tiles), self.pmtiles.addressed)

    def test_pmtiles_header(self):
        self.assertTrue(self.pmtiles.clustered)
        self.assertEqual((2, 1), (self.pmtiles.tile_compression, self.pmtiles.tile_type), "gzip, MVT")
        zooms = [zoom for zoom, _, _ in self.mbtiles]
        self.assertEqual((min(zooms), max(zooms)), (self.pmtiles.minzoom, self.pmtiles.maxzoom))

    def test_tilejson_says_what_the_archives_say(self):
        self.assertEqual("3.0.0", self.tilejson["tilejson"])
        self.assertTrue(self.tilejson["tiles"])
        self.assertEqual((self.pmtiles.minzoom, self.pmtiles.maxzoom),
                         (self.tilejson["minzoom"], self.tilejson["maxzoom"]))
        metadata = metadata_of_mbtiles(kharita.BUILT / "layers.mbtiles")
        self.assertEqual("pbf", metadata["format"])
        for layers in (json.loads(metadata["json"])["vector_layers"], json.loads(self.pmtiles.metadata)["vector_layers"]):
            self.assertEqual([layer["id"] for layer in self.tilejson["vector_layers"]], [layer["id"] for layer in layers])
        self.assertLessEqual(set(LAYERS), {layer["id"] for layer in self.tilejson["vector_layers"]})
        self.assertTrue(self.tilejson["attribution"], "sources' licences travel with the data")

    def test_the_style_draws_layers_that_exist(self):
        style = json.loads((kharita.BUILT / "style.json").read_text(encoding="utf-8"))
        self.assertEqual(8, style["version"])
        drawn = {layer["source-layer"] for layer in style["layers"] if "source-layer" in layer}
        self.assertLessEqual(drawn, {layer["id"] for layer in self.tilejson["vector_layers"]})
        self.assertLessEqual(set(LAYERS), drawn)
        for layer in style["layers"]:
            self.assertTrue(layer["type"] == "background" or layer["source"] in style["sources"], layer["id"])

    def test_gdal_decodes_every_tile(self):
        try:
            from osgeo import gdal, ogr
        except ImportError:
            self.skipTest("GDAL's Python is not installed")
        gdal.UseExceptions()
        ogr.UseExceptions()
        declared = {layer["id"]: set(layer["fields"]) for layer in self.tilejson["vector_layers"]}
        deepest = max(zoom for zoom, _, _ in self.mbtiles)
        seen = {}
        for (zoom, x, y), data in sorted(self.mbtiles.items()):
            name = f"/vsimem/{zoom}-{x}-{y}.pbf"
            gdal.FileFromMemBuffer(name, gzip.decompress(data))
            tile = gdal.OpenEx(name, gdal.OF_VECTOR, allowed_drivers=["MVT"])
            self.assertGreater(tile.GetLayerCount(), 0)
            for index in range(tile.GetLayerCount()):
                layer = tile.GetLayer(index)
                self.assertIn(layer.GetName(), declared)
                for feature in layer:
                    geometry = feature.GetGeometryRef()
                    self.assertTrue(geometry.IsValid(), (zoom, x, y, layer.GetName()))
                    fields = {field for field, value in feature.items().items() if value is not None} - {"mvt_id"}
                    self.assertLessEqual(fields, declared[layer.GetName()])
                    self.assertIsNotNone(feature.GetField("mvt_id"), "a feature without id")
                    if zoom == deepest:
                        seen.setdefault(layer.GetName(), set()).add(feature.GetField("mvt_id"))
            tile = None
            gdal.Unlink(name)
        # The last zoom drops nothing.
        located = json.loads((kharita.BUILT / "events.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual(len([feature for feature in located if feature["geometry"]]), len(seen["events"]))

    def test_gdal_opens_the_mbtiles(self):
        try:
            from osgeo import gdal
        except ImportError:
            self.skipTest("GDAL's Python is not installed")
        gdal.UseExceptions()
        source = gdal.OpenEx(str(kharita.BUILT / "layers.mbtiles"), gdal.OF_VECTOR)
        names = {source.GetLayer(index).GetName() for index in range(source.GetLayerCount())}
        self.assertLessEqual(set(LAYERS), names)
        self.assertGreater(source.GetLayerByName("events").GetFeatureCount(), 0)


if __name__ == "__main__":
    kharita.main()
