#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/import/source_record.hpp"
#include "model/geometry.hpp"

namespace kharita::gazetteer {

/// Puts together the pieces in which maps keep a road or river: those of one kind and name that lie no more
/// than 5 km apart (by their extents) are one place. Keeps all pieces in memory.
class LineJoiner {
public:
    /// A piece: what its row says, normalised, its course in degrees, and the name it is known by: the number
    /// of a road («M5»), else its name. Geometry other than lines is ignored.
    void add(SourceRecord&& record, Geometry const& course, std::string_view name);

    /// Gives the joined records, in the order of their first pieces: the id of the first piece, the names of
    /// all; the position is that of the course nearest to the middle of its extent.
    void finish(UseRecord const& use);

private:
    struct Piece {
        SourceRecord record;
        MultiLineString course;
    };

    static void join(std::vector<Piece>& pieces, UseRecord const& use);

    std::vector<std::vector<Piece>> m_named; ///< by kind and name, in order of appearance
    std::unordered_map<std::string, std::size_t> m_numbers;
};

} // namespace kharita::gazetteer
