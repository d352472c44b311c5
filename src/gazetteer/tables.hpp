#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gazetteer/additions.hpp"
#include "gazetteer/index_builder.hpp"
#include "gazetteer/latin_spellings.hpp"

namespace kharita::gazetteer {

/// The tables of places (*.tsv) in a folder, in file name order; of a folder `places`, those of the imports
/// beside it too.
/// Throws InputError when there is no such folder or no table in it.
std::vector<std::filesystem::path> list_tables(std::filesystem::path const& folder);

/// SHA-256 over the names and contents of all that compile_tables() reads, 64 digits: whether a compiled
/// gazetteer was made from it.
std::string hash_tables(std::filesystem::path const& folder);

/// Reads a table row by row, each place united with what is added to it and with the other ways to spell it.
/// Throws InputError with file and line for a malformed row.
void read_table(std::filesystem::path const& table, Additions const& additions,
                LatinSpellings const& spellings, IndexBuilder& builder);

/// Compiles all tables of a folder, of a folder `places` with the spellings beside it: the bytes of the file.
/// Throws InputError with file and line.
std::string compile_tables(std::filesystem::path const& folder);

} // namespace kharita::gazetteer
