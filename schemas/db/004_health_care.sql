-- A hospital that was struck is told otherwise than one that the wounded are taken to, or where a doctor speaks.

DROP VIEW health_care_struck;

-- Attacks on places where people are cared for: by what was hit, where it happened, or what the sentence names: more often than
-- as where somebody is taken, and, in a sentence of care, than as where somebody is.
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
