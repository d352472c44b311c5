#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "cli/commands.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::cli {

/// What all sub-commands of `kharita gazetteer` share; it outlives the parsing of the command line.
struct GazetteerOptions {
    std::string folder; ///< empty: the one that came with the program
};

/// The folder that holds places/, or what --gazetteer names: a compiled file perhaps.
std::filesystem::path gazetteer_folder(GazetteerOptions const& options);
gazetteer::Gazetteer load_gazetteer(GazetteerOptions const& options);

/// Names of gazetteer::FeatureClass, by its number.
inline constexpr std::array<std::string_view, 10> feature_class_names{
    "country",       "admin1",   "admin2",  "admin3", "settlement",
    "neighbourhood", "facility", "natural", "line",   "region"};

// One file a sub-command, gazetteer_<name>.cpp: each declares it under `command`. `shared` must live as long
// as `action`.

void add_gazetteer_build(CLI::App& command, GazetteerOptions const& shared, Action& action);
void add_gazetteer_check(CLI::App& command, GazetteerOptions const& shared, Action& action);
void add_gazetteer_export(CLI::App& command, GazetteerOptions const& shared, Action& action);
/// import, imports and fetch.
void add_gazetteer_import(CLI::App& command, GazetteerOptions const& shared, Action& action);
void add_gazetteer_lookup(CLI::App& command, GazetteerOptions const& shared, Action& action);
void add_gazetteer_stats(CLI::App& command, GazetteerOptions const& shared, Action& action);

} // namespace kharita::cli
