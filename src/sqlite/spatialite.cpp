#include "sqlite/spatialite.hpp"

#include <array>

#include "base/error.hpp"
#include "sqlite/connection.hpp"

namespace kharita::sqlite {

namespace {

constexpr int wgs84 = 4326;
constexpr int web_mercator = 3857;

void insert_srid(Connection& connection, int srid) {
    if (connection.integer("SELECT InsertEpsgSrid(" + std::to_string(srid) + ")") != 1) {
        fail<DatabaseError>("{}: SpatiaLite does not know EPSG:{}", connection.name(), srid);
    }
}

} // namespace

void init_spatial_metadata(Connection& connection, std::span<int const> extra_srids) {
    if (!connection.in_transaction()) {
        fail<DatabaseError>("{}: spatial metadata is made inside a transaction", connection.name());
    }
    // 0: no transaction of its own, we are in one. 'NONE': without the 6,000 reference systems of EPSG, which
    // are fourteen times the rest of an empty database.
    if (connection.integer("SELECT InitSpatialMetaDataFull(0, 'NONE')") != 1) {
        fail<DatabaseError>("{}: SpatiaLite could not make its tables", connection.name());
    }
    insert_srid(connection, wgs84);
    insert_srid(connection, web_mercator);
    for (int const srid : extra_srids) {
        insert_srid(connection, srid);
    }
}

std::vector<GeometryColumn> geometry_columns(Connection& connection) {
    std::vector<GeometryColumn> all;
    Statement statement = connection.prepare("SELECT f_table_name, f_geometry_column FROM geometry_columns "
                                             "ORDER BY f_table_name, f_geometry_column");
    while (statement.step()) {
        all.push_back({std::string{statement.text(0)}, std::string{statement.text(1)}});
    }
    return all;
}

TriggerPause::TriggerPause(Connection& connection, std::span<GeometryColumn const> columns)
    : m_connection{connection} {
    if (!connection.in_transaction()) {
        fail<DatabaseError>("{}: triggers are paused inside a transaction", connection.name());
    }
    std::vector<std::string> names;
    {
        // SpatiaLite's names are three letters, table, column: ggi_event_geom.
        Statement statement =
            connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 "
                               "AND substr(name, 4) = '_' || ?1 || '_' || ?2 ORDER BY name");
        for (GeometryColumn const& column : columns) {
            statement.bind(column.table, column.column);
            while (statement.step()) {
                names.emplace_back(statement.text(0));
                m_triggers.emplace_back(statement.text(1));
            }
        }
    }
    for (std::string const& name : names) {
        connection.execute("DROP TRIGGER " + quoted_name(name));
    }
}

void TriggerPause::resume() {
    for (std::string const& trigger : m_triggers) {
        m_connection.execute(trigger);
    }
    m_triggers.clear();
}

void rebuild_index(Connection& connection, GeometryColumn const& column) {
    std::vector<IndexedBox> boxes;
    std::string const geometry = quoted_name(column.column);
    Statement statement =
        connection.prepare("SELECT rowid, MbrMinX(" + geometry + "), MbrMaxX(" + geometry + "), MbrMinY(" +
                           geometry + "), MbrMaxY(" + geometry + ") FROM " + quoted_name(column.table) +
                           " WHERE " + geometry + " IS NOT NULL");
    while (statement.step()) {
        if (statement.is_null(1)) {
            fail<DatabaseError>("{}: {}.{} of row {} is no geometry", connection.name(), column.table,
                                column.column, statement.integer(0));
        }
        boxes.push_back(indexed_box(statement.integer(0), statement.real(1), statement.real(2),
                                    statement.real(3), statement.real(4)));
    }
    build_rtree(connection, column.index(), std::move(boxes));
}

void add_to_index(Connection& connection, GeometryColumn const& column, std::span<IndexedBox const> rows) {
    Statement statement =
        connection.prepare("INSERT INTO " + quoted_name(column.index()) + " VALUES (?, ?, ?, ?, ?)");
    for (IndexedBox const& row : rows) {
        statement.run(row.id, double{row.min_x}, double{row.max_x}, double{row.min_y}, double{row.max_y});
    }
}

void update_statistics(Connection& connection) {
    if (connection.integer("SELECT UpdateLayerStatistics()") != 1) {
        fail<DatabaseError>("{}: SpatiaLite could not count its layers", connection.name());
    }
}

void set_timestamps(Connection& connection, std::string_view stamp) {
    constexpr std::array updates{
        "UPDATE geometry_columns_statistics SET last_verified = ?",
        "UPDATE views_geometry_columns_statistics SET last_verified = ?",
        "UPDATE geometry_columns_time SET last_insert = ?1, last_update = ?1, last_delete = ?1",
        "UPDATE spatialite_history SET timestamp = ?",
    };
    // Each run of the statistics leaves a line in the history, which says nothing that the tables do not.
    connection.execute("DELETE FROM spatialite_history WHERE event = 'UpdateLayerStatistics'");
    connection.execute("UPDATE sqlite_sequence SET seq = (SELECT max(event_id) FROM spatialite_history) "
                       "WHERE name = 'spatialite_history'");
    for (char const* const update : updates) {
        connection.prepare(update).run(stamp);
    }
    if (connection.has_table("layer_styles")) {
        connection.prepare("UPDATE layer_styles SET update_time = ?").run(stamp);
    }
}

} // namespace kharita::sqlite
