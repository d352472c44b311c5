#include "store/verify.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/spatialite.hpp"
#include "store/database.hpp"
#include "store/fingerprint.hpp"
#include "store/schema.hpp"

namespace kharita::store {

namespace {

constexpr int spatial_metadata_current = 3; // CheckSpatialMetaData(): the layout of SpatiaLite 4 and 5

class Verification {
public:
    explicit Verification(Database& database) : m_database{database}, m_connection{database.connection()} {}

    std::vector<Check> run();

private:
    void begin(std::string name) { m_checks.push_back({.name = std::move(name), .problems = {}}); }

    template <typename... Args>
    void problem(fmt::format_string<Args...> format, Args&&... args) {
        m_checks.back().problems.push_back(fmt::format(format, std::forward<Args>(args)...));
    }

    /// `sql` counts bad rows in its first column and may name one in its second.
    void expect_none(std::string_view sql, std::string_view what);

    void check_file();
    void check_keys();
    void check_spatialite();
    void check_column(sqlite::GeometryColumn const& column);
    void check_index(sqlite::GeometryColumn const& column);
    void check_statistics();
    void check_styles();
    void check_events();
    void check_documents();
    void check_doc_ids();

    Database& m_database;
    sqlite::Connection& m_connection;
    std::vector<Check> m_checks;
};

void Verification::expect_none(std::string_view sql, std::string_view what) {
    auto statement = m_connection.prepare(sql);
    if (!statement.step() || statement.integer(0) == 0) {
        return;
    }
    if (statement.column_count() > 1) {
        problem("{} {}; for example {}", statement.integer(0), what, statement.text(1));
    } else {
        problem("{} {}", statement.integer(0), what);
    }
}

void Verification::check_file() {
    begin("file");
    auto pages = m_connection.prepare("PRAGMA integrity_check(10)");
    while (pages.step()) {
        if (pages.text(0) != "ok") {
            problem("{}", pages.text(0));
        }
    }
    if (m_connection.text("PRAGMA journal_mode") == "wal") {
        problem("it is in journal mode WAL; a file that is handed out is in mode DELETE");
    }
    for (char const* const suffix : {"-wal", "-journal"}) {
        if (std::filesystem::exists(m_connection.name() + suffix)) {
            problem("{}{} lies beside it: a writer did not end well", m_connection.name(), suffix);
        }
    }
    if (m_database.metadata(index_state_key) != index_current) {
        problem("a load was interrupted; run kharita load again");
    }
}

void Verification::check_keys() {
    begin("foreign keys");
    expect_none("SELECT count(*), max(\"table\" || ' row ' || rowid || ', which refers to ' || parent) "
                "FROM pragma_foreign_key_check",
                "rows refer to rows that are not there");
}

void Verification::check_spatialite() {
    begin("spatial metadata");
    auto const layout = m_connection.integer("SELECT CheckSpatialMetaData()");
    if (layout != spatial_metadata_current) {
        problem("CheckSpatialMetaData() answers {}; expected {}", layout, spatial_metadata_current);
    }
    expect_none("SELECT count(*), max(name) FROM sqlite_schema WHERE type = 'view' AND name LIKE 'map\\_%' "
                "ESCAPE '\\' AND name NOT IN (SELECT view_name FROM views_geometry_columns)",
                "layers are not registered");
    for (sqlite::GeometryColumn const& column : sqlite::geometry_columns(m_connection)) {
        check_column(column);
        check_index(column);
    }
}

void Verification::check_column(sqlite::GeometryColumn const& column) {
    begin("geometry of " + column.table);
    std::string const table = sqlite::quoted_name(column.table);
    std::string const geom = sqlite::quoted_name(column.column);
    std::string const rows = " FROM " + table + " WHERE " + geom + " IS NOT NULL AND ";
    auto kind = m_connection.prepare(
        "SELECT geometry_type, srid FROM geometry_columns WHERE f_table_name = ? AND f_geometry_column = ?");
    kind.bind(column.table, column.column).step();
    // NULL where it is no geometry at all.
    expect_none(
        fmt::format(
            "SELECT count(*), 'row ' || min(rowid) {}coalesce(GeometryConstraints({}, {}, {}), 0) <> 1", rows,
            geom, kind.integer(0), kind.integer(1)),
        "geometries are of another type or reference system than the layer");
    expect_none(
        fmt::format(
            "SELECT count(*), 'row ' || min(rowid) || ': ' || ST_IsValidReason({1}) {0}ST_IsValid({1}) <> 1",
            rows, geom),
        "geometries are not valid");
    // Written so that NaN is out of range.
    expect_none(fmt::format("SELECT count(*), 'row ' || min(rowid) {0}NOT coalesce(MbrMinX({1}) >= -180 AND "
                            "MbrMaxX({1}) <= 180 AND MbrMinY({1}) >= -90 AND MbrMaxY({1}) <= 90, 0)",
                            rows, geom),
                "geometries lie outside the world");
}

void Verification::check_index(sqlite::GeometryColumn const& column) {
    begin("spatial index of " + column.table);
    std::string const table = sqlite::quoted_name(column.table);
    std::string const index = column.index();
    if (!m_connection.has_table(index)) {
        problem("{} is not there", index);
        return;
    }
    auto tree = m_connection.prepare("SELECT rtreecheck(?)");
    tree.bind(index).step();
    if (tree.text(0) != "ok") {
        problem("{}: {}", index, tree.text(0));
    }
    // What CheckSpatialIndex() looks at; that function itself wants to write.
    expect_none(
        fmt::format(
            "SELECT count(*), 'row ' || min(t.rowid) FROM {0} AS t JOIN {1} AS i ON i.pkid = t.rowid WHERE "
            "NOT coalesce(i.xmin <= MbrMinX(t.{2}) AND i.xmax >= MbrMaxX(t.{2}) AND i.ymin <= "
            "MbrMinY(t.{2}) AND i.ymax >= MbrMaxY(t.{2}) AND i.xmax - i.xmin <= MbrMaxX(t.{2}) - "
            "MbrMinX(t.{2}) + 1e-4 AND i.ymax - i.ymin <= MbrMaxY(t.{2}) - MbrMinY(t.{2}) + 1e-4, 0)",
            table, sqlite::quoted_name(index), sqlite::quoted_name(column.column)),
        "rows are indexed elsewhere than they lie");
    auto const indexed = m_connection.integer("SELECT count(*) FROM " + sqlite::quoted_name(index));
    auto const rows =
        m_connection.integer("SELECT count(" + sqlite::quoted_name(column.column) + ") FROM " + table);
    if (indexed != rows) {
        problem("{} holds {} rows and its table {}: the others are invisible on a map", index, indexed, rows);
    }
    constexpr int triggers_needed = 5; // constraint on insert and update; index on insert, update and delete
    auto triggers = m_connection.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND "
                                         "tbl_name = ?1 AND name IN ('ggi_' || ?1 || "
                                         "'_geom', 'ggu_' || ?1 || '_geom', 'gii_' || ?1 || '_geom', 'giu_' "
                                         "|| ?1 || '_geom', 'gid_' || ?1 || '_geom')");
    triggers.bind(column.table).step();
    if (triggers.integer(0) != triggers_needed) {
        problem("{} of SpatiaLite's {} triggers are there", triggers.integer(0), triggers_needed);
    }
}

void Verification::check_statistics() {
    begin("layer statistics");
    expect_none(
        "SELECT count(*), max(f_table_name) FROM geometry_columns_statistics JOIN geometry_columns_time "
        "USING (f_table_name, f_geometry_column) WHERE f_table_name NOT IN ('correction', 'control') AND "
        "last_verified <= max(last_insert, last_update, last_delete)",
        "layers were changed after their statistics were made");
    auto layers = m_connection.prepare(
        "SELECT l.name, s.row_count, s.extent_min_x FROM (SELECT f_table_name AS name FROM geometry_columns "
        "UNION ALL SELECT "
        "view_name FROM views_geometry_columns) AS l LEFT JOIN vector_layers_statistics AS s ON s.table_name "
        "= l.name "
        "ORDER BY l.name");
    while (layers.step()) {
        std::string const layer{layers.text(0)};
        auto const rows = m_connection.integer("SELECT count(*) FROM " + sqlite::quoted_name(layer));
        // Analysts add corrections and areas to a published database, and QGIS renews no statistics.
        bool const is_edited_in_place = layer == "correction" || layer == "control" || layer == "map_control";
        if (layers.is_null(1) || (layers.integer(1) != rows && !is_edited_in_place)) {
            problem("{} has {} rows; its statistics say {}", layer, rows,
                    layers.is_null(1) ? std::string{"nothing"} : std::string{layers.text(1)});
        }
        if (!layers.is_null(1) && layers.is_null(2) && !is_edited_in_place &&
            m_connection.integer("SELECT EXISTS (SELECT 1 FROM " + sqlite::quoted_name(layer) +
                                 " WHERE geom IS NOT NULL)") != 0) {
            problem("{} has geometries; its statistics give no extent", layer);
        }
    }
}

void Verification::check_styles() {
    begin("styles");
    expect_none("SELECT count(*), max(l.name) FROM (SELECT f_table_name AS name FROM geometry_columns UNION "
                "ALL SELECT "
                "view_name FROM views_geometry_columns) AS l WHERE (SELECT count(DISTINCT f_table_schema IS "
                "NULL) FROM "
                "layer_styles WHERE f_table_name = l.name AND f_geometry_column = 'geom' AND "
                "coalesce(f_table_schema, '') = '' AND styleQML <> '') <> 2",
                "layers have not the two styles that QGIS's two providers look for");
}

void Verification::check_events() {
    begin("events");
    expect_none("SELECT count(*), max(event_id) FROM event WHERE NOT EXISTS (SELECT 1 FROM event_report AS r "
                "WHERE r.event = coalesce(event.same_as, event.id) AND r.document = event.document AND "
                "(event.same_as IS NULL OR r.merged_id = event.event_id))",
                "events have no report");
    expect_none("SELECT count(*), max(o.event_id) FROM event AS o JOIN event AS f ON f.id = o.same_as WHERE "
                "f.same_as IS NOT NULL OR o.same_why = ''",
                "events are another report of what is itself another report, or do not say why");
    expect_none("SELECT count(*), max(merged_id) FROM event_report AS r WHERE merged_id IS NOT NULL AND NOT "
                "EXISTS (SELECT 1 FROM event AS o WHERE o.event_id = r.merged_id AND o.same_as = r.event)",
                "reports were taken from events that are not the same");
    expect_none("SELECT count(*), max(e.event_id) FROM event_version AS v JOIN event AS e ON e.id = v.event "
                "WHERE v.version = (SELECT max(version) FROM event_version AS w WHERE w.event = v.event) AND "
                "(v.version <> (SELECT count(*) FROM event_version AS w WHERE w.event = v.event) OR v.killed "
                "IS NOT e.killed OR v.injured IS NOT e.injured)",
                "events have another toll than its last version");
    expect_none(
        "SELECT count(*), max(e.event_id) FROM event AS e JOIN mention AS m ON m.id = e.mention WHERE "
        "e.geom IS NOT m.geom OR e.place IS NOT m.place",
        "events stand elsewhere than their mention");
    // A relative place lies off the place that it is told from.
    expect_none("SELECT count(*), max(e.event_id) FROM event AS e JOIN place AS p ON p.id = e.place LEFT "
                "JOIN mention "
                "AS m ON m.id = e.mention WHERE m.relation IS NULL AND e.geom <> p.geom AND "
                "ST_Distance(e.geom, p.geom, 1) > e.uncertainty_m + 1",
                "events lie farther from their place than their stated uncertainty");
    expect_none("SELECT count(*), max(event_id) FROM event WHERE geom IS NOT NULL AND uncertainty_m IS NULL",
                "events have a position without a stated uncertainty");
}

void Verification::check_documents() {
    begin("provenance");
    expect_none("SELECT count(*), max(doc_id) FROM document WHERE source = '' AND url = '' AND input_id IN "
                "('', doc_id)",
                "documents have no source, no url and no id of their own");
    expect_none(
        "SELECT count(*), max(e.event_id) FROM event AS e JOIN event_report AS r ON r.event = e.id WHERE "
        "r.quote = '' OR instr(r.quote, r.trigger) = 0",
        "events have no quoted sentence that holds their trigger");
    // Parts of a text are told apart from parts of another by offsets alone.
    expect_none("SELECT count(*), max(d.doc_id || ':' || m.mention_id) FROM mention AS m JOIN document AS d "
                "ON d.id = "
                "m.document WHERE substr(d.text, m.start + 1, m.\"end\" - m.start) <> m.surface",
                "mentions are not what their text says at their offsets");
}

void Verification::check_doc_ids() {
    begin("document hashes");
    auto documents =
        m_connection.prepare("SELECT doc_id, source, url, coalesce(published, ''), text FROM document "
                             "WHERE whole_text ORDER BY id");
    std::size_t wrong = 0;
    std::string example;
    while (documents.step()) {
        std::string const expected =
            content_doc_id(documents.text(1), documents.text(2), documents.text(3), documents.text(4));
        if (documents.text(0) != expected && ++wrong == 1) {
            example = documents.text(0);
        }
    }
    if (wrong > 0) {
        problem("{} documents are not what their doc_id was made of; for example {}", wrong, example);
    }
}

std::vector<Check> Verification::run() {
    check_file();
    if (!m_checks.back().is_sound() && m_checks.back().problems.front().starts_with("***")) {
        return std::move(m_checks); // pages are damaged: nothing read from them proves anything
    }
    check_keys();
    check_spatialite();
    check_statistics();
    check_styles();
    check_events();
    check_documents();
    check_doc_ids();
    return std::move(m_checks);
}

} // namespace

std::vector<Check> verify(Database& database) {
    return Verification{database}.run();
}

} // namespace kharita::store
