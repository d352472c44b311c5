#pragma once

#include <filesystem>
#include <vector>

#include "store/database.hpp"

namespace kharita::store {

/// The actors of a table like gazetteer/actors.tsv: columns id and name, and where it has them country, inter
/// (as kind), parent, and aliases, the first Arabic one of which without a share of certainty is the Arabic
/// name. Throws InputError naming the file and line for a table without id and name, or a row cut short.
std::vector<ActorRecord> read_actors(std::filesystem::path const& file);

} // namespace kharita::store
