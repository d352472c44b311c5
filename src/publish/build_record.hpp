#pragma once

#include <filesystem>

#include "publish/build.hpp"
#include "publish/corrections.hpp"

namespace kharita::gazetteer {
class Gazetteer;
}
namespace kharita::store {
class Database;
}

namespace kharita::publish {

// What a build into a folder and one into a database on a server say of themselves alike.

/// The gazetteer that a build uses: a folder or a compiled file.
std::filesystem::path gazetteer_of(BuildOptions const& options, std::filesystem::path const& data_dir);

/// What a build is made from, before anything is made.
Manifest manifest_before(BuildOptions const& options, std::filesystem::path const& data_dir,
                         gazetteer::Gazetteer const& gazetteer, AnalystWork const& work);

/// Derives overlays for the day asked for, and writes down in the database what it was made from and, in the
/// manifest, what it came to. The rest of the report is filled.
void finish_database(store::Database& database, BuildOptions const& options,
                     std::filesystem::path const& data_dir, OverlayData const& data, BuildReport& report);

} // namespace kharita::publish
