#!/usr/bin/python3
"""Places from outside: fetched, imported, looked up, found in reports, exported, taken away. The server is our own."""
import csv
import hashlib
import http.server
import io
import json
import os
import subprocess
import threading
import unittest
import zipfile

import kharita

# Made-up villages in the form of GeoNames' main table (its readme.txt).
COLUMNS = ("geonameid name asciiname alternatenames latitude longitude class code country cc2 admin1 admin2 admin3 "
           "admin4 population elevation dem timezone modified").split()


def geoname(number, name, names, lat, lon, code="PPL", kind="P", admin1="", population=0):
    cells = dict.fromkeys(COLUMNS, "")
    cells.update(geonameid=number, name=name, alternatenames=names, latitude=lat, longitude=lon, code=code, country="SY",
                 admin1=admin1, population=population, modified="2020-01-01", **{"class": kind})
    return "\t".join(str(cells[column]) for column in COLUMNS) + "\n"


DUMP = (geoname(9900001, "Kafr Shajarat", "كفر شجرات", 35.55, 36.62, population=900) +
        geoname(9900002, "Kafr Zaita", "كفر زيتا,Kafr Zita", 35.3741, 36.6030) +
        geoname(9900003, "Tall Zabadqan", "تل زبدقان", 35.61, 36.7, code="HLL", kind="T"))


