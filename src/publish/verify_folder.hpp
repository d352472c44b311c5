#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kharita::publish {

/// What is not sound in a folder of published files, one sentence each, beginning with the file's name: the
/// database (see store::verify), and every tile of both archives, decoded and checked against the MVT
/// specification.
std::vector<std::string> check_content(std::filesystem::path const& folder);

/// Proves a published folder whole: its files are those of its manifest (see check_files), and
/// check_content(). Throws InputError when the folder has no manifest.
std::vector<std::string> verify_folder(std::filesystem::path const& folder);

} // namespace kharita::publish
