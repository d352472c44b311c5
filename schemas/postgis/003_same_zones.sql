-- Several reports of one zone are one zone on the map; areas of relative places say whose they are.

ALTER TABLE zone ADD COLUMN same_as BIGINT REFERENCES zone CHECK (same_as <> id); -- the zone that it is another report of
CREATE INDEX zone_same_as ON zone (same_as) WHERE same_as IS NOT NULL;

CREATE OR REPLACE VIEW map_zone AS
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

CREATE OR REPLACE VIEW map_mention_area AS
SELECT a.id AS rowid,
    m.surface AS mention, m.role, m.relation, m.relation_m, m.relation_deg, m.uncertainty_m, m.confidence, m.why,
    d.source, d.url, d.published,
    a.geom,
    m.mention_id, d.doc_id
FROM mention_area AS a
    JOIN mention AS m ON m.id = a.id
    JOIN document AS d ON d.id = m.document;
