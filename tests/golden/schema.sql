CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    actor_id TEXT NOT NULL UNIQUE CHECK (actor_id <> ''), -- "name:…" where only a name is known
    name TEXT NOT NULL,
    name_ar TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    parent TEXT NOT NULL DEFAULT ''  -- actor_id; empty where it has none
);

CREATE TABLE build (
    id INTEGER PRIMARY KEY,
    program_version TEXT NOT NULL,
    gazetteer_hash TEXT NOT NULL,
    vocabulary_hash TEXT NOT NULL,
    inputs_hash TEXT NOT NULL,
    data_date TEXT CHECK (date(data_date) IS data_date), -- the newest report's
    documents INTEGER NOT NULL CHECK (documents >= 0),
    events INTEGER NOT NULL CHECK (events >= 0)
);

CREATE TABLE changed_day (
    day TEXT NOT NULL CHECK (date(day) IS day)
);

CREATE TRIGGER "ggi_control_geom" BEFORE INSERT ON "control"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'control.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('control') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_control_geom" BEFORE UPDATE OF "geom" ON "control"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'control.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('control') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_control_geom" AFTER DELETE ON "control"
FOR EACH ROW BEGIN
DELETE FROM "idx_control_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_control_geom" AFTER INSERT ON "control"
FOR EACH ROW BEGIN
DELETE FROM "idx_control_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_control_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_control_geom" AFTER UPDATE OF "geom" ON "control"
FOR EACH ROW BEGIN
DELETE FROM "idx_control_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_control_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_control_geom" AFTER DELETE ON "control"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('control') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_control_geom" AFTER INSERT ON "control"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('control') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_control_geom" AFTER UPDATE ON "control"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('control') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE control (
    id INTEGER PRIMARY KEY,
    actor INTEGER NOT NULL REFERENCES actor,
    date TEXT NOT NULL CHECK (date(date) IS date),
    until TEXT CHECK (date(until) IS until AND until >= date), -- of a digitised area: its last day; NULL: its only day is "date"
    places TEXT NOT NULL DEFAULT '', -- place_ids it was derived from, between "; "
    confidence REAL NOT NULL DEFAULT 1 CHECK (confidence BETWEEN 0 AND 1),
    source TEXT NOT NULL DEFAULT 'digitised' CHECK (source IN ('derived', 'digitised')),
    geom MULTIPOLYGON NOT NULL
);

CREATE INDEX control_date ON control (date);

CREATE TRIGGER "ggi_correction_geom" BEFORE INSERT ON "correction"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'correction.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('correction') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_correction_geom" BEFORE UPDATE OF "geom" ON "correction"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'correction.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('correction') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_correction_geom" AFTER DELETE ON "correction"
FOR EACH ROW BEGIN
DELETE FROM "idx_correction_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_correction_geom" AFTER INSERT ON "correction"
FOR EACH ROW BEGIN
DELETE FROM "idx_correction_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_correction_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_correction_geom" AFTER UPDATE OF "geom" ON "correction"
FOR EACH ROW BEGIN
DELETE FROM "idx_correction_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_correction_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_correction_geom" AFTER DELETE ON "correction"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('correction') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_correction_geom" AFTER INSERT ON "correction"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('correction') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_correction_geom" AFTER UPDATE ON "correction"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('correction') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL
        CHECK (kind IN ('alias', 'force_place', 'never_place', 'merge', 'split', 'edit', 'delete')),
    target TEXT NOT NULL CHECK (target <> ''), -- event_id, zone_id, "doc_id@start" of a mention, or a name
    place TEXT NOT NULL DEFAULT '',
    field TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL CHECK (author <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (datetime(made) IS NOT NULL),
    outcome TEXT NOT NULL DEFAULT '', -- of the last build: "applied", or why it does not apply any more
    geom POINT
);

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL CHECK (length(doc_id) = 32), -- unique, see document_doc_id
    input_id TEXT NOT NULL,       -- the input's own id
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT CHECK (date(published) IS published),
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    whole_text INTEGER NOT NULL CHECK (whole_text IN (0, 1)), -- 0: only what is quoted of it, at its offsets
    extra TEXT CHECK (extra IS NULL OR json_valid(extra)),
    content_hash TEXT NOT NULL CHECK (length(content_hash) = 32), -- of all that was extracted
    gazetteer_hash TEXT NOT NULL  -- of the gazetteer that resolved it
, rows_hash INTEGER);

CREATE UNIQUE INDEX document_doc_id ON document (doc_id);

