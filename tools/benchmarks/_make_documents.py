#!/usr/bin/env python3
"""_make_documents.py EVENTS DOCUMENTS.jsonl TABLE.geojsonl [TABLE.csv]: made-up reports, always the same.

DOCUMENTS are annotated documents, as `kharita extract` writes them, with four events and five mentions each, at places of
the project's gazetteer; TABLE is the same events as one flat table of thirteen columns and a point.
"""
import csv
import datetime
import hashlib
import json
import pathlib
import random
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
EVENTS_A_DOCUMENT = 4
KINDS = (("قصفت", "Explosions/Remote violence", "Shelling/artillery/missile attack", "ASSAULT", "artillery", "قوات النظام", "artillery"),
         ("استهدفت غارات جوية", "Explosions/Remote violence", "Air/drone strike", "ASSAULT", "aerial", "الطيران الحربي", "aircraft"),
         ("اندلعت اشتباكات في", "Battles", "Armed clash", "ASSAULT", "firearms", "فصائل المعارضة", ""),
         ("خرجت مظاهرة في", "Protests", "Peaceful protest", "PROTEST", "demo", "الأهالي", ""))
ACTORS = (("sy-gov", "Government forces"), ("ru-air", "Russian air force"), ("opp", "Opposition rebels"), ("", "Residents"))
FILLER = ("وقالت مصادر محلية إن الأضرار اقتصرت على الممتلكات، في حين تواصلت حركة النزوح من المنطقة نحو الشمال.",
          "ولم ترد أي جهة رسمية على ما جرى حتى ساعة إعداد التقرير، بحسب ما أفاد به ناشطون في المكان.",
          "وتشهد المنطقة توترا متصاعدا منذ أسابيع على الرغم من الهدنة التي أعلنت قبل شهر واحد.")


