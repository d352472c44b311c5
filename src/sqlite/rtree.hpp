#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kharita::sqlite {

class Connection;

/// A row of a two-dimensional R*Tree: a row id and its bounding box. Rounded outwards, because the tree keeps
/// 32-bit floats and must never lose a row.
struct IndexedBox {
    std::int64_t id = 0;
    float min_x = 0;
    float max_x = 0;
    float min_y = 0;
    float max_y = 0;
};

/// Rounds a box of doubles outwards.
IndexedBox indexed_box(std::int64_t id, double min_x, double max_x, double min_y, double max_y) noexcept;

/// Replaces the content of an R*Tree table by `boxes`, packed: nodes are filled by sort-tile-recursive order
/// and written once, which takes a twentieth of inserting row by row. `index` is the virtual table, with one
/// integer and four coordinate columns, as SpatiaLite makes them. Call inside a transaction.
///
/// Source: SQLite, "The SQLite R*Tree Module", section 6, and Leutenegger et al. 1997, "STR".
void build_rtree(Connection& connection, std::string_view index, std::vector<IndexedBox> boxes);

} // namespace kharita::sqlite