CREATE TRIGGER "ggi_event_geom" BEFORE INSERT ON "event"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'event.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('event') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_event_geom" BEFORE UPDATE OF "geom" ON "event"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'event.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('event') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_event_geom" AFTER DELETE ON "event"
FOR EACH ROW BEGIN
DELETE FROM "idx_event_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_event_geom" AFTER INSERT ON "event"
FOR EACH ROW BEGIN
DELETE FROM "idx_event_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_event_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_event_geom" AFTER UPDATE OF "geom" ON "event"
FOR EACH ROW BEGIN
DELETE FROM "idx_event_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_event_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_event_geom" AFTER DELETE ON "event"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('event') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_event_geom" AFTER INSERT ON "event"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('event') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_event_geom" AFTER UPDATE ON "event"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('event') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL CHECK (length(event_id) = 32), -- unique, see event_event_id
    document INTEGER NOT NULL REFERENCES document, -- the report it was first coded from
    event_group INTEGER REFERENCES event_group,
    mention INTEGER REFERENCES mention,            -- NULL: the text names no place for it
    place INTEGER REFERENCES place,
    date TEXT CHECK (date(date) IS date),
    date_end TEXT CHECK (date(date_end) IS date_end),
    time_precision INTEGER NOT NULL CHECK (time_precision BETWEEN 0 AND 3), -- ACLED; 0: undated
    date_why TEXT NOT NULL,
    event_type TEXT NOT NULL
        CHECK (event_type IN ('Battles', 'Explosions/Remote violence', 'Protests', 'Riots', 'Strategic developments', 'Violence against civilians', '')),
    sub_event_type TEXT NOT NULL,
    plover TEXT NOT NULL,
    plover_mode TEXT NOT NULL,
    modality TEXT NOT NULL
        CHECK (modality IN ('occurred', 'failed', 'planned', 'threatened', 'denied', 'historical')),
    initiator TEXT NOT NULL,      -- names for people: "A and B", "A or B" where it is not decided; see event_actor
    target TEXT NOT NULL,
    weapon TEXT NOT NULL,
    count_low INTEGER CHECK (count_low >= 0),
    count INTEGER CHECK (count >= count_low),
    count_high INTEGER CHECK (count_high >= count),
    killed_low INTEGER CHECK (killed_low >= 0),
    killed INTEGER CHECK (killed >= killed_low),
    killed_high INTEGER CHECK (killed_high >= killed),
    killed_civilians INTEGER, killed_combatants INTEGER, killed_children INTEGER, killed_women INTEGER,
    injured_low INTEGER CHECK (injured_low >= 0),
    injured INTEGER CHECK (injured >= injured_low),
    injured_high INTEGER CHECK (injured_high >= injured),
    injured_civilians INTEGER, injured_combatants INTEGER, injured_children INTEGER, injured_women INTEGER,
    control_change TEXT NOT NULL CHECK (control_change IN ('gained', 'lost', '')),
    uncertainty_m REAL CHECK (uncertainty_m >= 0),
    geo_precision INTEGER NOT NULL CHECK (geo_precision BETWEEN 0 AND 3),
    claimed_by TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    why TEXT NOT NULL,
    same_as INTEGER REFERENCES event,  -- the event that this one is another report of; NULL: it stands for itself
    same_likeness REAL,                -- logarithm of the odds
    same_why TEXT NOT NULL DEFAULT '',
    geom POINT,
    CHECK (date_end >= date),
    CHECK (same_as <> id),
    CHECK ((same_as IS NULL) = (same_likeness IS NULL)),
    CHECK ((killed IS NULL) = (killed_low IS NULL) AND (killed IS NULL) = (killed_high IS NULL)),
    CHECK ((injured IS NULL) = (injured_low IS NULL) AND (injured IS NULL) = (injured_high IS NULL))
);

CREATE INDEX event_date ON event (date);

CREATE INDEX event_document ON event (document);

CREATE UNIQUE INDEX event_event_id ON event (event_id);

CREATE INDEX event_place ON event (place);

CREATE INDEX event_same_as ON event (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event,
    side TEXT NOT NULL CHECK (side IN ('initiator', 'target')),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    actor INTEGER NOT NULL REFERENCES actor,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (event, side, ordinal)
) WITHOUT ROWID;

