#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "store/database.hpp"
#include "store/verify.hpp"

namespace kharita::publish {

/// What was looked at in a published folder, and what was found.
struct FolderProof {
    std::vector<store::Check> checks; ///< each named after its file: "events.sqlite: styles"
    std::size_t files = 0;            ///< of the manifest
    std::size_t tiles = 0;            ///< of one archive; the other holds the same, or a check says otherwise
    store::Counts rows;               ///< of the database
};

/// Proves the files of a folder by what is in them: the database (see store::verify); every tile of both
/// archives, decoded and checked against the MVT specification; and that the archives hold the same tiles.
FolderProof prove_content(std::filesystem::path const& folder);

/// Proves a published folder whole: its files are those of its manifest (see check_files), and
/// prove_content(). Throws InputError when the folder has no manifest.
FolderProof prove_folder(std::filesystem::path const& folder);

} // namespace kharita::publish