def read_table(name):
    with open(TOP / "gazetteer" / "places" / name, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def units():
    return {row["id"]: {"id": row["id"], "name": row["name_en"]}
            for level in "123" for row in read_table(f"syria_admin{level}.tsv")}


def place_json(row, admin):
    code = row["admin"]
    chain = [admin.get(code[:length]) if len(code) >= length else None for length in (4, 6, 8)]
    return json.dumps({"id": row["id"], "refs": [ref for ref in row["refs"].split(";") if ref] if row.get("refs") else [],
                       "name": row["name_en"], "name_ar": row["name_ar"], "feature": row["feature"], "country": "SYR",
                       "admin1": chain[0], "admin2": chain[1], "admin3": chain[2], "lon": float(row["lon"]),
                       "lat": float(row["lat"]), "uncertainty_m": float(row["uncertainty_m"] or 1000),
                       "population": int(row["population"] or 0), "prominence": int(row["prominence"] or 0)},
                      ensure_ascii=False, separators=(",", ":"))


def doc_id(source, url, published, text):
    digest = hashlib.sha256()
    for field in (source, url, published, text):
        raw = field.encode()
        digest.update(len(raw).to_bytes(8, "little") + raw)
    return digest.hexdigest()[:32]


class Maker:
    def __init__(self):
        admin = units()
        files = sorted(path.name for path in (TOP / "gazetteer" / "places").glob("syria_*.tsv") if "admin" not in path.name)
        rows = [row for name in files for row in read_table(name) if row["admin"][:2] == "SY" and row["feature"].startswith("PPL")]
        self.places = [(row, place_json(row, admin)) for row in rows]
        self.scopes = [(row, place_json(row, admin)) for row in read_table("syria_admin1.tsv")]
        self.random = random.Random(20190801)
        self.first = datetime.date(2012, 1, 1)

    def mention(self, number, text, start, place, role, scope):
        row, body = place
        end = start + len(row["name_ar"])
        bound = f'"{scope}"' if scope else "null"
        precision = "1" if scope else "3"
        return (f'{{"id":"m{number}","start":{start},"end":{end},"text":"{row["name_ar"]}","role":"{role}","place":{body},'
                f'"lon":{float(row["lon"])},"lat":{float(row["lat"])},"uncertainty_m":{float(row["uncertainty_m"] or 1000)},'
                f'"geometry":null,"geo_precision":{precision},"where_prec":{precision},"scope":{bound},"relation":null,'
                f'"confidence":{self.random.randrange(50, 100) / 100},"why":"exact name; inside its scope; named with its neighbours",'
                f'"alternatives":[{{"id":"{self.random.choice(self.places)[0]["id"]}","confidence":0.04}}]}}')

    def document(self, number):
        rng = self.random
        day = self.first + datetime.timedelta(days=number % 4700)
        kinds = [rng.choice(KINDS), rng.choice(KINDS)]
        scope = rng.choice(self.scopes)
        where = [rng.choice(self.places) for _ in range(EVENTS_A_DOCUMENT)]
        text, mentions, triggers = "", [], []
        for half, kind in enumerate(kinds):
            triggers.append((len(text), len(text) + len(kind[0]), kind[0]))
            text += kind[0] + " "
            for i in (2 * half, 2 * half + 1):
                mentions.append(self.mention(len(mentions) + 1, text, len(text), where[i], "event", "m3"))
                text += where[i][0]["name_ar"] + (" و" if i % 2 == 0 else " ")
            if half == 0:
                text += "بريف "
                mentions.append(self.mention(3, text, len(text), scope, "scope", ""))
                text += scope[0]["name_ar"] + " "
            text += "اليوم، " + rng.choice(FILLER) + " " + rng.choice(FILLER) + "\n"
        url = f"https://example.org/{number}"
        key = doc_id("bench", url, day.isoformat(), text)
        events, flat = [], []
        for i, (row, _) in enumerate(where):
            half = i // 2
            kind, (start, end, word) = kinds[half], triggers[half]
            at = ("m1", "m2", "m4", "m5")[i]
            killed = rng.choice((None, None, 0, 1, 2, 5, 12))
            toll = "null" if killed is None else (f'{{"low":{killed},"best":{killed},"high":{killed + 1},"civilians":{killed},'
                                                  '"combatants":null,"children":null,"women":null}')
            event = hashlib.sha256(f"{key}{i}".encode()).hexdigest()[:32]
            actor = ACTORS[KINDS.index(kind)]
            side = f'[{{"id":{json.dumps(actor[0]) if actor[0] else "null"},"name":"{actor[1]}","confidence":0.8}}]'
            weapon = f'"{kind[6]}"' if kind[6] else "null"
            confidence = rng.randrange(40, 100) / 100
            events.append(f'{{"id":"{event}","start":{start},"end":{end},"trigger":"{word}","group":"c{half + 1}","mention":"{at}",'
                          f'"event_date":"{day}","date_end":"{day}","time_precision":1,"date_why":"today, of the day of publication",'
                          f'"event_type":"{kind[1]}","sub_event_type":"{kind[2]}","plover":"{kind[3]}","plover_mode":"{kind[4]}",'
                          f'"modality":"occurred","initiator":{side},"target":[{{"id":null,"name":"Civilians","confidence":0.5}}],'
                          f'"weapon":{weapon},"count":null,"killed":{toll},"injured":null,"control_change":null,"claimed_by":null,'
                          f'"confidence":{confidence},"why":"trigger and place in one clause"}}')
            flat.append((event, day.isoformat(), kind[1], kind[2], "occurred", row["name_en"], row["name_ar"], row["admin"], killed,
                         actor[1], weapon.strip('"'), confidence, url, float(row["lon"]), float(row["lat"])))
        line = (f'{{"schema":1,"id":"r{number}","doc_id":"{key}","source":"bench","url":"{url}","title":"","published":"{day}",'
                f'"lang":"ar","text":{json.dumps(text, ensure_ascii=False)},"gazetteer":"{"0" * 64}","mentions":[{",".join(mentions)}],'
                f'"groups":[{{"id":"c1","killed":null,"injured":null}},{{"id":"c2","killed":null,"injured":null}}],'
                f'"events":[{",".join(events)}],"zones":[]}}\n')
        return line, flat


COLUMNS = ("event_id", "date", "event_type", "sub_event_type", "modality", "place", "place_ar", "admin", "killed", "initiator", "weapon",
           "confidence", "url", "lon", "lat")


def main():
    count, documents, table, *more = sys.argv[1:]
    maker = Maker()
    with open(documents, "w", encoding="utf-8") as lines, open(table, "w", encoding="utf-8") as features, \
            open(more[0] if more else "/dev/null", "w", encoding="utf-8", newline="") as cells:
        rows = csv.writer(cells)
        rows.writerow(COLUMNS)
        for number in range(int(count) // EVENTS_A_DOCUMENT):
            line, flat = maker.document(number)
            lines.write(line)
            for row in flat:
                properties = json.dumps(dict(zip(COLUMNS[:-2], row)), ensure_ascii=False, separators=(",", ":"))
                features.write(f'{{"type":"Feature","properties":{properties},"geometry":{{"type":"Point","coordinates":[{row[-2]},{row[-1]}]}}}}\n')
                rows.writerow(row)


main()