CREATE VIEW event_detail AS
SELECT e.id AS rowid,
    e.event_id, e.modality,
    e.date, e.date_end, e.event_type, e.sub_event_type,
    p.name AS place, p.name_ar AS place_ar, p.admin1, p.admin2, p.admin3,
    coalesce(p.admin3_id, p.admin2_id, p.admin1_id) AS pcode,
    e.killed, e.killed_low, e.killed_high, e.killed_civilians, e.injured,
    CASE WHEN e.killed IS NULL THEN g.killed END AS killed_shared,
    CASE WHEN e.injured IS NULL THEN g.injured END AS injured_shared,
    e.initiator, e.target, e.weapon, e.count AS strikes, e.claimed_by,
    e.plover, e.plover_mode,
    e.geo_precision, e.uncertainty_m, e.time_precision, e.confidence, e.why,
    (SELECT count(DISTINCT r.document) FROM event_report AS r WHERE r.event = e.id) AS reports,
    d.source, d.url, d.published, d.title, d.lang,
    (SELECT r.quote FROM event_quote AS r WHERE r.event = e.id ORDER BY r.id LIMIT 1) AS quote,
    e.geom
FROM event AS e
    JOIN document AS d ON d.id = e.document
    LEFT JOIN place AS p ON p.id = e.place
    LEFT JOIN event_group AS g ON g.id = e.event_group
WHERE e.same_as IS NULL;

CREATE TABLE event_group (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    group_id TEXT NOT NULL CHECK (group_id <> ''), -- within the document
    killed_low INTEGER CHECK (killed_low >= 0),
    killed INTEGER CHECK (killed >= killed_low),
    killed_high INTEGER CHECK (killed_high >= killed),
    killed_civilians INTEGER, killed_combatants INTEGER, killed_children INTEGER, killed_women INTEGER,
    injured_low INTEGER CHECK (injured_low >= 0),
    injured INTEGER CHECK (injured >= injured_low),
    injured_high INTEGER CHECK (injured_high >= injured),
    injured_civilians INTEGER, injured_combatants INTEGER, injured_children INTEGER, injured_women INTEGER,
    CHECK ((killed IS NULL) = (killed_low IS NULL) AND (killed IS NULL) = (killed_high IS NULL)),
    CHECK ((injured IS NULL) = (injured_low IS NULL) AND (injured IS NULL) = (injured_high IS NULL)),
    UNIQUE (document, group_id)
);

CREATE VIEW event_quote AS
SELECT r.id, r.event, r.document, r.mention, r.merged_id, r.trigger,
    substr(d.text, r.quote_start + 1, r.quote_end - r.quote_start) AS quote
FROM event_report AS r JOIN document AS d ON d.id = r.document;

CREATE TABLE event_report (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    document INTEGER NOT NULL REFERENCES document,
    mention INTEGER REFERENCES mention,
    merged_id TEXT CHECK (length(merged_id) = 32), -- its own event id, where it was merged into another event
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    trigger TEXT NOT NULL,        -- the word that tells it
    quote_start INTEGER NOT NULL CHECK (quote_start >= 0), -- the sentence round it, see event_quote
    quote_end INTEGER NOT NULL CHECK (quote_end >= quote_start)
);

CREATE INDEX event_report_event ON event_report (event, document);

CREATE UNIQUE INDEX event_report_merged_id ON event_report (merged_id) WHERE merged_id IS NOT NULL;

CREATE TABLE event_version (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    version INTEGER NOT NULL CHECK (version >= 1),
    document INTEGER NOT NULL REFERENCES document, -- the report that says it
    killed_low INTEGER, killed INTEGER, killed_high INTEGER,
    killed_civilians INTEGER, killed_combatants INTEGER, killed_children INTEGER, killed_women INTEGER,
    injured_low INTEGER, injured INTEGER, injured_high INTEGER,
    injured_civilians INTEGER, injured_combatants INTEGER, injured_children INTEGER, injured_women INTEGER,
    reason TEXT NOT NULL,
    UNIQUE (event, version)
);

CREATE INDEX event_version_document ON event_version (document);

