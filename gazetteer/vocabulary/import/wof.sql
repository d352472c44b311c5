-- What the importer reads of a SQLite distribution of Who's On First: one row a place, columns as in its GeoJSON files.
-- Tables: spr (position, state), names (by language), geojson (the whole record: ids in other sources). Places that have
-- several shapes stand several times in spr and geojson; the first row counts.
SELECT s.id AS "wof:id", s.name AS "wof:name", s.placetype AS "wof:placetype", s.country AS "wof:country",
       s.parent_id AS "wof:parent_id", s.latitude AS "geom:latitude", s.longitude AS "geom:longitude",
       n.ara AS "name:ara_x_preferred", n.ara_variant AS "name:ara_x_variant",
       n.eng AS "name:eng_x_preferred", n.eng_variant AS "name:eng_x_variant",
       (SELECT json_extract(g.body, '$.properties."gn:population"') FROM geojson g WHERE g.id = s.id LIMIT 1)
           AS "wof:population",
       (SELECT json_extract(g.body, '$.properties."wof:concordances"') FROM geojson g WHERE g.id = s.id LIMIT 1)
           AS "wof:concordances",
       s.is_deprecated, s.is_superseded, s.is_ceased
FROM spr s
LEFT JOIN (SELECT id,
                  group_concat(CASE WHEN language = 'ara' AND privateuse LIKE '%preferred' THEN name END, ';') AS ara,
                  group_concat(CASE WHEN language = 'ara' AND privateuse LIKE '%variant' THEN name END, ';') AS ara_variant,
                  group_concat(CASE WHEN language = 'eng' AND privateuse LIKE '%preferred' THEN name END, ';') AS eng,
                  group_concat(CASE WHEN language = 'eng' AND privateuse LIKE '%variant' THEN name END, ';') AS eng_variant
           FROM names WHERE language IN ('ara', 'eng') GROUP BY id) n ON n.id = s.id
GROUP BY s.id HAVING min(s.rowid)
ORDER BY CAST(s.id AS INTEGER)