def archive(text, name="SY.txt"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "about this dump\n")
        packed.writestr(name, text)
    return out.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """Answers on loopback with what the test put into `answers`: status, headers, body."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_port}/dump"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802: the base class's name
        status, headers, body = self.server.answers.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_):
        pass


class Gazetteer(kharita.Case):
    def setUp(self):
        super().setUp()
        self.data = self.work / "data"
        self.data.mkdir()
        (self.data / "schemas").symlink_to(kharita.TOP / "schemas")
        self.own = self.data / "gazetteer"
        self.environment = {key: value for key, value in os.environ.items() if not key.endswith("_proxy")}

    def gazetteer(self, *arguments, **options):
        return self.run_program("gazetteer", "--gazetteer", self.own, *arguments, env=self.environment, **options)

    def file(self, name, content):
        path = self.work / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def hashes(self):
        return {path.relative_to(self.own): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.own.rglob("*")) if path.is_file() and path.name != ".lock"}

    def extract(self, text):
        report = json.dumps({"id": "r", "published": "2019-08-01", "lang": "ar", "text": text}, ensure_ascii=False)
        said = self.run_program("extract", stdin=report.encode(),
                                env={**self.environment, "KHARITA_DATA_DIR": str(self.data)})
        return json.loads(said.stdout)["mentions"]

    def test_an_imported_village_is_looked_up_and_found_in_a_report(self):
        dump = self.file("SY.txt", DUMP)
        said = self.gazetteer("import", dump, "--name", "gn", "--json")
        outcome = json.loads(said.stdout)
        self.assertEqual([3, 2, 1, 0, 0],
                         [outcome[key] for key in ("records", "places", "merged", "conflicts", "set_aside")])
        merged = json.loads(self.gazetteer("lookup", "gn:9900002", "--json").stdout)
        self.assertEqual("sy-kafr-zita", merged[0]["id"])
        village = json.loads(self.gazetteer("lookup", "كفرشجرات", "--json").stdout)
        self.assertEqual("gn:9900001", village[0]["id"])
        self.assertEqual("SYR", village[0]["country"])
        text = "قصفت قوات النظام بالمدفعية بلدة كفر شجرات في ريف إدلب مساء أمس."
        mentions = [mention for mention in self.extract(text) if mention["text"] == "كفر شجرات"]
        self.assertEqual(["gn:9900001"], [mention["place"]["id"] for mention in mentions])

    def test_twice_changes_nothing_and_removal_restores(self):
        dump = self.file("SY.txt", DUMP)
        self.gazetteer("import", dump, "--name", "gn")
        first = self.hashes()
        self.assertIn("nothing changed", self.gazetteer("import", dump, "--name", "gn").stderr)
        self.assertEqual(first, self.hashes())
        self.assertIn("gn\tgeonames", self.gazetteer("imports").stdout)
        self.gazetteer("import", "--remove", "gn")
        self.assertEqual({name: value for name, value in first.items() if "imports" not in name.parts}, self.hashes())
        self.gazetteer("lookup", "gn:9900001", status=1)

    def test_broken_rows_are_set_aside(self):
        dump = self.file("SY.txt", DUMP + "half a line\n")
        said = self.gazetteer("import", dump, "--name", "gn", status=3)
        self.assertIn("SY.txt:4: 1 columns", said.stderr)
        self.assertIn("SY.txt\t4\t", (self.own / "imports/gn/rejects.tsv").read_text(encoding="utf-8"))

    def test_rejects_go_to_a_file(self):
        dump = self.file("SY.txt", DUMP + "half a line\n" + geoname(9900009, "Nowhere", "", 95, 36.6) + DUMP[:DUMP.index("\n") + 1])
        rejects = self.work / "rejects.jsonl"
        said = self.gazetteer("import", dump, "--name", "gn", "--rejects", rejects, status=3)
        self.assertNotIn("half a line", said.stderr)
        rows = kharita.read_lines(rejects.read_text(encoding="utf-8"))
        self.assertEqual([4, 5, None], [row["line"] for row in rows])
        self.assertEqual({str(dump)}, {row["file"] for row in rows})
        self.assertIn("1 columns", rows[0]["reason"])
        self.assertEqual("half a line", rows[0]["text"])
        self.assertIn("expected degrees within", rows[1]["reason"])
        self.assertIn("gn:9900001: its id stands for another record already", rows[2]["reason"])
        self.assertIn("exists", self.gazetteer("import", dump, "--name", "gn", "--rejects", rejects, status=1).stderr)
        self.gazetteer("import", dump, "--name", "gn", "--rejects", rejects, "--force", status=3)

    def test_fetch(self):
        server = Server()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        server.answers["/dump/SY.zip"] = (200, {"Content-Type": "application/zip"}, archive(DUMP))
        self.gazetteer("fetch", "geonames", "sy", "--url", server.url())
        self.assertIn("gn:9900001", self.gazetteer("lookup", "كفر شجرات").stdout)
        self.assertIn("geonames-SY\tgeonames", self.gazetteer("imports").stdout)
        kept = self.hashes()

        for answer, reason in (((404, {}, b"no"), "404 Not Found"), ((503, {}, b"no"), "503 Service Unavailable"),
                               ((200, {"Content-Length": 5000}, archive(DUMP)), "ended too early"),
                               ((200, {}, b"<html>welcome</html>"), "no ZIP archive"),
                               ((200, {}, archive(DUMP)[:-60]), "cut off"),
                               ((302, {"Location": "file:///etc/passwd"}, b""), "rotocol")):
            with self.subTest(reason=reason):
                server.answers["/dump/SY.zip"] = answer
                said = self.gazetteer("fetch", "geonames", "SY", "--url", server.url(), status=1)
                self.assertIn(reason, said.stderr)
                self.assertIn("SY.zip", said.stderr)
                after = {name: value for name, value in self.hashes().items() if "downloads" not in name.parts}
                self.assertEqual({name: value for name, value in kept.items() if "downloads" not in name.parts}, after)
        self.gazetteer("fetch", "geonames", "SY", "--url", "http://127.0.0.1:9/", status=1)
        self.gazetteer("fetch", "geonames", "Syria", status=2)

    def test_export(self):
        self.gazetteer("import", self.file("SY.txt", DUMP), "--name", "gn")
        places = {}
        for ending in ("geojson", "csv", "gpkg"):
            self.gazetteer("export", "-o", self.work / f"places.{ending}")
        layer = json.loads((self.work / "places.geojson").read_text(encoding="utf-8"))
        for feature in layer["features"]:
            places[feature["properties"]["id"]] = feature
        self.assertEqual([36.62, 35.55], places["gn:9900001"]["geometry"]["coordinates"])
        self.assertIn("gn:9900002", places["sy-kafr-zita"]["properties"]["refs"])
        self.assertEqual("SY05", places["sy-kafr-zita"]["properties"]["admin1_id"])
        with open(self.work / "places.csv", encoding="utf-8", newline="") as table:
            rows = {row["id"]: row for row in csv.DictReader(table)}
        self.assertEqual(places.keys(), rows.keys())
        self.assertEqual("كفر شجرات", rows["gn:9900001"]["name_ar"])
        count = subprocess.run(["ogrinfo", "-ro", "-so", str(self.work / "places.gpkg"), "places"], capture_output=True,
                               text=True, check=True).stdout
        self.assertIn(f"Feature Count: {len(places)}", count)
        self.assertIn("name_ar: String", count)
        self.assertIn("exists", self.gazetteer("export", "-o", self.work / "places.csv", status=1).stderr)
        self.gazetteer("export", "-o", self.work / "places.doc", status=2)

    def test_imports_into_the_programs_own_gazetteer_are_the_users(self):
        before = sorted(path for path in (kharita.TOP / "gazetteer").rglob("*"))
        home = self.work / "home"
        for variable, folder in (("XDG_DATA_HOME", home / "xdg"), ("HOME", home)):
            with self.subTest(variable=variable):
                environment = {key: value for key, value in os.environ.items() if key != "XDG_DATA_HOME"}
                environment |= {"XDG_DATA_HOME": "", variable: str(folder)}
                dump = self.file("SY.txt", DUMP)
                self.run_program("gazetteer", "import", dump, "--name", "gn", env=environment)
                users = (folder if variable == "XDG_DATA_HOME" else home / ".local" / "share") / "kharita"
                self.assertTrue((users / "imports/gn/places.tsv").exists())
                self.assertIn("gn\tgeonames", self.run_program("gazetteer", "imports", env=environment).stdout)
                for _ in range(2):  # from the tables, then compiled
                    found = self.run_program("gazetteer", "lookup", "gn:9900001", "--json", env=environment).stdout
                    self.assertEqual("SY07", json.loads(found)[0]["admin1"]["id"])
                    self.run_program("gazetteer", "build", env=environment)
                    self.assertTrue((users / "gazetteer.kgaz").exists())
                text = "قصفت قوات النظام بالمدفعية بلدة كفر شجرات في ريف إدلب مساء أمس."
                reports = self.file("report.txt", text)
                said = self.run_program("extract", "-", stdin=text.encode(), env=environment).stdout
                self.assertIn("gn:9900001", said)
                self.run_program("build", reports, "-o", self.work / f"out-{variable}", env=environment)
                self.assertIn("gn:9900001", (self.work / f"out-{variable}/places.geojson").read_text(encoding="utf-8"))
                self.run_program("gazetteer", "import", "--remove", "gn", env=environment)
                self.run_program("gazetteer", "lookup", "gn:9900001", env=environment, status=1)
        self.assertEqual(before, sorted(path for path in (kharita.TOP / "gazetteer").rglob("*")))

    def test_every_command_takes_a_gazetteer(self):
        self.gazetteer("import", self.file("SY.txt", DUMP), "--name", "gn")
        self.gazetteer("build")
        text = "قصفت قوات النظام بالمدفعية بلدة كفر شجرات في ريف إدلب مساء أمس."
        report = self.file("report.txt", text)
        labelled = {"id": "r", "published": "2019-08-01", "lang": "ar", "text": text, "mentions": [
            {"start": 32, "end": 41, "text": "كفر شجرات", "role": "event", "lon": 36.62, "lat": 35.55,
             "precision": "settlement", "sure": True}], "events": []}
        gold = self.file("gold.jsonl", json.dumps(labelled, ensure_ascii=False) + "\n")
        self.assertEqual("كفر شجرات", text[32:41])
        for which in (self.own, self.data / "gazetteer.kgaz"):
            with self.subTest(which=which.name):
                said = self.run_program("extract", "--gazetteer", which, report, env=self.environment).stdout
                self.assertIn("gn:9900001", said)
                out = self.work / f"out-{which.suffix}"
                self.run_program("build", report, "-o", out, "--gazetteer", which, env=self.environment)
                self.assertIn("gn:9900001", (out / "places.geojson").read_text(encoding="utf-8"))
                self.assertIn("up to date", self.run_program("build", report, "-o", out, "--gazetteer", which,
                                                             env=self.environment).stderr)
                self.run_program("overlay", out / "events.sqlite", "--gazetteer", which, env=self.environment)
                scores = self.run_program("eval", gold, "--gazetteer", which, "--errors", env=self.environment).stdout
                without = self.run_program("eval", gold, "--errors", env=self.environment).stdout
                self.assertNotEqual(without, scores)

    def test_check_reads_imports_and_shapes(self):
        self.assertIn("sound", self.gazetteer("import", self.file("SY.txt", DUMP), "--name", "gn").stderr +
                      self.gazetteer("check").stderr)
        shapes = self.file("adm3.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"ADM1_PCODE": "SY07", "ADM2_PCODE": "SY0703", "ADM3_EN": "Darkosh",
                                               "ADM3_PCODE": "SY070303"},
             "geometry": {"type": "Polygon", "coordinates": [[[36, 35], [36.01, 35], [36.01, 35.01], [36, 35]]]}}]}))
        said = self.gazetteer("check", "--outlines", shapes, status=1)
        self.assertIn("km outside SY070303", said.stdout)
        self.gazetteer("import", shapes, "--format", "ocha", "--name", "shapes")
        self.assertIn("km outside SY070303", self.gazetteer("check", status=1).stdout)
        broken = self.own / "imports/gn/places.tsv"
        broken.write_text(broken.read_text(encoding="utf-8") + "half a row\n", encoding="utf-8")
        self.assertIn("imports/gn/places.tsv:4: 1 columns", self.gazetteer("check", status=1).stdout)

    def test_start_needs_no_gdal(self):
        linked = subprocess.run(["ldd", kharita.PROGRAM], capture_output=True, text=True, check=True).stdout
        self.assertNotIn("libgdal", linked)
        said = self.run_program("gazetteer", "export", "-o", self.work / "x.gpkg", status=0,
                                env={**self.environment, "KHARITA_MODULE_DIR": "/nowhere"})
        self.assertTrue((self.work / "x.gpkg").exists(), said.stderr)


if __name__ == "__main__":
    kharita.main()
