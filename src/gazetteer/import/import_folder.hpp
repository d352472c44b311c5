#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/boundaries.hpp"

namespace kharita::gazetteer {

// A gazetteer on disk:
//
//   places/*.tsv             ours; no import ever writes here
//   imports/NAME/            one import:
//     records.tsv              what its source says, in one form (source_record.hpp)
//     places.tsv               the places that are new, in the form of places/*.tsv
//     additions.tsv            what it adds to places that were there: names, population, refs
//     report.tsv               every merge and every conflict
//     shapes.geojsonl          the outlines of admin units that it has, by the source's ids; missing if none
//     outlines.geojson         the same by the ids of the gazetteer: they take the place of ours
//     rejects.tsv              what was set aside, with file, line and reason
//     import.json              where it came from, and its number in the order of imports
//
// Each import is matched against places/ and the imports before it, and against nothing else: so the same
// import always gives the same files, and taking one away and matching the later ones again leaves what
// would be there without it.

/// An import that a gazetteer has.
struct ImportInfo {
    std::string name;
    std::uint32_t sequence = 0;     ///< from 1, in the order of the first import of that name
    std::string format;             ///< "geonames", "ocha" …
    std::vector<std::string> files; ///< the names of what was read
    std::uint64_t records = 0;
    std::uint64_t places = 0; ///< new ones
    std::uint64_t merged = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t set_aside = 0;
};

/// All imports of a gazetteer, in their order. Throws InputError for a damaged import.json.
std::vector<ImportInfo> list_imports(std::filesystem::path const& gazetteer);

/// The tables of places below an import: places/*.tsv, then those of the imports with lower numbers.
std::vector<std::filesystem::path> tables_below(std::filesystem::path const& gazetteer,
                                                std::uint32_t sequence);

/// The outlines below an import, likewise: the gazetteer's own, and those of the imports with lower numbers.
Boundaries boundaries_below(std::filesystem::path const& gazetteer, std::uint32_t sequence);

std::filesystem::path import_folder(std::filesystem::path const& gazetteer, std::string_view name);

/// Writes import.json. Throws OutputError.
void write_info(std::filesystem::path const& folder, ImportInfo const& info,
                std::vector<std::string> const& hashes);

/// The hashes that import.json of a folder states, one a file that was read.
std::vector<std::string> file_hashes(std::filesystem::path const& folder);

/// How many rows of the source were set aside: the lines of rejects.tsv.
std::uint64_t rejected_lines(std::filesystem::path const& folder);

/// Throws UsageError unless a name is of letters, digits, - and _, so that it can be a folder's.
void check_import_name(std::string_view name);

/// Keeps other imports into a gazetteer from running at the same time, while it lives.
class ImportLock {
public:
    /// Creates imports/ where it is missing. Throws OutputError when another import runs or the gazetteer
    /// cannot be written.
    explicit ImportLock(std::filesystem::path const& gazetteer);
    ImportLock(ImportLock const&) = delete;
    ImportLock& operator=(ImportLock const&) = delete;
    ImportLock(ImportLock&&) = delete;
    ImportLock& operator=(ImportLock&&) = delete;
    ~ImportLock();

private:
    int m_file = -1;
};

} // namespace kharita::gazetteer
