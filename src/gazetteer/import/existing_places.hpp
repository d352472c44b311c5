#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::gazetteer {

/// A place that the gazetteer has already, as its table says it.
struct ExistingPlace {
    std::string id;
    std::string name_ar;
    std::string name_en;
    std::vector<std::string> aliases;
    std::string feature;
    std::string parent; ///< id of the smallest admin unit that holds it
    LonLat at;
    std::vector<std::string> refs;
};

/// Calls `use` for every row of tables of places, in their order; the value is its until it returns.
/// Throws InputError with file and line for a row that is none.
void read_existing(std::span<std::filesystem::path const> tables,
                   std::function<void(ExistingPlace const&)> const& use);

} // namespace kharita::gazetteer
