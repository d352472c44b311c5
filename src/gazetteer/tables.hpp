#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gazetteer/additions.hpp"
#include "gazetteer/index_builder.hpp"

namespace kharita::gazetteer {

/// The tables of places (*.tsv) in a folder, in file name order; of a folder `places`, those of the imports
/// beside it too.
/// Throws InputError when there is no such folder or no table in it.
std::vector<std::filesystem::path> list_tables(std::filesystem::path const& folder);

/// SHA-256 over the names and contents of tables, 64 digits: whether a compiled gazetteer was made from them.
std::string hash_tables(std::vector<std::filesystem::path> const& tables);

/// Reads a table row by row, each place united with what is added to it. Throws InputError with file and line
/// for a malformed row.
void read_table(std::filesystem::path const& table, Additions const& additions, IndexBuilder& builder);

/// Compiles all tables of a folder: the bytes of the file. Throws InputError with file and line.
std::string compile_tables(std::filesystem::path const& folder);

} // namespace kharita::gazetteer
