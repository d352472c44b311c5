#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kharita::store {

class Database;

/// One thing that was looked at.
struct Check {
    std::string name;                  ///< "spatial index of event"
    std::vector<std::string> problems; ///< what is wrong, for people; empty where it is sound

    bool is_sound() const noexcept { return problems.empty(); }
};

/// Proves a database whole: SQLite's pages, foreign keys, SpatiaLite's metadata, each geometry column's index
/// against its table, types, reference systems, ranges and validity, statistics, styles, and what the schema
/// means: each event has a report, its words are those of the text at its offsets, its position is its
/// mention's and lies within the stated uncertainty of its place, each document has a provenance and the
/// doc_id that its content gives. Reads everything and writes nothing. At most a few rows are named per
/// problem; counts are complete.
std::vector<Check> verify(Database& database);

} // namespace kharita::store
