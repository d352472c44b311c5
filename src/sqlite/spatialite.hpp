#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/rtree.hpp"

namespace kharita::sqlite {

class Connection;

/// A registered geometry column of a table, with its R*Tree `idx_TABLE_COLUMN`.
struct GeometryColumn {
    std::string table;
    std::string column;

    std::string index() const { return "idx_" + table + "_" + column; }
};

/// Makes SpatiaLite's own tables in a new database, with the reference systems EPSG:4326 (all that is
/// stored), 3857 (web maps) and `extra_srids`. Call inside a transaction: outside one it takes a hundred
/// times longer.
void init_spatial_metadata(Connection& connection, std::span<int const> extra_srids = {});

/// All geometry columns of tables (not of views), by name.
std::vector<GeometryColumn> geometry_columns(Connection& connection);

/// Takes SpatiaLite's triggers off a table for a bulk load, and puts them back.
///
/// They check each geometry, insert it into the R*Tree and note the time: six times the cost of the row
/// itself. While they are off, the writer stands in for them: it writes valid geometries of the right type,
/// and calls add_to_index() or rebuild_index(). All of it belongs in one transaction, so that no reader ever
/// sees the table without its triggers, whatever happens.
class TriggerPause {
public:
    /// Throws DatabaseError outside a transaction.
    TriggerPause(Connection& connection, std::span<GeometryColumn const> columns);

    /// Puts the triggers back. Without it they stay off until the transaction is rolled back.
    void resume();

private:
    Connection& m_connection;
    std::vector<std::string> m_triggers; ///< their CREATE statements
};

/// Fills a column's R*Tree anew, packed, from the table's geometries. Call inside a transaction.
void rebuild_index(Connection& connection, GeometryColumn const& column);

/// Adds rows that a column's R*Tree does not know: few of them one by one, many by packing the tree anew.
/// Call inside a transaction.
void add_to_index(Connection& connection, GeometryColumn const& column, std::vector<IndexedBox> rows);

/// A view that shows those rows of its table for which an expression has a value.
struct PartialView {
    std::string_view view;
    std::string_view expression; ///< SQL over the table's columns
    std::string_view value;
};

/// Brings row counts and extents of all layers up to date; clients show these without counting. Registered
/// views show all rows of their table, each once, but for those that `partial` names; the partial
/// views of a table have one expression.
void update_statistics(Connection& connection, std::span<PartialView const> partial = {});

/// Sets every time that SpatiaLite and layer_styles noted by themselves to `stamp` (ISO 8601 with
/// milliseconds and Z), that of the statistics to a second later, and empties their logs' traces of this run,
/// so that equal inputs give equal rows.
void set_timestamps(Connection& connection, std::string_view stamp);

} // namespace kharita::sqlite
