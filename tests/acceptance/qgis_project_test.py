#!/usr/bin/python3
"""The project beside a published database, as an analyst works with it in QGIS: layers, time, and a correction that the next
build obeys."""
import json
import pathlib
import shutil
import subprocess

import kharita

DAY = "2019-08-01"
EDITABLE = {"Corrections", "Control areas drawn by hand"}


class Project(kharita.Case):
    @classmethod
    def setUpClass(cls):
        cls.folder = kharita.fresh_folder("sample-project")
        shutil.copytree(kharita.BUILT, cls.folder, dirs_exist_ok=True)
        cls.database = cls.folder / "events.sqlite"
        (cls.target, was), = kharita.ask(cls.database, "SELECT target, place_id FROM map_mention WHERE place_id IS NOT NULL ORDER BY target LIMIT 1")
        (cls.place,), = kharita.ask(cls.database, f"SELECT place_id FROM place WHERE place_id <> '{was}' ORDER BY place_id LIMIT 1")
        # Counted before a test builds the folder anew, as the probe does.
        (cls.of_the_day,), = kharita.ask(cls.database, f"SELECT count(*) FROM map_event WHERE geom IS NOT NULL AND date <= '{DAY}' "
                                                       f"AND date_end >= '{DAY}'")
        done = subprocess.run(["/usr/bin/python3", pathlib.Path(__file__).with_name("qgis_project_probe.py"), cls.folder, cls.target,
                               cls.place, DAY, kharita.BUILT.parent / "sample-project.png"], capture_output=True, text=True, timeout=300)
        if done.returncode != 0 or not done.stdout:
            raise RuntimeError(f"QGIS ended with {done.returncode}: {done.stderr[-2000:]}")
        cls.answer = json.loads(done.stdout.splitlines()[-1])

    def test_every_layer_opens_from_the_folder(self):
        self.assertTrue(self.answer["read"])
        self.assertEqual(18, len(self.answer["layers"]))
        for name, layer in self.answer["layers"].items():
            with self.subTest(layer=name):
                self.assertTrue(layer["valid"])
                self.assertIn(str(self.folder), layer["source"])

    def test_only_what_analysts_make_can_be_edited(self):
        self.assertEqual(EDITABLE, {name for name, layer in self.answer["layers"].items() if not layer["read_only"]})

    def test_layers_stand_in_groups(self):
        for group in ("Events", "Control", "Places", "Front lines and zones"):
            self.assertIn(group, self.answer["groups"])

    def test_the_temporal_controller_leaves_the_events_of_a_day(self):
        self.assertTrue(self.answer["layers"]["Events"]["timed"])
        self.assertEqual(self.of_the_day, self.answer["on_day"])
        self.assertLess(0, self.answer["on_day"])
        self.assertLess(self.answer["on_day"], self.answer["layers"]["Events"]["features"])

    def test_the_form_offers_places_and_kinds(self):
        widgets = self.answer["layers"]["Corrections"]["widgets"]
        self.assertEqual(("ValueMap", "ValueRelation"), (widgets["kind"], widgets["place"]))
        self.assertEqual("ValueRelation", self.answer["layers"]["Control areas drawn by hand"]["widgets"]["actor"])

    def test_a_row_is_picked_to_be_corrected(self):
        for layer in ("Events", "Failed", "Planned", "Threatened", "Denied", "Historical", "Mentions of places", "review list"):
            self.assertEqual(["Correct", "Move to a point"], self.answer["actions"][layer], layer)
        self.assertEqual([[self.target, "force_place", None], [self.target, "force_place", [36.5, 35.25]]],
                         self.answer["correction"]["offered"])

    def test_the_map_is_not_blank(self):
        self.assertEqual([], self.answer["picture"]["errors"])
        self.assertGreater(self.answer["picture"]["drawn"], 0.02)
        self.assertGreater(self.answer["picture"]["colours"], 20)

    def test_a_correction_is_obeyed_and_kept_by_every_build(self):
        self.assertEqual({"added": True, "committed": True}, {key: self.answer["correction"][key] for key in ("added", "committed")},
                         self.answer["correction"])
        for _ in range(2):
            said = self.run_program("build", kharita.SAMPLE, "-o", self.folder)
            self.assertEqual([("force_place", self.target, self.place, "Analyst", "applied")],
                             kharita.ask(self.database, "SELECT kind, target, place, author, outcome FROM correction"))
            self.assertEqual([(self.place, 1.0)],
                             kharita.ask(self.database, f"SELECT place_id, confidence FROM map_mention WHERE target = '{self.target}'"))
        self.assertIn("up to date", said.stderr)
        self.run_program("verify", self.folder)


if __name__ == "__main__":
    kharita.main()
