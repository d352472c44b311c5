#include "store/verify.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/spatialite.hpp"
#include "store/check_list.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

namespace kharita::store {

namespace {

constexpr int spatial_metadata_current = 3; // CheckSpatialMetaData(): the layout of SpatiaLite 4 and 5

class Verification {
public:
    explicit Verification(Database& database)
        : m_database{database},
          m_connection{database.connection()},
          m_list{database} {}

    std::vector<Check> run();

private:
    void check_file();
    void check_keys();
    void check_types();
    void check_indexes();
    void check_spatialite();
    void check_column(sqlite::GeometryColumn const& column);
    void check_index(sqlite::GeometryColumn const& column);
    void check_statistics();
    void check_styles();

    Database& m_database;
    sqlite::Connection& m_connection;
    CheckList m_list;
};

void Verification::check_file() {
    m_list.begin("file");
    auto pages = m_connection.prepare("PRAGMA integrity_check(10)");
    while (pages.step()) {
        if (pages.text(0) != "ok") {
            m_list.problem("{}", pages.text(0));
        }
    }
    if (m_connection.text("PRAGMA journal_mode") == "wal") {
        m_list.problem("it is in journal mode WAL; a file that is handed out is in mode DELETE");
    }
    for (char const* const suffix : {"-wal", "-journal"}) {
        if (std::filesystem::exists(m_connection.name() + suffix)) {
            m_list.problem("{}{} lies beside it: a writer did not end well", m_connection.name(), suffix);
        }
    }
    if (m_database.metadata(index_state_key) != index_current) {
        m_list.problem("a load was interrupted; run kharita load again");
    }
}

void Verification::check_keys() {
    m_list.begin("foreign keys");
    m_list.expect_none(
        "SELECT count(*), max(\"table\" || ' row ' || rowid || ', which refers to ' || parent) "
        "FROM pragma_foreign_key_check",
        "rows refer to rows that are not there");
}

/// Where a name stands that follows a word of the schema.
std::vector<std::string_view> named_after(std::string_view word) {
    std::vector<std::string_view> names;
    for (sqlite::Migration const& step : event_schema().steps) {
        for (auto at = step.sql.find(word); at != std::string_view::npos; at = step.sql.find(word, at + 1)) {
            auto const begin = at + word.size();
            names.push_back(step.sql.substr(begin, step.sql.find(' ', begin) - begin));
        }
    }
    return names;
}

/// That values are of the types that the schema declares: SQLite takes any, and a CHECK that compares holds
/// for a text where a number should be.
void Verification::check_types() {
    m_list.begin("types");
    auto columns = m_connection.prepare(
        "SELECT name, type, \"notnull\" FROM pragma_table_info(?) WHERE type IN ('INTEGER', 'REAL', 'TEXT')");
    for (std::string_view const table : named_after("CREATE TABLE ")) {
        if (table == "layer_styles") { // QGIS's own: it writes what it likes
            continue;
        }
        std::string wrong;
        columns.bind(table);
        while (columns.step()) {
            std::string_view const type = columns.text(1);
            wrong +=
                fmt::format("{}typeof({}) NOT IN ('{}'{}{})", wrong.empty() ? "" : " OR ",
                            sqlite::quoted_name(columns.text(0)),
                            type == "INTEGER" ? "integer"
                            : type == "REAL"  ? "real"
                                              : "text",
                            type == "REAL" ? ", 'integer'" : "", columns.integer(2) == 0 ? ", 'null'" : "");
        }
        m_list.expect_none(fmt::format("SELECT count(*), '{0}' FROM {1} WHERE {2}", table,
                                       sqlite::quoted_name(table), wrong),
                           "rows hold values of another type than their columns");
    }
}

/// That the schema's indexes are there: the unique ones keep ids so.
void Verification::check_indexes() {
    m_list.begin("indexes");
    auto index = m_connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?");
    for (std::string_view const name : named_after(" INDEX ")) {
        if (!index.bind(name).step()) {
            m_list.problem("{} is missing", name);
        }
        index.reset();
    }
}

void Verification::check_spatialite() {
    m_list.begin("spatial metadata");
    auto const layout = m_connection.integer("SELECT CheckSpatialMetaData()");
    if (layout != spatial_metadata_current) {
        m_list.problem("CheckSpatialMetaData() answers {}; expected {}", layout, spatial_metadata_current);
    }
    m_list.expect_none(
        "SELECT count(*), max(name) FROM sqlite_schema WHERE type = 'view' AND name LIKE 'map\\_%' "
        "ESCAPE '\\' AND name NOT IN (SELECT view_name FROM views_geometry_columns)",
        "layers are not registered");
    for (sqlite::GeometryColumn const& column : sqlite::geometry_columns(m_connection)) {
        check_column(column);
        check_index(column);
    }
}

void Verification::check_column(sqlite::GeometryColumn const& column) {
    m_list.begin("geometry of " + column.table);
    std::string const table = sqlite::quoted_name(column.table);
    std::string const geom = sqlite::quoted_name(column.column);
    std::string const rows = " FROM " + table + " WHERE " + geom + " IS NOT NULL AND ";
    auto kind = m_connection.prepare(
        "SELECT geometry_type, srid FROM geometry_columns WHERE f_table_name = ? AND f_geometry_column = ?");
    kind.bind(column.table, column.column).step();
    // NULL where it is no geometry at all.
    m_list.expect_none(
        fmt::format(
            "SELECT count(*), 'row ' || min(rowid) {}coalesce(GeometryConstraints({}, {}, {}), 0) <> 1", rows,
            geom, kind.integer(0), kind.integer(1)),
        "geometries are of another type or reference system than the layer");
    m_list.expect_none(
        fmt::format(
            "SELECT count(*), 'row ' || min(rowid) || ': ' || ST_IsValidReason({1}) {0}ST_IsValid({1}) <> 1",
            rows, geom),
        "geometries are not valid");
    // Written so that NaN is out of range.
    m_list.expect_none(
        fmt::format("SELECT count(*), 'row ' || min(rowid) {0}NOT coalesce(MbrMinX({1}) >= -180 AND "
                    "MbrMaxX({1}) <= 180 AND MbrMinY({1}) >= -90 AND MbrMaxY({1}) <= 90, 0)",
                    rows, geom),
        "geometries lie outside the world");
}

void Verification::check_index(sqlite::GeometryColumn const& column) {
    m_list.begin("spatial index of " + column.table);
    std::string const table = sqlite::quoted_name(column.table);
    std::string const index = column.index();
    if (!m_connection.has_table(index)) {
        m_list.problem("{} is not there", index);
        return;
    }
    auto tree = m_connection.prepare("SELECT rtreecheck(?)");
    tree.bind(index).step();
    if (tree.text(0) != "ok") {
        m_list.problem("{}: {}", index, tree.text(0));
    }
    // What CheckSpatialIndex() looks at; that function itself wants to write.
    m_list.expect_none(
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
        m_list.problem("{} holds {} rows and its table {}: the others are invisible on a map", index, indexed,
                       rows);
    }
    constexpr int triggers_needed = 5; // constraint on insert and update; index on insert, update and delete
    auto triggers = m_connection.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND "
                                         "tbl_name = ?1 AND name IN ('ggi_' || ?1 || "
                                         "'_geom', 'ggu_' || ?1 || '_geom', 'gii_' || ?1 || '_geom', 'giu_' "
                                         "|| ?1 || '_geom', 'gid_' || ?1 || '_geom')");
    triggers.bind(column.table).step();
    if (triggers.integer(0) != triggers_needed) {
        m_list.problem("{} of SpatiaLite's {} triggers are there", triggers.integer(0), triggers_needed);
    }
}

void Verification::check_statistics() {
    m_list.begin("layer statistics");
    m_list.expect_none(
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
            m_list.problem("{} has {} rows; its statistics say {}", layer, rows,
                           layers.is_null(1) ? std::string{"nothing"} : std::string{layers.text(1)});
        }
        if (!layers.is_null(1) && layers.is_null(2) && !is_edited_in_place &&
            m_connection.integer("SELECT EXISTS (SELECT 1 FROM " + sqlite::quoted_name(layer) +
                                 " WHERE geom IS NOT NULL)") != 0) {
            m_list.problem("{} has geometries; its statistics give no extent", layer);
        }
    }
}

