#!/usr/bin/python3
"""Places in the formats that public sources come in, imported into a gazetteer of one's own.

The tables are invented; ogr2ogr and osmium bring them into their formats. Expected positions on the plane come from
the formulas of the projections, worked out here, not from PROJ.
"""
import csv
import json
import math
import shutil
import sqlite3
import subprocess
import unittest

import kharita

# A sub-district that there is not, shaped like an L: the middle of its extent is outside it.
ELL = [[36.0, 35.8], [36.4, 35.8], [36.4, 35.84], [36.04, 35.84], [36.04, 36.1], [36.0, 36.1], [36.0, 35.8]]
ADMIN3 = [{"ADM0_PCODE": "SY", "ADM1_PCODE": "SY07", "ADM1_EN": "Idleb", "ADM2_PCODE": "SY0703", "ADM2_EN": "Jisr-Ash-Shugur",
           "ADM3_EN": "Wadi Zarzur", "ADM3_AR": "وادي زرزور", "ADM3_PCODE": "SY070377", "ring": ELL},
          {"ADM0_PCODE": "SY", "ADM1_PCODE": "SY07", "ADM1_EN": "Idleb", "ADM2_PCODE": "SY0703", "ADM2_EN": "Jisr-Ash-Shugur",
           "ADM3_EN": "Darkosh Nahiye", "ADM3_AR": "ناحية دركوش", "ADM3_PCODE": "SY070303",
           "ring": [[36.38, 35.98], [36.42, 35.98], [36.42, 36.02], [36.38, 36.02], [36.38, 35.98]]}]
# Populated places in OCHA's columns: two that are new, and one that the gazetteer has (Kafr Zita, C3422 or so).
VILLAGES = [("C9901", "Tal Zarzur", "تل زرزور", 36.02, 35.95), ("C9902", "Kafr Zarzur", "كفر زرزور", 36.2, 35.82),
            ("C9903", "Kafr Zeita", "كفر زيتا", 36.603, 35.3741)]
A = 6378137.0
F = 1 / 298.257223563


def mercator(lon, lat):
    """EPSG:3857: the sphere's formulas on the ellipsoid's degrees (EPSG guidance note 7-2, method 1024)."""
    return A * math.radians(lon), A * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def utm(lon, lat, middle):
    """Transverse Mercator north of the equator, Snyder 1987, (8-9) to (8-13); good to a millimetre near the middle."""
    e2 = F * (2 - F)
    second = e2 / (1 - e2)
    phi = math.radians(lat)
    n = A / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    t, c, a = math.tan(phi) ** 2, second * math.cos(phi) ** 2, math.radians(lon - middle) * math.cos(phi)
    arc = A * ((1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * phi -
               (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * math.sin(2 * phi) +
               (15 * e2**2 / 256 + 45 * e2**3 / 1024) * math.sin(4 * phi) - 35 * e2**3 / 3072 * math.sin(6 * phi))
    east = a + (1 - t + c) * a**3 / 6 + (5 - 18 * t + t * t + 72 * c - 58 * second) * a**5 / 120
    north = arc + n * math.tan(phi) * (a * a / 2 + (5 - t + 9 * c + 4 * c * c) * a**4 / 24 +
                                       (61 - 58 * t + t * t + 600 * c - 330 * second) * a**6 / 720)
    return 500000 + 0.9996 * n * east, 0.9996 * north


def tool(*command):
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


def collection(features):
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features]},
        ensure_ascii=False)


