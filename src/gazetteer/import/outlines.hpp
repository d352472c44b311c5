#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gazetteer/boundaries.hpp"

namespace kharita::gazetteer {

/// Which country or governorate a position stands in, by the gazetteer's outlines.
class Outlines {
public:
    /// A folder that is not there has no outlines. Throws InputError for a damaged one.
    explicit Outlines(std::filesystem::path const& folder);

    /// The id of the smallest outline round a position; null where there is none. Valid while this lives.
    std::string const* find(LonLat at) const;

private:
    struct Area {
        Extent extent;
        double size = 0; ///< of the extent, in square degrees
        Boundary boundary;
    };
    std::vector<Area> m_areas; ///< the smallest first
};

} // namespace kharita::gazetteer