void Verification::check_styles() {
    m_list.begin("styles");
    m_list.expect_none(
        "SELECT count(*), max(l.name) FROM (SELECT f_table_name AS name FROM geometry_columns UNION "
        "ALL SELECT "
        "view_name FROM views_geometry_columns) AS l WHERE (SELECT count(DISTINCT f_table_schema IS "
        "NULL) FROM "
        "layer_styles WHERE f_table_name = l.name AND f_geometry_column = 'geom' AND "
        "coalesce(f_table_schema, '') = '' AND styleQML <> '') <> 2",
        "layers have not the two styles that QGIS's two providers look for");
}

std::vector<Check> Verification::run() {
    check_file();
    Check const& file = m_list.checks().back();
    if (!file.is_sound() && file.problems.front().starts_with("***")) {
        return std::move(m_list.checks()); // pages are damaged: nothing read from them proves anything
    }
    check_keys();
    check_types();
    check_indexes();
    check_spatialite();
    check_statistics();
    check_styles();
    check_content(m_database, m_list);
    return std::move(m_list.checks());
}

} // namespace

std::vector<Check> verify(Database& database) {
    if (database.is_on_server()) {
        CheckList list{database};
        check_server(database, list);
        check_content(database, list);
        return std::move(list.checks());
    }
    return Verification{database}.run();
}

} // namespace kharita::store
