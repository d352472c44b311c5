#include "store/check_list.hpp"

#include <cstddef>

#include "postgis/connection.hpp"
#include "store/first_load.hpp"
#include "store/schema.hpp"
#include "store/stored_rows.hpp"

namespace kharita::store {

namespace {

void check_events(Database& database, CheckList& list) {
    list.begin("events");
    list.expect_none(
        "SELECT count(*), max(event_id) FROM event WHERE NOT EXISTS (SELECT 1 FROM event_report AS r "
        "WHERE r.event = coalesce(event.same_as, event.id) AND r.document = event.document AND "
        "(event.same_as IS NULL OR r.merged_id = event.event_id))",
        "events have no report");
    list.expect_none(
        "SELECT count(*), max(o.event_id) FROM event AS o JOIN event AS f ON f.id = o.same_as WHERE "
        "f.same_as IS NOT NULL OR o.same_why = ''",
        "events are another report of what is itself another report, or do not say why");
    list.expect_none(
        "SELECT count(*), max(merged_id) FROM event_report AS r WHERE merged_id IS NOT NULL AND NOT "
        "EXISTS (SELECT 1 FROM event AS o WHERE o.event_id = r.merged_id AND o.same_as = r.event)",
        "reports were taken from events that are not the same");
    list.expect_none(
        "SELECT count(*), max(e.event_id) FROM event_version AS v JOIN event AS e ON e.id = v.event "
        "WHERE v.version = (SELECT max(version) FROM event_version AS w WHERE w.event = v.event) AND "
        "(v.version <> (SELECT count(*) FROM event_version AS w WHERE w.event = v.event) OR v.killed "
        "IS DISTINCT FROM e.killed OR v.injured IS DISTINCT FROM e.injured)",
        "events have another toll than its last version");
    list.expect_none(
        "SELECT count(*), max(e.event_id) FROM event AS e JOIN mention AS m ON m.id = e.mention WHERE "
        "e.geom IS DISTINCT FROM m.geom OR e.place IS DISTINCT FROM m.place",
        "events stand elsewhere than their mention");
    // A relative place lies off the place that it is told from.
    std::string_view const metres = database.is_on_server()
                                        ? "ST_Distance(e.geom::geography, p.geom::geography)"
                                        : "ST_Distance(e.geom, p.geom, 1)";
    list.expect_none(
        fmt::format(
            "SELECT count(*), max(e.event_id) FROM event AS e JOIN place AS p ON p.id = e.place LEFT "
            "JOIN mention AS m ON m.id = e.mention WHERE m.relation IS NULL AND NOT (e.geom = p.geom) AND "
            "{} > e.uncertainty_m + 1",
            metres),
        "events lie farther from their place than their stated uncertainty");
    list.expect_none(
        "SELECT count(*), max(event_id) FROM event WHERE geom IS NOT NULL AND uncertainty_m IS NULL",
        "events have a position without a stated uncertainty");
}

void check_zones(CheckList& list) {
    list.begin("zones");
    list.expect_none(
        "SELECT count(*), max(o.zone_id) FROM zone AS o JOIN zone AS f ON f.id = o.same_as WHERE "
        "f.same_as IS NOT NULL",
        "zones are another report of what is itself another report");
}

void check_documents(Database& database, CheckList& list) {
    list.begin("provenance");
    list.expect_none(
        "SELECT count(*), max(doc_id) FROM document WHERE source = '' AND url = '' AND input_id IN "
        "('', doc_id)",
        "documents have no source, no url and no id of their own");
    list.expect_none(
        fmt::format(
            "SELECT count(*), max(e.event_id) FROM event AS e JOIN event_quote AS r ON r.event = e.id WHERE "
            "r.quote = '' OR {}(r.quote, r.trigger) = 0",
            database.is_on_server() ? "strpos" : "instr"),
        "events have no quoted sentence that holds their trigger");
    // Parts of a text are told apart from parts of another by offsets alone.
    list.expect_none(
        "SELECT count(*), max(d.doc_id || ':' || m.mention_id) FROM mention AS m JOIN document AS d "
        "ON d.id = "
        "m.document WHERE substr(d.text, CAST(m.start + 1 AS INTEGER), CAST(m.\"end\" - m.start AS INTEGER)) "
        "<> m.surface",
        "mentions are not what their text says at their offsets");
}

void check_hashes(Database& database, CheckList& list) {
    list.begin("document hashes");
    ChangedDocuments const changed = changed_documents(database);
    if (changed.of_other_id > 0) {
        list.problem("{} documents are not what their doc_id was made of; for example {}",
                     changed.of_other_id, changed.other_id_example);
    }
    if (changed.of_other_rows > 0) {
        list.problem("{} documents, or what was found in them, are not as they were loaded; for example {}",
                     changed.of_other_rows, changed.other_rows_example);
    }
    if (changed.without_hash > 0) {
        list.problem(
            "{} documents have no hash of their rows; open the database once to write to it, as with "
            "kharita load",
            changed.without_hash);
    }
}

/// The columns that hold geometries, and that are indexed.
std::vector<std::string> geometry_tables(postgis::Connection& server) {
    postgis::Statement rows = server.prepare(
        "SELECT c.relname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid WHERE a.attname = "
        "'geom' AND "
        "c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname");
    std::vector<std::string> tables;
    while (rows.step()) {
        tables.emplace_back(rows.text(0));
    }
    return tables;
}

void check_geometries(postgis::Connection& server, CheckList& list) {
    for (std::string const& table : geometry_tables(server)) {
        list.begin("geometry of " + table);
        list.expect_none(
            fmt::format("SELECT count(*), 'row ' || min(id) || ': ' || min(ST_IsValidReason(geom)) FROM {} "
                        "WHERE NOT ST_IsValid(geom)",
                        table),
            "geometries are not valid");
        // Written so that NaN is out of range.
        list.expect_none(
            fmt::format("SELECT count(*), 'row ' || min(id) FROM {} WHERE geom IS NOT NULL AND NOT "
                        "coalesce(ST_XMin(geom) BETWEEN -180 AND 180 AND ST_XMax(geom) BETWEEN -180 AND "
                        "180 AND ST_YMin(geom) BETWEEN -90 AND 90 AND ST_YMax(geom) BETWEEN -90 AND 90, "
                        "false)",
                        table),
            "geometries lie outside the world");
        list.begin("spatial index of " + table);
        list.expect_none(
            fmt::format("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_index AS i JOIN pg_class AS c ON "
                        "c.oid = i.indexrelid JOIN pg_am AS m ON m.oid = c.relam JOIN pg_attribute AS a "
                        "ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = "
                        "'{}'::regclass AND m.amname = 'gist' AND a.attname = 'geom' AND i.indisvalid)",
                        table),
            "index is missing: maps of this layer are slow");
    }
}

/// How many foreign keys the schema has.
std::size_t foreign_keys() {
    std::size_t count = 0;
    for (postgis::Migration const& step : server_schema()) {
        constexpr std::string_view word = " REFERENCES ";
        for (auto at = step.sql.find(word); at != std::string_view::npos; at = step.sql.find(word, at + 1)) {
            ++count;
        }
    }
    return count;
}

void check_constraints(Database& database, CheckList& list) {
    list.begin("constraints");
    if (lacks_constraints(database)) {
        list.problem("a first load goes on, or was interrupted: foreign keys and indexes are missing; run "
                     "kharita load again");
        return;
    }
    auto const keys = database.server().integer(
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = "
        "current_schema()::regnamespace AND confrelid IN (SELECT oid FROM pg_class WHERE relnamespace = "
        "current_schema()::regnamespace)");
    if (auto const expected = foreign_keys(); static_cast<std::size_t>(keys) < expected) {
        list.problem("{} foreign keys are there; expected {}", keys, expected);
    }
    list.expect_none("SELECT count(*), max(conrelid::regclass || ', ' || conname) FROM pg_constraint WHERE "
                     "connamespace = current_schema()::regnamespace AND NOT convalidated",
                     "constraints were never held to the rows that were there");
    list.expect_none(
        "SELECT count(*), max(c.relname || ', ' || t.tgname) FROM pg_trigger AS t JOIN pg_class AS c ON "
        "c.oid = t.tgrelid WHERE c.relnamespace = current_schema()::regnamespace AND t.tgisinternal AND "
        "t.tgenabled = 'D'",
        "foreign keys are switched off");
    list.expect_none(
        "SELECT count(*), max(c.relname) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)",
        "indexes are not valid");
}

void check_server_styles(CheckList& list) {
    list.begin("styles");
    // Views that are no layers (weekly, event_detail …) need none.
    list.expect_none(
        "SELECT count(*), max(l.f_table_name) FROM geometry_columns AS l JOIN pg_class AS c ON c.relname = "
        "l.f_table_name AND c.relnamespace = current_schema()::regnamespace WHERE l.f_table_schema = "
        "current_schema() AND (c.relkind = 'r' OR starts_with(l.f_table_name::text, 'map_')) AND NOT "
        "EXISTS (SELECT 1 FROM layer_styles AS s WHERE s.f_table_catalog = current_database() AND "
        "s.f_table_schema = current_schema() AND s.f_table_name = l.f_table_name AND "
        "s.f_geometry_column = 'geom')",
        "layers have no style that QGIS finds");
}

} // namespace

void CheckList::expect_none(std::string_view sql, std::string_view what) {
    Statement statement = m_database.prepare(sql);
    if (!statement.step() || statement.integer(0) == 0) {
        return;
    }
    if (statement.column_count() > 1) {
        problem("{} {}; for example {}", statement.integer(0), what, statement.text(1));
    } else {
        problem("{} {}", statement.integer(0), what);
    }
}

void check_content(Database& database, CheckList& list) {
    check_events(database, list);
    check_zones(list);
    check_documents(database, list);
    check_hashes(database, list);
}

void check_server(Database& database, CheckList& list) {
    check_constraints(database, list);
    check_geometries(database.server(), list);
    check_server_styles(list);
}

} // namespace kharita::store
