#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/import/import_folder.hpp"
#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

/// A source to import, and where into.
struct ImportRequest {
    std::filesystem::path gazetteer;  ///< has places/; imports/ is made in it
    std::filesystem::path vocabulary; ///< gazetteer/vocabulary/import of the program's data
    std::string name;
    std::string format;
    /// What is read, files or folders of files: hashed, and named in import.json.
    std::vector<std::filesystem::path> files;
    /// Gives all records of the source, normalised, and what it sets aside. `work_folder` is on the same disk
    /// and goes away afterwards.
    std::function<void(std::filesystem::path const& work_folder, UseRecord const& use,
                       SetAside const& set_aside)>
        read;
    /// Called for everything that is set aside, besides its line in rejects.tsv; may be empty.
    SetAside set_aside;
};

struct ImportOutcome {
    ImportInfo info;
    Rejects rejects;           ///< the first hundred; all are in rejects.tsv
    bool unchanged = false;    ///< the import was there, just so
    std::size_t rematched = 0; ///< later imports that were matched again, because this one is below them
};

/// Imports a source: all or nothing, and the same input gives the same files. An import of that name is
/// replaced in its place; later ones are matched again. Throws InputError, OutputError and UsageError.
ImportOutcome run_import(ImportRequest const& request);

/// Takes an import away, and matches the later ones again. Throws InputError where there is none of that
/// name. Gives how many were matched again.
std::size_t remove_import(std::filesystem::path const& gazetteer, std::filesystem::path const& vocabulary,
                          std::string_view name);

/// Makes a gazetteer of the user's own: a copy of the program's places, boundaries and vocabulary.
/// Throws OutputError.
void copy_gazetteer(std::filesystem::path const& from, std::filesystem::path const& to);

} // namespace kharita::gazetteer
