#include "sqlite/spatialite.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/core.h>

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

struct Box {
    double min_x = 0;
    double min_y = 0;
    double max_x = 0;
    double max_y = 0;
};

/// The box that stands at the beginning of every geometry blob; nothing where it is none.
/// Source: SpatiaLite, "BLOB-Geometry internal format".
std::optional<Box> box_of_blob(Blob blob) noexcept {
    constexpr std::size_t box_at = 6;
    constexpr std::size_t mark_at = box_at + sizeof(Box);
    constexpr std::byte mark{0x7C};
    if (blob.size() <= mark_at || blob[mark_at] != mark || std::to_integer<int>(blob[1]) > 1) {
        return std::nullopt;
    }
    std::array<std::byte, sizeof(Box)> bytes{};
    std::ranges::copy(blob.subspan(box_at, sizeof(Box)), bytes.begin());
    bool const is_little = blob[1] == std::byte{1};
    if (is_little != (std::endian::native == std::endian::little)) {
        for (std::size_t i = 0; i < bytes.size(); i += sizeof(double)) {
            std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                         bytes.begin() + static_cast<std::ptrdiff_t>(i + sizeof(double)));
        }
    }
    return std::bit_cast<Box>(bytes);
}

/// How many rows a layer has, and the box round their geometries.
struct Statistics {
    std::int64_t rows = 0;
    std::optional<Box> box;

    void add(std::optional<Box> const& more) {
        ++rows;
        if (!more) {
            return;
        }
        if (!box) {
            box = more;
        }
        box->min_x = std::min(box->min_x, more->min_x);
        box->min_y = std::min(box->min_y, more->min_y);
        box->max_x = std::max(box->max_x, more->max_x);
        box->max_y = std::max(box->max_y, more->max_y);
    }
};

/// Of a table: of all its rows, and of those of each value of an expression.
struct TableStatistics {
    Statistics all;
    std::map<std::string, Statistics, std::less<>> parts;
};

TableStatistics measure(Connection& connection, std::string_view table, std::string_view geometry,
                        std::string_view expression) {
    Statement rows =
        connection.prepare(fmt::format("SELECT {}{}{} FROM {}", quoted_name(geometry),
                                       expression.empty() ? "" : ", ", expression, quoted_name(table)));
    TableStatistics found;
    while (rows.step()) {
        auto const box = box_of_blob(rows.blob(0));
        found.all.add(box);
        if (!expression.empty()) {
            auto part = found.parts.find(rows.text(1));
            if (part == found.parts.end()) {
                part = found.parts.emplace(rows.text(1), Statistics{}).first;
            }
            part->second.add(box);
        }
    }
    return found;
}

void put_statistics(Statement& statement, std::string_view layer, std::string_view geometry,
                    Statistics const& found) {
    auto const side = [&](double Box::*member) {
        return found.box ? std::optional{(*found.box).*member} : std::nullopt;
    };
    statement.run(layer, geometry, found.rows, side(&Box::min_x), side(&Box::min_y), side(&Box::max_x),
                  side(&Box::max_y));
}

constexpr std::string_view put_sql =
    "INSERT OR REPLACE INTO {} ({}, {}, last_verified, row_count, extent_min_x, extent_min_y, extent_max_x, "
    "extent_max_y) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, ?, ?, ?)";

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
        connection.prepare("SELECT rowid, " + geometry + " FROM " + quoted_name(column.table) + " WHERE " +
                           geometry + " IS NOT NULL");
    while (statement.step()) {
        auto const box = box_of_blob(statement.blob(1));
        if (!box) {
            fail<DatabaseError>("{}: {}.{} of row {} is no geometry", connection.name(), column.table,
                                column.column, statement.integer(0));
        }
        boxes.push_back(indexed_box(statement.integer(0), box->min_x, box->max_x, box->min_y, box->max_y));
    }
    build_rtree(connection, column.index(), std::move(boxes));
}

void add_to_index(Connection& connection, GeometryColumn const& column, std::vector<IndexedBox> rows) {
    constexpr std::int64_t few = 20; // of so many, one added costs as much as packing all of them
    std::string const index = quoted_name(column.index());
    auto const there = connection.integer("SELECT count(*) FROM " + quoted_name(column.index() + "_rowid"));
    if (static_cast<std::int64_t>(rows.size()) < there / few) {
        Statement statement = connection.prepare("INSERT INTO " + index + " VALUES (?, ?, ?, ?, ?)");
        for (IndexedBox const& row : rows) {
            statement.run(row.id, double{row.min_x}, double{row.max_x}, double{row.min_y}, double{row.max_y});
        }
        return;
    }
    if (there > 0) {
        rows.reserve(rows.size() + static_cast<std::size_t>(there));
        Statement statement = connection.prepare("SELECT pkid, xmin, xmax, ymin, ymax FROM " + index);
        while (statement.step()) {
            rows.push_back(indexed_box(statement.integer(0), statement.real(1), statement.real(2),
                                       statement.real(3), statement.real(4)));
        }
    }
    build_rtree(connection, column.index(), std::move(rows));
}

void update_statistics(Connection& connection, std::span<PartialView const> partial) {
    // SpatiaLite's own function also reads every value of every column, of each view too: minutes.
    struct View {
        std::string name;
        std::string table;
        PartialView const* part = nullptr;
    };
    std::vector<View> views;
    Statement list =
        connection.prepare("SELECT view_name, f_table_name FROM views_geometry_columns ORDER BY view_name");
    while (list.step()) {
        auto const part = std::ranges::find(partial, list.text(0), &PartialView::view);
        views.push_back(
            {std::string{list.text(0)}, std::string{list.text(1)}, part == partial.end() ? nullptr : &*part});
    }
    Statement put_table = connection.prepare(fmt::format(fmt::runtime(put_sql), "geometry_columns_statistics",
                                                         "f_table_name", "f_geometry_column"));
    Statement put_view = connection.prepare(fmt::format(
        fmt::runtime(put_sql), "views_geometry_columns_statistics", "view_name", "view_geometry"));
    for (GeometryColumn const& layer : geometry_columns(connection)) {
        auto const split = std::ranges::find_if(
            views, [&](View const& view) { return view.table == layer.table && view.part != nullptr; });
        TableStatistics const found =
            measure(connection, layer.table, layer.column,
                    split == views.end() ? std::string_view{} : split->part->expression);
        put_statistics(put_table, layer.table, layer.column, found.all);
        for (View const& view : views) {
            if (view.table != layer.table) {
                continue;
            }
            if (view.part == nullptr) {
                put_statistics(put_view, view.name, layer.column, found.all);
                continue;
            }
            auto const part = found.parts.find(view.part->value);
            put_statistics(put_view, view.name, layer.column,
                           part == found.parts.end() ? Statistics{} : part->second);
        }
    }
}

void set_timestamps(Connection& connection, std::string_view stamp) {
    constexpr std::array updates{
        // GDAL believes statistics only when they are newer than the last change; else it writes its own, and
        // those without an extent, where QGIS then sees no rows.
        "UPDATE geometry_columns_statistics SET last_verified = strftime('%Y-%m-%dT%H:%M:%fZ', ?, '+1 "
        "second')",
        "UPDATE views_geometry_columns_statistics SET last_verified = strftime('%Y-%m-%dT%H:%M:%fZ', ?, '+1 "
        "second')",
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