CREATE TRIGGER "ggi_frontline_geom" BEFORE INSERT ON "frontline"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'frontline.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('frontline') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_frontline_geom" BEFORE UPDATE OF "geom" ON "frontline"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'frontline.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('frontline') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_frontline_geom" AFTER DELETE ON "frontline"
FOR EACH ROW BEGIN
DELETE FROM "idx_frontline_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_frontline_geom" AFTER INSERT ON "frontline"
FOR EACH ROW BEGIN
DELETE FROM "idx_frontline_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_frontline_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_frontline_geom" AFTER UPDATE OF "geom" ON "frontline"
FOR EACH ROW BEGIN
DELETE FROM "idx_frontline_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_frontline_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_frontline_geom" AFTER DELETE ON "frontline"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('frontline') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_frontline_geom" AFTER INSERT ON "frontline"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('frontline') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_frontline_geom" AFTER UPDATE ON "frontline"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('frontline') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE frontline (
    id INTEGER PRIMARY KEY,
    actor_a INTEGER NOT NULL REFERENCES actor,
    actor_b INTEGER NOT NULL REFERENCES actor CHECK (actor_b <> actor_a),
    date TEXT NOT NULL CHECK (date(date) IS date),
    evidence TEXT NOT NULL,       -- event_ids, or "initial", between "; "
    last_evidence TEXT CHECK (date(last_evidence) IS last_evidence),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    geom MULTILINESTRING NOT NULL
);

CREATE INDEX frontline_date ON frontline (date);

CREATE VIEW health_care_struck AS
WITH site (form) AS (VALUES ('مشفى'), ('مستشفى'), ('مشافي'), ('مستشفيات'), ('نقطة طبية'), ('hospital')),
    taken (form) AS (VALUES ('إلى '), ('إلى ال'), ('الى '), ('الى ال'), (' ل'), (' لل'), ('to '), ('to a '), ('to an '), ('to the ')),
    inside (form) AS (VALUES ('في '), ('في ال'), ('فيه '), ('فيها '), ('داخل '), ('داخل ال'), ('من '), ('من ال'), (' ب'), (' بال'),
        ('in '), ('in a '), ('in the '), ('at '), ('at a '), ('at the '), ('from the ')),
    care (form) AS (VALUES ('علاج'), ('يعالج'), ('تعالج'), ('نقل'), ('أسعف'), ('إسعاف'), ('تغص'), ('توفي'), ('متأثر'), ('طبيب'),
        ('مصدر طبي'), ('مصادر طبية'), ('treat'), ('taken to'), ('rushed to'), ('doctor'), ('died of'))
SELECT e.*
FROM map_event AS e JOIN event AS o ON o.id = e.rowid LEFT JOIN place AS p ON p.id = o.place
WHERE e.event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
    AND (p.feature IN ('HSP', 'HSPC', 'HSPD', 'CTRM') OR e.target LIKE '%hospital%' OR e.target LIKE '%medical%'
        OR CASE WHEN e.quote LIKE '%مشفى%' OR e.quote LIKE '%مستشفى%' OR e.quote LIKE '%مشافي%' OR e.quote LIKE '%مستشفيات%'
            OR e.quote LIKE '%نقطة طبية%' OR e.quote LIKE '%hospital%'
        THEN (SELECT sum((length(e.quote) - length(replace(lower(e.quote), s.form, ''))) / length(s.form)) FROM site AS s)
            > (SELECT sum((length(e.quote) - length(replace(lower(e.quote), t.form || s.form, ''))) / length(t.form || s.form))
                FROM site AS s CROSS JOIN taken AS t)
            + CASE WHEN EXISTS (SELECT 1 FROM care AS c WHERE e.quote LIKE '%' || c.form || '%')
            THEN (SELECT sum((length(e.quote) - length(replace(lower(e.quote), i.form || s.form, ''))) / length(i.form || s.form))
                FROM site AS s CROSS JOIN inside AS i)
            ELSE 0 END
        ELSE FALSE END);

CREATE VIRTUAL TABLE "idx_control_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_correction_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_event_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_frontline_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_mention_area_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_mention_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_place_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE VIRTUAL TABLE "idx_zone_geom" USING rtree(pkid, xmin, xmax, ymin, ymax);

CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    f_table_catalog varchar(256), f_table_schema varchar(256),
    f_table_name varchar(256), f_geometry_column varchar(256),
    styleName text, styleQML text, styleSLD text, useAsDefault boolean,
    description text, owner varchar(30), ui text,
    update_time timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE VIEW map_control AS
SELECT c.id AS rowid,
    a.actor_id AS actor, a.name, a.name_ar, c.date, c.until, c.confidence, c.source, c.places,
    c.geom
FROM control AS c
    JOIN actor AS a ON a.id = c.actor;

CREATE VIEW map_event AS SELECT * FROM event_detail WHERE modality = 'occurred';

CREATE VIEW map_event_denied AS SELECT * FROM event_detail WHERE modality = 'denied';

CREATE VIEW map_event_failed AS SELECT * FROM event_detail WHERE modality = 'failed';

CREATE VIEW map_event_historical AS SELECT * FROM event_detail WHERE modality = 'historical';