@unittest.skipUnless(shutil.which("ogr2ogr"), "GDAL's ogr2ogr is not here")
class Formats(kharita.Case):
    def setUp(self):
        super().setUp()
        self.own = self.work / "own"

    def gazetteer(self, *arguments, **options):
        return self.run_program("gazetteer", "--gazetteer", self.own, *arguments, **options)

    def bring_in(self, *arguments, status=0):
        """Imports anew, without what was there, and tells the outcome, and the records by id."""
        shutil.rmtree(self.own / "imports", ignore_errors=True)
        said = self.gazetteer("import", *arguments, "--name", "it", "--json", status=status)
        with open(self.own / "imports/it/records.tsv", encoding="utf-8", newline="") as table:
            rows = {row["id"]: row for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)}
        return json.loads(said.stdout), rows

    def look_up(self, name):
        return json.loads(self.gazetteer("lookup", name, "--json").stdout)[0]

    def file(self, name, content):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def near(self, row, lon, lat, metres=1.0):
        north = (float(row["lat"]) - lat) * 111195
        east = (float(row["lon"]) - lon) * 111195 * math.cos(math.radians(lat))
        self.assertLess(math.hypot(north, east), metres, f"{row['id']} at {row['lon']}, {row['lat']}")

    def admin3(self):
        return self.file("adm3.geojson", collection(
            ({key: value for key, value in unit.items() if key != "ring"},
             {"type": "Polygon", "coordinates": [unit["ring"]]}) for unit in ADMIN3))

    def populated_places(self):
        rows = ["ADM0_PCODE,ADM1_PCODE,ADM2_PCODE,ADM3_PCODE,ADM4_EN,ADM4_AR,ADM4_PCODE,LATITUDE_Y,LONGITUDE_X"]
        rows += [f"SY,SY07,SY0703,SY070377,{english},{arabic},{code},{lat},{lon}"
                 for code, english, arabic, lon, lat in VILLAGES[:2]]
        rows += [f"SY,SY05,SY0503,SY050302,{english},{arabic},{code},{lat},{lon}"
                 for code, english, arabic, lon, lat in VILLAGES[2:]]
        return self.file("pplp.csv", "\n".join(rows) + "\n")

    def check_villages(self, path, *more):
        outcome, rows = self.bring_in(path, "--format", "ocha", *more)
        self.assertEqual([3, 2, 1, 0], [outcome[key] for key in ("records", "places", "merged", "set_aside")])
        for code, english, arabic, lon, lat in VILLAGES:
            self.near(rows[code], lon, lat)
            self.assertEqual((english, arabic, "PPL"), tuple(rows[code][key] for key in ("name_en", "name_ar", "feature")))
        self.assertEqual("SY;SY07;SY0703;SY070377", rows["C9901"]["units"])
        self.assertEqual("SY0703", self.look_up("C9901")["admin2"]["id"])
        self.assertEqual("sy-kafr-zita", self.look_up("C9903")["id"])

    def test_ocha_populated_places_in_every_format(self):
        table = self.populated_places()
        vrt = self.file("pplp.vrt", f"""<OGRVRTDataSource><OGRVRTLayer name="pplp"><SrcDataSource>{table}</SrcDataSource>
<GeometryType>wkbPoint</GeometryType><LayerSRS>WGS84</LayerSRS>
<GeometryField encoding="PointFromColumns" x="LONGITUDE_X" y="LATITUDE_Y"/></OGRVRTLayer></OGRVRTDataSource>""")
        self.check_villages(table)
        for name in ("pplp.xlsx", "pplp.shp", "pplp.gpkg"):
            with self.subTest(name=name):
                tool("ogr2ogr", self.work / name, vrt, "-lco", "ENCODING=UTF-8" if name.endswith("shp") else "A=B")
                self.check_villages(self.work / name)
        tool("ogr2ogr", "-append", self.work / "pplp.xlsx", self.admin3(), "-nln", "admin3")
        self.check_villages(self.work / "pplp.xlsx", "--layer", "pplp")
        self.assertIn("pplp, admin3", self.gazetteer("import", self.work / "pplp.xlsx", "--layer", "ADM9", "--format", "ocha",
                                                     status=1).stderr)

    def check_units(self, path):
        outcome, rows = self.bring_in(path, "--format", "ocha")
        self.assertEqual([2, 1, 1, 0], [outcome[key] for key in ("records", "places", "merged", "set_aside")])
        new = rows["SY070377"]
        lon, lat = float(new["lon"]), float(new["lat"])
        self.assertTrue(36 <= lon <= 36.04 and 35.8 <= lat <= 36.1 or 36 <= lon <= 36.4 and 35.8 <= lat <= 35.84,
                        f"{lon}, {lat} is not inside the L")
        self.assertEqual([36.0, 35.8, 36.4, 36.1], [round(float(edge), 5) for edge in new["extent"].split(" ")])
        self.assertEqual(("Wadi Zarzur", "وادي زرزور", "ADM3"), tuple(new[key] for key in ("name_en", "name_ar", "feature")))
        found = self.look_up("وادي زرزور")
        self.assertEqual(("SY070377", "SY0703"), (found["id"], found["admin2"]["id"]))
        # Half the extent's diagonal: 36 km east by 33 km north.
        self.assertAlmostEqual(24600, found["uncertainty_m"], delta=300)
        self.assertIn("Darkosh Nahiye", self.look_up("SY070303")["names"])

    def test_ocha_units_in_every_format(self):
        source = self.admin3()
        self.check_units(source)
        for name in ("adm3.shp", "adm3.gpkg", "adm3.fgb"):
            with self.subTest(name=name):
                tool("ogr2ogr", self.work / name, source, "-lco", "ENCODING=UTF-8" if name.endswith("shp") else "A=B")
                self.check_units(self.work / name)
        tool("ogr2ogr", self.work / "utm.gpkg", source, "-t_srs", "EPSG:32637")
        self.check_units(self.work / "utm.gpkg")

    def test_ocha_tables_without_positions(self):
        """A workbook with a sheet a level names units; those that are known gain names, others cannot be placed."""
        table = self.file("adm3.csv", "ADM1_PCODE,ADM2_PCODE,ADM3_EN,ADM3_AR,ADM3_PCODE\n"
                          "SY07,SY0703,Darkosh Nahiye,ناحية دركوش,SY070303\nSY07,SY0703,Nowhere,لا مكان,SY070378\n")
        tool("ogr2ogr", self.work / "tabular.xlsx", table, "-nln", "ADM3")
        outcome, _ = self.bring_in(self.work / "tabular.xlsx", "--format", "ocha", status=3)
        self.assertEqual([0, 1, 1], [outcome[key] for key in ("places", "merged", "set_aside")])
        known = self.look_up("SY070303")
        self.assertIn("Darkosh Nahiye", known["names"])
        self.gazetteer("lookup", "SY070378", status=1)
        self.assertIn("no position", (self.own / "imports/it/report.tsv").read_text(encoding="utf-8"))

    def test_any_reference_system(self):
        points = [("X1", "Tal Zarzur", 36.02, 35.95), ("X2", "Kafr Zarzur", 39.0, 35.0), ("X3", "Ayn Zarzur", 41.5, 36.9)]
        for code, project in (("EPSG:32637", lambda lon, lat: utm(lon, lat, 39)), ("EPSG:3857", mercator)):
            with self.subTest(code=code):
                layer = collection(({"id": name, "name": english, "feature": "PPL"},
                                    {"type": "Point", "coordinates": project(lon, lat)})
                                   for name, english, lon, lat in points)
                tool("ogr2ogr", self.work / f"{code[5:]}.shp", self.file("plane.geojson", layer), "-a_srs", code)
                _, rows = self.bring_in(self.work / f"{code[5:]}.shp", "--format", "table")
                for name, _, lon, lat in points:
                    self.near(rows[name], lon, lat, 0.1)

    MAP = """<?xml version="1.0" encoding="UTF-8"?><osm version="0.6" generator="test">
<node id="1" version="1" lat="35.95" lon="36.02"><tag k="place" v="village"/><tag k="name" v="تل زرزور"/>
 <tag k="name:ar" v="تل زرزور"/><tag k="name:en" v="Tal Zarzur"/><tag k="alt_name" v="تل الزرزور;Tell Zarzur"/></node>
<node id="2" version="1" lat="35.90" lon="36.10"><tag k="natural" v="peak"/><tag k="name:ar" v="تلة زرزور"/></node>
<node id="3" version="1" lat="35.91" lon="36.11"><tag k="shop" v="bakery"/><tag k="name" v="مخبز"/></node>
<node id="4" version="1" lat="35.91" lon="36.12"><tag k="place" v="hamlet"/></node>
<node id="11" version="1" lat="35.80" lon="36.20"/><node id="12" version="1" lat="35.80" lon="36.24"/>
<node id="13" version="1" lat="35.82" lon="36.24"/><node id="14" version="1" lat="35.82" lon="36.20"/>
<node id="21" version="1" lat="35.70" lon="36.30"/><node id="22" version="1" lat="35.72" lon="36.34"/>
<node id="23" version="1" lat="35.74" lon="36.38"/><node id="24" version="1" lat="36.60" lon="38.00"/>
<node id="25" version="1" lat="36.62" lon="38.05"/>
<way id="31" version="1"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/>
 <tag k="aeroway" v="aerodrome"/><tag k="name" v="مطار زرزور"/><tag k="name:en" v="Zarzur Airfield"/></way>
<way id="32" version="1"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="11"/>
 <tag k="military" v="barracks"/><tag k="name:ar" v="ثكنة زرزور"/></way>
<way id="33" version="1"><nd ref="21"/><nd ref="22"/><tag k="highway" v="motorway"/><tag k="ref" v="M77"/></way>
<way id="34" version="1"><nd ref="22"/><nd ref="23"/><tag k="highway" v="motorway"/><tag k="ref" v="M77"/>
 <tag k="name" v="أوتوستراد زرزور"/></way>
<way id="35" version="1"><nd ref="24"/><nd ref="25"/><tag k="waterway" v="river"/><tag k="name" v="نهر زرزور"/></way>
</osm>
"""

    @unittest.skipUnless(shutil.which("osmium"), "osmium is not here")
    def test_openstreetmap(self):
        xml = self.file("map.osm", self.MAP)
        tool("osmium", "cat", xml, "-o", self.work / "map.osm.pbf")
        for name in ("map.osm", "map.osm.pbf"):
            with self.subTest(name=name):
                outcome, rows = self.bring_in(self.work / name)
                self.assertEqual(6, outcome["records"])
                village = rows["osm:n1"]
                self.assertEqual(("تل زرزور", "Tal Zarzur", "PPL"),
                                 tuple(village[key] for key in ("name_ar", "name_en", "feature")))
                self.assertEqual({"تل الزرزور", "Tell Zarzur"}, set(village["aliases"].split(";")))
                self.near(village, 36.02, 35.95)
                self.assertEqual("MT", rows["osm:n2"]["feature"])
                self.assertEqual("AIRP", rows["osm:w31"]["feature"])
                self.assertEqual("36.2 35.8 36.24 35.82", rows["osm:w31"]["extent"])
                self.assertEqual("MILB", rows["osm:w32"]["feature"])
                # The two pieces of the motorway are one road, called by its number and its name.
                road = rows["osm:w33"]
                self.assertEqual(("HWY", "M77", "أوتوستراد زرزور", "36.3 35.7 36.38 35.74"),
                                 tuple(road[key] for key in ("feature", "name_en", "name_ar", "extent")))
                self.near(road, 36.34, 35.72)
                self.assertEqual("STM", rows["osm:w35"]["feature"])
                self.assertEqual("osm:w33", self.look_up("M77")["id"])

    def wof_feature(self, number, english, arabic, placetype, parent, lon, lat, **more):
        return {"type": "Feature", "id": number, "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {"wof:id": number, "wof:name": english, "wof:placetype": placetype, "wof:country": "SY",
                               "wof:parent_id": parent, "name:ara_x_preferred": [arabic],
                               "name:eng_x_preferred": [english], "name:eng_x_variant": [f"{english} Village"],
                               "wof:concordances": {"gn:id": number + 5000}, "geom:longitude": lon, "geom:latitude": lat,
                               "lbl:longitude": lon, "lbl:latitude": lat, **more}}

    def test_whos_on_first_files(self):
        for number, name, arabic, kind in ((4201, "Wadi Zarzur", "وادي زرزور", "localadmin"),
                                           (4202, "Tal Zarzur", "تل زرزور", "locality")):
            feature = self.wof_feature(number, name, arabic, kind, 4201, 36.02, 35.95)
            self.file(f"data/420/{number % 10}/{number}.geojson", json.dumps(feature, ensure_ascii=False))
        self.file("data/420/2/4202-alt-other.geojson", json.dumps(
            self.wof_feature(4202, "Other", "أخرى", "locality", 4201, 10, 10), ensure_ascii=False))
        self.file("data/420/3/4203.geojson", json.dumps(
            self.wof_feature(4203, "Gone", "زائلة", "locality", 4201, 36, 35.9, **{"edtf:deprecated": "2019-01-01"}),
            ensure_ascii=False))
        outcome, rows = self.bring_in(self.work / "data", "--format", "wof")
        self.check_whos_on_first(outcome, rows)

    def check_whos_on_first(self, outcome, rows):
        self.assertEqual([2, 2, 0], [outcome[key] for key in ("records", "places", "set_aside")])
        village = rows["wof:4202"]
        self.assertEqual(("تل زرزور", "Tal Zarzur", "Tal Zarzur Village", "PPL", "SYR", "wof:4201", "gn:9202"),
                         tuple(village[key] for key in
                               ("name_ar", "name_en", "aliases", "feature", "country", "units", "refs")))
        self.near(village, 36.02, 35.95)
        self.assertEqual("wof:4201", self.look_up("wof:4202")["admin3"]["id"])

    def test_whos_on_first_distribution(self):
        """The tables of its SQLite distribution: spr, names, geojson."""
        path = self.work / "whosonfirst-data-admin-sy.db"
        with sqlite3.connect(path) as database:
            database.executescript("""
CREATE TABLE geojson(id INTEGER NOT NULL, body TEXT, source TEXT, is_alt BOOLEAN, alt_label TEXT, lastmodified INTEGER);
CREATE TABLE spr(id TEXT NOT NULL PRIMARY KEY, parent_id INTEGER, name TEXT, placetype TEXT, inception TEXT, cessation TEXT,
 country TEXT, repo TEXT, latitude REAL, longitude REAL, min_latitude REAL, min_longitude REAL, max_latitude REAL,
 max_longitude REAL, is_current INTEGER, is_deprecated INTEGER, is_ceased INTEGER, is_superseded INTEGER,
 is_superseding INTEGER, superseded_by TEXT, supersedes TEXT, belongsto TEXT, is_alt TINYINT, alt_label TEXT,
 lastmodified INTEGER);
CREATE TABLE names(id INTEGER NOT NULL, placetype TEXT, country TEXT, language TEXT, extlang TEXT, script TEXT, region TEXT,
 variant TEXT, extension TEXT, privateuse TEXT, name TEXT, lastmodified INTEGER);
""")
            for number, name, arabic, kind, deprecated in ((4201, "Wadi Zarzur", "وادي زرزور", "localadmin", 0),
                                                           (4202, "Tal Zarzur", "تل زرزور", "locality", 0),
                                                           (4203, "Gone", "زائلة", "locality", 1)):
                database.execute(
                    "INSERT INTO spr VALUES (?,4201,?,?,'','','SY','r',35.95,36.02,35.9,36.0,36.0,36.1,1,?,0,0,0,'','','',0,'',0)",
                    (number, name, kind, deprecated))
                for language, use, each in (("ara", "x_preferred", arabic), ("eng", "x_preferred", name),
                                            ("eng", "x_variant", f"{name} Village"), ("fra", "x_preferred", "Ailleurs")):
                    database.execute("INSERT INTO names VALUES (?,?,'SY',?,'','','','','',?,?,0)",
                                     (number, kind, language, use, each))
                database.execute("INSERT INTO geojson VALUES (?,?,'wof',0,'',0)", (number, json.dumps(
                    self.wof_feature(number, name, arabic, kind, 4201, 36.02, 35.95))))
        outcome, rows = self.bring_in(path, "--format", "wof")
        self.check_whos_on_first(outcome, rows)


if __name__ == "__main__":
    kharita.main()
