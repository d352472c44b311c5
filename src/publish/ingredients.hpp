#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "publish/manifest.hpp"

namespace kharita::publish {

/// Size and hash of every file that the inputs of a build stand for, folders walked as extract::ReportReader
/// walks them. What cannot be read is listed with no bytes and no hash; the reader says why.
std::vector<FileRecord> record_inputs(std::vector<std::filesystem::path> const& inputs);

/// SHA-256 over names and contents of all data files: gazetteer/ and schemas/ below the data folder (see
/// data_dir()).
/// `others` are files that count by their contents alone.
std::string hash_of_data(std::filesystem::path const& data_dir,
                         std::vector<std::filesystem::path> const& others);

} // namespace kharita::publish