CREATE VIEW map_event_planned AS SELECT * FROM event_detail WHERE modality = 'planned';

CREATE VIEW map_event_threatened AS SELECT * FROM event_detail WHERE modality = 'threatened';

CREATE VIEW map_frontline AS
SELECT f.id AS rowid,
    a.actor_id AS actor_a, a.name AS name_a, b.actor_id AS actor_b, b.name AS name_b,
    f.date, f.last_evidence, CAST(julianday(f.date) - julianday(f.last_evidence) AS INTEGER) AS age_days,
    f.confidence, f.evidence,
    f.geom
FROM frontline AS f
    JOIN actor AS a ON a.id = f.actor_a
    JOIN actor AS b ON b.id = f.actor_b;

CREATE VIEW map_mention AS
SELECT m.id AS rowid,
    m.surface AS mention, m.role, p.name AS place, p.name_ar AS place_ar, p.feature, p.admin1, p.admin2, p.admin3,
    p.place_id, m.relation, m.uncertainty_m, m.geo_precision, m.where_prec, m.confidence, m.why, m.alternatives,
    d.source, d.url, d.published, m.mention_id, d.doc_id, d.doc_id || '@' || m.start AS target,
    m.geom
FROM mention AS m
    JOIN document AS d ON d.id = m.document
    LEFT JOIN place AS p ON p.id = m.place;

CREATE VIEW map_mention_area AS
SELECT a.id AS rowid,
    m.surface AS mention, m.role, m.relation, m.relation_m, m.relation_deg, m.uncertainty_m, m.confidence, m.why,
    d.source, d.url, d.published,
    a.geom,
    m.mention_id, d.doc_id
FROM mention_area AS a
    JOIN mention AS m ON m.id = a.id
    JOIN document AS d ON d.id = m.document;

CREATE VIEW map_place AS
SELECT p.id AS rowid,
    p.place_id, p.name, p.name_ar, p.feature, p.country, p.admin1, p.admin2, p.admin3,
    nullif(p.population, 0) AS population,
    (SELECT count(*) FROM mention AS m WHERE m.place = p.id) AS mentions,
    (SELECT count(*) FROM event AS e WHERE e.place = p.id AND e.modality = 'occurred' AND e.same_as IS NULL) AS events,
    (SELECT sum(e.killed) FROM event AS e WHERE e.place = p.id AND e.modality = 'occurred' AND e.same_as IS NULL) AS killed,
    (SELECT max(e.date) FROM event AS e WHERE e.place = p.id AND e.modality = 'occurred' AND e.same_as IS NULL) AS last_event,
    p.geom
FROM place AS p;

CREATE VIEW map_zone AS
SELECT z.id AS rowid,
    z.zone_id, z.kind, z.status, z.name, z.along, z.side, z.declared_by, z.date,
    z.depth_km AS stated_depth_km, z.drawn_depth_km,
    CASE z.depth_assumed WHEN 1 THEN 'assumed' WHEN 0 THEN 'stated' END AS depth,
    z.length_km, z.confidence, z.why, z.area_why,
    d.source, d.url, d.published, z.quote,
    z.geom,
    (SELECT count(DISTINCT o.document) FROM zone AS o WHERE o.id = z.id OR o.same_as = z.id) AS reports
FROM zone AS z
    JOIN document AS d ON d.id = z.document
WHERE z.same_as IS NULL;

CREATE TRIGGER "ggi_mention_geom" BEFORE INSERT ON "mention"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'mention.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('mention') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_mention_geom" BEFORE UPDATE OF "geom" ON "mention"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'mention.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('mention') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_mention_geom" AFTER DELETE ON "mention"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_mention_geom" AFTER INSERT ON "mention"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_mention_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_mention_geom" AFTER UPDATE OF "geom" ON "mention"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_mention_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_mention_geom" AFTER DELETE ON "mention"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_mention_geom" AFTER INSERT ON "mention"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_mention_geom" AFTER UPDATE ON "mention"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE mention (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    mention_id TEXT NOT NULL CHECK (mention_id <> ''), -- within the document
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    surface TEXT NOT NULL,        -- as the text writes it
    role TEXT NOT NULL CHECK (role IN ('event', 'scope', 'origin', 'heading', 'metonym', 'other')),
    place INTEGER REFERENCES place, -- NULL: not decided
    uncertainty_m REAL CHECK (uncertainty_m >= 0),
    geo_precision INTEGER NOT NULL CHECK (geo_precision BETWEEN 0 AND 3), -- ACLED; 0: unresolved
    where_prec INTEGER NOT NULL CHECK (where_prec BETWEEN 0 AND 7),       -- UCDP; 0: unresolved
    scope TEXT,                   -- mention_id of what binds it
    relation TEXT CHECK (relation IN ('offset', 'direction', 'between', 'outskirts', 'near', 'axis', 'road', 'part')),
    relation_m REAL CHECK (relation_m >= 0),
    relation_deg REAL,            -- clockwise from true north
    relation_of TEXT,             -- mention_ids, between "; "
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    why TEXT NOT NULL,
    alternatives TEXT NOT NULL,   -- "place_id confidence", best first, between "; "
    geom POINT,
    UNIQUE (document, mention_id)
);

