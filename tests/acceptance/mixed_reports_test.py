#!/usr/bin/python3
"""A desk's folder of good and bad reports in all forms: the good ones are published, each bad one is set aside with its
reason, and no bad one keeps the others from the map."""
import gzip
import json

import kharita


def line(number, day, text, **more):
    return json.dumps({"id": number, "source": "Desk", "published": day, "text": text, **more}, ensure_ascii=False) + "\n"


GOOD = {
    "a.jsonl": line("a1", "2020-02-10", "استهدفت مدفعية قوات النظام، صباح اليوم الاثنين، مدينة سراقب شرق إدلب، ما أدى إلى مقتل أربعة مدنيين.")
               + line("same", "2020-02-12", "Two mortar shells hit the town of Kafr Takharim on Wednesday.")
               + line("same", "2020-02-13", "A roadside bomb wounded three people in Jarabulus on Thursday.")
               + line(7, None, "قتل شخصان بانفجار عبوة ناسفة في مدينة الرقة أمس.")
               + line("=1+1", "2020-02-14", "Artillery shelled Taftanaz on Friday. '; DROP TABLE event; --", title="</script>"),
    "2020-02-18-page.html": "<title>Raid</title><script>'Damascus'</script><nav>Aleppo</nav><article><p>شن الطيران الحربي غارة على مدينة "
                            "جسر الشغور غربي إدلب ليل الاثنين.</p><!-- Hama --></article>",
    "sub/2020-02-19-nubl.txt.gz": gzip.compress("Shelling hit Nubl on Wednesday, killing one civilian.".encode()),
    "bom.txt": b"\xef\xbb\xbf" + "قصف على بلدة كفرنبل.".encode(),
}
PLACES = {"Saraqib", "Kafr Takharim", "Jarabulus", "Raqqa", "Taftanaz", "Jisr al-Shughur", "Nubl", "Kafr Nabl"}
BAD = {
    "empty.txt": (b"", "is empty"),
    "cp1256.txt": ("قصف على مدينة إدلب".encode("cp1256"), "iconv -f WINDOWS-1256"),
    "utf16.txt": ("Shelling hit Idlib.".encode("utf-16"), "is UTF-16"),
    "zero.txt": (b"Shelling hit\0 Idlib on Monday.", "a zero byte at 12"),
    "huge.jsonl": (line("h", "2020-02-12", "قصف على إدلب. " * 60000), "expected a report of at most 1048576"),
    "cut.jsonl.gz": (gzip.compress(line("c", "2020-02-12", "x" * 5000).encode())[:-12], "cannot be read on"),
    "lines.jsonl": ("{broken\n", "is not JSON"),
    "day.jsonl": (line("d", "2020-02-31", "Shelling hit Binnish on Sunday."), "expected YYYY-MM-DD"),
    "words.jsonl": (line("w", "2020-02-12", " \n"), "expected one of them"),
    "list.jsonl": ("[1,2]\n", "array"),
}


class MixedReports(kharita.Case):
    def test_good_ones_are_published_and_bad_ones_named(self):
        for name, content in {**GOOD, **{name: content for name, (content, _) in BAD.items()}}.items():
            file = self.work / "desk" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = self.run_program("build", "desk", "-o", "map", status=3)
        self.assertIn(f"{len(BAD)} set aside", said.stderr)
        rejects = {each["file"]: each["reason"] for each in kharita.read_lines((self.work / "map/rejects.jsonl").read_text(encoding="utf-8"))}
        self.assertEqual(sorted(f"desk/{name}" for name in BAD), sorted(rejects))
        for name, (_, reason) in BAD.items():
            with self.subTest(file=name):
                self.assertIn(reason, rejects[f"desk/{name}"])
        features = json.loads((self.work / "map/events.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual(PLACES, {each["properties"]["place"] for each in features})
        undated = [each["properties"] for each in features if each["properties"]["date"] is None]
        self.assertEqual({"Raqqa", "Kafr Nabl"}, {each["place"] for each in undated})
        self.run_program("verify", "map")
        self.assertNotIn("still to come", said.stderr)
        # Step by step, it comes to the same.
        documents = self.run_program("extract", "desk", status=3).stdout
        (self.work / "documents.jsonl").write_text(documents, encoding="utf-8")
        self.run_program("load", "events.sqlite", "documents.jsonl")
        self.run_program("unite", "events.sqlite")
        exported = json.loads(self.run_program("export", "events.sqlite", "-o", "-").stdout)["features"]
        self.assertEqual(sorted(each["properties"]["id"] for each in features), sorted(each["properties"]["id"] for each in exported))
        self.run_program("verify", "events.sqlite")

    def test_a_day_still_to_come_is_doubted(self):
        (self.work / "typo.jsonl").write_text(line("f", "9019-08-01", "Warplanes bombed Ariha yesterday."), encoding="utf-8")
        said = self.run_program("extract", "typo.jsonl")
        self.assertIn("typo.jsonl:1: published on 9019-08-01, which is still to come", said.stderr)
        document, = kharita.read_lines(said.stdout)
        self.assertEqual("9019-07-31", document["events"][0]["event_date"])


if __name__ == "__main__":
    kharita.main()
