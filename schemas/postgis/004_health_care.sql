-- An attack on a hospital is told otherwise than the hospital that the wounded are taken to, or where a doctor speaks.

DROP VIEW health_care_struck;
CREATE VIEW health_care_struck AS
WITH site (form) AS (VALUES ('مشفى'), ('مستشفى'), ('مشافي'), ('مستشفيات'), ('نقطة طبية'), ('hospital')),
    -- Before a site: somebody is taken there.
    road (form) AS (VALUES ('إلى '), ('إلى ال'), ('الى '), ('الى ال'), ('لل'), ('to '), ('to a '), ('to the '), ('to an ')),
    -- Before a site: it is what was struck.
    stroke (form) AS (VALUES ('على '), ('على ال'), ('استهدف '), ('استهدف ال'), ('استهدفت '), ('استهدفت ال'), ('استهداف '),
        ('استهداف ال'), ('قصف '), ('قصف ال'), ('قصفت '), ('قصفت ال'), ('طال '), ('طال ال'), ('طالت '), ('طالت ال'), ('دمر '),
        ('دمر ال'), ('دمرت '), ('دمرت ال'), ('تدمير '), ('تدمير ال'), ('ضرب '), ('ضرب ال'), ('ضربت '), ('ضربت ال'), ('اقتحم '),
        ('اقتحم ال'), ('اقتحمت '), ('اقتحمت ال'), ('اقتحام '), ('اقتحام ال'), ('on a '), ('on the '), ('hit a '), ('hit the '),
        ('struck a '), ('struck the '), ('bombed a '), ('bombed the '), ('shelled a '), ('shelled the ')),
    -- Anywhere in the sentence: people are cared for there, or speak there.
    care (form) AS (VALUES ('علاج'), ('يعالج'), ('تعالج'), ('نقل'), ('أسعف'), ('إسعاف'), ('تغص'), ('توفي'), ('متأثر'), ('طبيب'),
        ('مصدر طبي'), ('مصادر طبية'), ('treat'), ('taken to'), ('rushed to'), ('doctor'), ('died of'))
SELECT e.*
FROM map_event AS e JOIN event AS o ON o.id = e.rowid LEFT JOIN place AS p ON p.id = o.place
WHERE e.event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
    AND (p.feature IN ('HSP', 'HSPC', 'HSPD', 'CTRM') OR e.target ILIKE '%hospital%' OR e.target ILIKE '%medical%'
        -- Sites that are named, more often than as where somebody is taken
        OR (SELECT sum((length(e.quote) - length(replace(lower(e.quote), s.form, ''))) / length(s.form)) FROM site AS s)
            > (SELECT sum((length(e.quote) - length(replace(lower(e.quote), r.form || s.form, ''))) / length(r.form || s.form))
                FROM site AS s, road AS r)
        AND (NOT EXISTS (SELECT 1 FROM care AS c WHERE e.quote ILIKE '%' || c.form || '%')
            OR EXISTS (SELECT 1 FROM site AS s, stroke AS k WHERE e.quote ILIKE '%' || k.form || s.form || '%')));
