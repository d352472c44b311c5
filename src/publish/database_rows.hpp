#pragma once

#include <filesystem>
#include <string>

namespace kharita::publish {

/// SHA-256 over every row of a database's own tables, 64 hexadecimal digits. What programs that only look at
/// it may change does not count (SpatiaLite's statistics, saved styles), nor do corrections and digitised
/// areas, which are made there. Throws DatabaseError.
std::string hash_of_rows(std::filesystem::path const& database);

} // namespace kharita::publish