CREATE INDEX mention_place ON mention (place);

CREATE TRIGGER "ggi_mention_area_geom" BEFORE INSERT ON "mention_area"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'mention_area.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('mention_area') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_mention_area_geom" BEFORE UPDATE OF "geom" ON "mention_area"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'mention_area.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('mention_area') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_mention_area_geom" AFTER DELETE ON "mention_area"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_area_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_mention_area_geom" AFTER INSERT ON "mention_area"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_area_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_mention_area_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_mention_area_geom" AFTER UPDATE OF "geom" ON "mention_area"
FOR EACH ROW BEGIN
DELETE FROM "idx_mention_area_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_mention_area_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_mention_area_geom" AFTER DELETE ON "mention_area"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention_area') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_mention_area_geom" AFTER INSERT ON "mention_area"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention_area') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_mention_area_geom" AFTER UPDATE ON "mention_area"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('mention_area') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE mention_area (
    id INTEGER PRIMARY KEY REFERENCES mention,
    geom MULTIPOLYGON NOT NULL
);

CREATE TABLE metadata (
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER "ggi_place_geom" BEFORE INSERT ON "place"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'place.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('place') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_place_geom" BEFORE UPDATE OF "geom" ON "place"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'place.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('place') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_place_geom" AFTER DELETE ON "place"
FOR EACH ROW BEGIN
DELETE FROM "idx_place_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_place_geom" AFTER INSERT ON "place"
FOR EACH ROW BEGIN
DELETE FROM "idx_place_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_place_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_place_geom" AFTER UPDATE OF "geom" ON "place"
FOR EACH ROW BEGIN
DELETE FROM "idx_place_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_place_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_place_geom" AFTER DELETE ON "place"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('place') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_place_geom" AFTER INSERT ON "place"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('place') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_place_geom" AFTER UPDATE ON "place"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('place') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    place_id TEXT NOT NULL UNIQUE CHECK (place_id <> ''),
    name TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    feature TEXT NOT NULL,        -- GeoNames feature code
    country TEXT NOT NULL,        -- ISO 3166-1 alpha-3
    admin1_id TEXT, admin1 TEXT,  -- governorate: P-code, name
    admin2_id TEXT, admin2 TEXT,  -- district
    admin3_id TEXT, admin3 TEXT,  -- sub-district
    uncertainty_m REAL NOT NULL CHECK (uncertainty_m >= 0),
    population INTEGER NOT NULL CHECK (population >= 0), -- 0 where unknown
    prominence INTEGER NOT NULL CHECK (prominence BETWEEN 0 AND 5),
    refs TEXT NOT NULL,           -- ids in public sources, between "; "
    geom POINT NOT NULL
);

CREATE TABLE rejected (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    line INTEGER NOT NULL CHECK (line >= 0), -- 0: the file as a whole
    reason TEXT NOT NULL CHECK (reason <> ''),
    text TEXT NOT NULL,
    UNIQUE (file, line, reason)
);

CREATE VIEW review AS
SELECT 'place' AS doubt, target, mention, place, place_id, events, killed, injured, confidence, harm, alternatives, why, quote,
    source, url, published
FROM review_place
UNION ALL
SELECT doubt, target, mention, place, place_id, events, killed, injured, confidence, harm, alternatives, why, quote, source, url,
    published
FROM review_event;

CREATE VIEW review_event AS
SELECT e.id AS rowid, x.doubt, e.event_id AS target,
    (SELECT r.trigger FROM event_report AS r WHERE r.event = e.id AND r.merged_id IS NULL ORDER BY r.id LIMIT 1) AS mention,
    p.name AS place, p.place_id, 1 AS events, x.killed, x.injured, round(x.confidence, 4) AS confidence,
    round((1 + x.killed + x.injured / 4.0) * (1 - x.confidence), 3) AS harm, x.alternatives, x.why,
    (SELECT r.quote FROM event_quote AS r WHERE r.event = e.id AND r.merged_id IS NULL ORDER BY r.id LIMIT 1) AS quote,
    d.source, d.url, d.published
