#pragma once

#include <cstddef>
#include <filesystem>

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// Copies the rows of table `correction` from a database that analysts worked in to the one that takes its
/// place. Returns how many. Throws DatabaseError where the old one cannot be read: their work must not get
/// lost.
std::size_t carry_corrections(std::filesystem::path const& from, store::Database& to);

} // namespace kharita::publish
