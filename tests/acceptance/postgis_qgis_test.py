#!/usr/bin/python3
"""QGIS opens a database on a server: every map layer valid, styled and drawn, by the connection and by the project that
kharita export makes; the temporal controller works, and a correction made there is obeyed by the next build."""
import json
import os
import pathlib
import shutil
import subprocess

import kharita
import postgis_server
from postgis_server import setUpModule, tearDownModule  # unittest calls them by name

DAY = "2019-08-01"
DRAWN = ("map_event", "map_event_failed", "map_place", "map_frontline", "map_zone", "map_control")
EDITABLE = {"Corrections", "Control areas drawn by hand"}
HERE = pathlib.Path(__file__).parent

def in_qgis(program, *arguments):
    """What a program says that runs in QGIS. Who asks the server stands in the environment, as in ~/.pgpass."""
    done = subprocess.run(["/usr/bin/python3", HERE / program, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PGUSER": "postgres"})
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"QGIS ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


class Qgis(kharita.Case):
    def setUp(self):
        super().setUp()
        self.database = "qgis"
        self.url = postgis_server.SERVER.make(self.database)
        self.build()

    def build(self):
        return self.run_program("build", kharita.SAMPLE, "-o", self.url)

    def ask(self, sql):
        return postgis_server.SERVER.ask(self.database, sql)

    def test_layers_of_the_connection(self):
        # The server's socket is a file in its folder.
        answer = in_qgis("postgis_qgis_probe.py", postgis_server.SERVER.folder, self.database, kharita.BUILT.parent / "sample-server-qgis.png", *DRAWN)
        views = self.ask("SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'map\\_%' ORDER BY 1")
        self.assertEqual(12, len(views))
        self.assertEqual(views, sorted(answer["layers"]))
        for name, layer in answer["layers"].items():
            with self.subTest(layer=name):
                self.assertTrue(layer["valid"], layer)
                self.assertEqual("EPSG:4326", layer["crs"])
                self.assertEqual(0, layer["invalid"])
                self.assertTrue(layer["styled"])
                self.assertEqual([str(layer["features"])], self.ask(f"SELECT count(*) FROM {name}"))
                self.assertEqual(layer["features"] - layer["null"], layer["found_by_extent"])
                if name in DRAWN:
                    self.assertGreater(layer["features"], 0)
        self.assertEqual([], answer["picture"]["errors"])
        self.assertGreater(answer["picture"]["drawn"], 0.02)
        self.assertGreater(answer["picture"]["colours"], 20)

    def test_layers_are_drawn_as_those_of_a_file(self):
        server = in_qgis("postgis_qgis_probe.py", postgis_server.SERVER.folder, self.database, self.work / "server.png", *DRAWN)
        file = in_qgis("qgis_probe.py", kharita.BUILT / "events.sqlite", self.work / "file.png", *DRAWN)
        for name, layer in server["layers"].items():
            with self.subTest(layer=name):
                self.assertEqual(file["spatialite"][name]["drawn_as"], layer["drawn_as"])
                self.assertEqual(file["spatialite"][name]["labels"], layer["labels"])
        self.assertAlmostEqual(file["picture"]["drawn"], server["picture"]["drawn"], delta=0.01)

    def test_extents_are_found_by_index(self):
        plan = "\n".join(self.ask("SET enable_seqscan = off; EXPLAIN SELECT * FROM map_event WHERE geom && "
                                  "ST_MakeEnvelope(36, 35, 36.1, 35.1, 4326)"))
        self.assertIn("event_geom", plan)

    def test_the_project(self):
        secret = self.url.replace("postgres@", "postgres:open%20sesame@")
        said = self.run_program("export", secret, "-o", "kharita.qgs")
        text = (self.work / "kharita.qgs").read_text(encoding="utf-8")
        for word in ("sesame", "user=", "password=", "spatialite<", "events.sqlite"):
            self.assertNotIn(word, text + said.stderr)
        (target, was), = (row.split("\t") for row in self.ask(
            "SELECT target, place_id FROM map_mention WHERE place_id IS NOT NULL ORDER BY target LIMIT 1"))
        place, = self.ask(f"SELECT place_id FROM place WHERE place_id <> '{was}' ORDER BY place_id LIMIT 1")
        of_the_day = int(self.ask(f"SELECT count(*) FROM map_event WHERE geom IS NOT NULL AND date <= '{DAY}' AND date_end >= '{DAY}'")[0])
        answer = in_qgis("qgis_project_probe.py", self.work, target, place, DAY, kharita.BUILT.parent / "sample-server-project.png")
        self.assertTrue(answer["read"])
        self.assertEqual(18, len(answer["layers"]))
        for name, layer in answer["layers"].items():
            with self.subTest(layer=name):
                self.assertTrue(layer["valid"])
                self.assertEqual(f"dbname='{self.database}'", layer["source"])
        self.assertEqual(EDITABLE, {name for name, layer in answer["layers"].items() if not layer["read_only"]})
        self.assertTrue(answer["layers"]["Events"]["timed"])
        self.assertEqual(of_the_day, answer["on_day"])
        self.assertLess(0, answer["on_day"])
        self.assertLess(answer["on_day"], answer["layers"]["Events"]["features"])
        widgets = answer["layers"]["Corrections"]["widgets"]
        self.assertEqual(("ValueMap", "ValueRelation"), (widgets["kind"], widgets["place"]))
        self.assertEqual([], answer["picture"]["errors"])
        self.assertGreater(answer["picture"]["drawn"], 0.02)
        self.assertEqual({"added": True, "committed": True}, {key: answer["correction"][key] for key in ("added", "committed")},
                         answer["correction"])
        for _ in range(2):
            said = self.build()
            self.assertEqual([f"force_place\t{target}\t{place}\tAnalyst\tapplied"],
                             self.ask("SELECT kind, target, place, author, outcome FROM correction"))
            self.assertEqual([f"{place}\t1"], self.ask(f"SELECT place_id, confidence FROM map_mention WHERE target = '{target}'"))
        self.assertIn("up to date", said.stderr)
        self.run_program("verify", self.url)

    def test_a_project_is_of_a_server(self):
        self.assertIn("a published folder has its own",
                      self.run_program("export", kharita.BUILT / "events.sqlite", "-o", "x.qgs", status=2).stderr)
        self.assertIn("exists", self.run_program("export", self.url, "-o", self.existing(), status=1).stderr)

    def existing(self):
        file = self.work / "mine.qgs"
        file.write_text("mine")
        return file


if __name__ == "__main__":
    if not shutil.which("qgis") and not pathlib.Path("/usr/lib/python3/dist-packages/qgis").exists():
        print("skipped: QGIS is not installed")
        raise SystemExit(kharita.SKIPPED)
    kharita.main()