FROM (
    SELECT v.id AS event, 'reading' AS doubt, coalesce(v.killed, g.killed, 0) AS killed, coalesce(v.injured, g.injured, 0) AS injured,
        v.confidence, '' AS alternatives, 'read as ' || v.sub_event_type || ' that ' || v.modality || ': ' || v.why AS why,
        v.event_id
    FROM event AS v LEFT JOIN event_group AS g ON g.id = v.event_group
    WHERE v.same_as IS NULL AND v.confidence < 1 AND (v.modality = 'occurred' OR v.killed > 0 OR v.injured > 0)
        AND v.modality <> 'historical'
    UNION ALL
    SELECT t.first, 'toll', t.most_killed, t.most_injured,
        (1 + t.least_killed + t.least_injured / 4.0) / (1 + t.most_killed + t.most_injured / 4.0),
        CASE WHEN t.most_killed > t.least_killed THEN 'killed ' || t.least_killed || '; killed ' || t.most_killed
            ELSE 'injured ' || t.least_injured || '; injured ' || t.most_injured END,
        t.reports || ' reports tell of ' || CASE WHEN t.most_killed > t.least_killed
            THEN t.least_killed || ' to ' || t.most_killed || ' killed' ELSE '' END
            || CASE WHEN t.most_killed > t.least_killed AND t.most_injured > t.least_injured THEN ' and ' ELSE '' END
            || CASE WHEN t.most_injured > t.least_injured
            THEN t.least_injured || ' to ' || t.most_injured || ' injured' ELSE '' END, f.event_id
    FROM (SELECT first, count(*) AS reports, coalesce(min(killed), 0) AS least_killed, coalesce(max(killed), 0) AS most_killed,
            coalesce(min(injured), 0) AS least_injured, coalesce(max(injured), 0) AS most_injured
        FROM told GROUP BY first HAVING max(killed) > min(killed) OR max(injured) > min(injured)) AS t
        JOIN event AS f ON f.id = t.first
    UNION ALL
    SELECT t.first, 'place', t.killed, t.injured, 1 - t.elsewhere * 1.0 / t.reports,
        t.other,
        t.elsewhere || ' of ' || t.reports || ' reports tell of it elsewhere', f.event_id
    FROM (SELECT o.first, count(*) AS reports, coalesce(max(o.killed), 0) AS killed, coalesce(max(o.injured), 0) AS injured,
            sum(CASE WHEN o.place <> s.place THEN 1 ELSE 0 END) AS elsewhere,
            min(CASE WHEN o.place <> s.place THEN q.name END) AS other
        FROM told AS o JOIN event AS s ON s.id = o.first LEFT JOIN place AS q ON q.id = o.place GROUP BY o.first) AS t
        JOIN event AS f ON f.id = t.first
    WHERE t.elsewhere > 0) AS x
    JOIN event AS e ON e.id = x.event
    JOIN document AS d ON d.id = e.document
    LEFT JOIN place AS p ON p.id = e.place
WHERE NOT EXISTS (SELECT 1 FROM correction AS c WHERE c.target = x.event_id AND (c.kind = 'delete'
    OR c.kind = 'edit' AND x.doubt = 'reading' OR c.kind = 'force_place' AND x.doubt = 'place'
    OR c.kind = 'edit' AND x.doubt = 'toll' AND (c.field LIKE 'killed%' OR c.field LIKE 'injured%')));

CREATE VIEW review_place AS
SELECT m.id AS rowid,
    d.doc_id || '@' || m.start AS target, m.surface AS mention, p.name AS place, p.place_id, p.admin1, p.admin3,
    e.events, e.killed, e.injured, round(m.confidence, 4) AS confidence,
    round((1 + e.killed + e.injured / 4.0) * (CASE WHEN m.place IS NULL THEN 1 ELSE 1 - m.confidence END), 3) AS harm,
    m.why, m.alternatives,
    (SELECT r.quote FROM event_quote AS r JOIN event AS v ON v.id = r.event WHERE v.document = m.document
        AND v.mention = m.id AND r.document = m.document ORDER BY r.id LIMIT 1) AS quote,
    d.source, d.url, d.published
