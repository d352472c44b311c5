#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/control.hpp"
#include "model/correction.hpp"

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// What analysts made by hand, in a published database or a file: every build replays it.
struct AnalystWork {
    std::vector<Correction> corrections; ///< in the order in which they were made, those of files last
    std::size_t of_database = 0;         ///< how many of them are the database's
    std::vector<ControlArea> digitised;  ///< control areas drawn by hand
};

/// Reads it from the database that is about to be replaced, if there is one, and from files of corrections
/// (store::read_corrections_csv); what is in both counts once. Throws DatabaseError or InputError where any
/// of it cannot be read: people's work must not get lost.
AnalystWork read_analyst_work(std::optional<std::filesystem::path> const& database,
                              std::span<std::filesystem::path const> files);

/// The same, of a database that is open and stays.
AnalystWork read_analyst_work(store::Database& database, std::span<std::filesystem::path const> files);

/// SHA-256 over all of it, 64 hexadecimal digits; empty where there is none.
std::string hash_of(AnalystWork const& work);

} // namespace kharita::publish