FROM (SELECT v.mention, count(*) AS events, sum(coalesce(v.killed, g.killed, 0)) AS killed,
        sum(coalesce(v.injured, g.injured, 0)) AS injured
    FROM event AS v LEFT JOIN event_group AS g ON g.id = v.event_group
    WHERE v.mention IS NOT NULL AND v.modality = 'occurred' AND v.same_as IS NULL GROUP BY v.mention) AS e
    JOIN mention AS m ON m.id = e.mention
    JOIN document AS d ON d.id = m.document
    LEFT JOIN place AS p ON p.id = m.place;

CREATE VIEW told AS
SELECT coalesce(o.same_as, o.id) AS first, o.id, o.place,
    CASE WHEN v.id IS NULL THEN coalesce(o.killed, g.killed) ELSE coalesce(v.killed, g.killed) END AS killed,
    CASE WHEN v.id IS NULL THEN coalesce(o.injured, g.injured) ELSE coalesce(v.injured, g.injured) END AS injured
FROM (SELECT id FROM event WHERE same_as IS NOT NULL UNION SELECT same_as FROM event WHERE same_as IS NOT NULL) AS t
    JOIN event AS o ON o.id = t.id LEFT JOIN event_group AS g ON g.id = o.event_group
    LEFT JOIN event_version AS v ON v.event = o.id AND v.version = 1;

CREATE VIEW weekly AS
SELECT date(date, 'weekday 0', '-6 days') AS week, admin1, admin2, admin3, pcode, event_type,
    count(*) AS events, sum(killed) AS killed, sum(injured) AS injured
FROM map_event
WHERE date IS NOT NULL
GROUP BY week, admin1, admin2, admin3, pcode, event_type;

CREATE TRIGGER "ggi_zone_geom" BEFORE INSERT ON "zone"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'zone.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('zone') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "ggu_zone_geom" BEFORE UPDATE OF "geom" ON "zone"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'zone.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('zone') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END;

CREATE TRIGGER "gid_zone_geom" AFTER DELETE ON "zone"
FOR EACH ROW BEGIN
DELETE FROM "idx_zone_geom" WHERE pkid=OLD.ROWID;
END;

CREATE TRIGGER "gii_zone_geom" AFTER INSERT ON "zone"
FOR EACH ROW BEGIN
DELETE FROM "idx_zone_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_zone_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "giu_zone_geom" AFTER UPDATE OF "geom" ON "zone"
FOR EACH ROW BEGIN
DELETE FROM "idx_zone_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_zone_geom', NEW.ROWID, NEW."geom");
END;

CREATE TRIGGER "tmd_zone_geom" AFTER DELETE ON "zone"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zone') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmi_zone_geom" AFTER INSERT ON "zone"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zone') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TRIGGER "tmu_zone_geom" AFTER UPDATE ON "zone"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zone') AND Lower(f_geometry_column) = Lower('geom');
END;

CREATE TABLE zone (
    id INTEGER PRIMARY KEY,
    zone_id TEXT NOT NULL UNIQUE CHECK (length(zone_id) = 32),
    document INTEGER NOT NULL REFERENCES document,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    surface TEXT NOT NULL,
    quote TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('safe_zone', 'corridor', 'deescalation', 'buffer', 'no_fly')),
    status TEXT NOT NULL CHECK (status IN ('proposed', 'agreed', 'in_force', 'violated', 'ended')),
    name TEXT NOT NULL,
    along TEXT NOT NULL,          -- a border ("SYR-TUR border") or a road
    side TEXT NOT NULL,           -- country or governorate in which it lies
    depth_km REAL CHECK (depth_km >= 0),   -- as the text states it
    length_km REAL CHECK (length_km >= 0),
    declared_by TEXT NOT NULL,    -- names for people
    date TEXT CHECK (date(date) IS date),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    why TEXT NOT NULL,
    drawn_depth_km REAL CHECK (drawn_depth_km >= 0), -- as it is drawn
    depth_assumed INTEGER CHECK (depth_assumed IN (0, 1)), -- 1: the text states no depth
    area_why TEXT NOT NULL DEFAULT '',
    geom MULTIPOLYGON             -- NULL until it is derived
, same_as INTEGER REFERENCES zone CHECK (same_as <> id));

CREATE INDEX zone_document ON zone (document);

CREATE INDEX zone_same_as ON zone (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE zone_actor (
    zone INTEGER NOT NULL REFERENCES zone,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    actor INTEGER NOT NULL REFERENCES actor,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (zone, ordinal)
) WITHOUT ROWID;

