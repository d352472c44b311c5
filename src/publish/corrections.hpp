#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/rejects.hpp"
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
    Rejects set_aside;                   ///< rows of the files that are no corrections
    std::vector<ControlArea> digitised;  ///< control areas drawn by hand
};

/// Reads it from the database that is about to be replaced, if there is one, and from files of corrections
/// (store::read_corrections_csv); what is in both counts once. Throws DatabaseError where the
/// database cannot be read, since people's work must not get lost, and InputError where a file cannot.
AnalystWork read_analyst_work(std::optional<std::filesystem::path> const& database,
                              std::span<std::filesystem::path const> files);

/// The same, of a database that is open and stays.
AnalystWork read_analyst_work(store::Database& database, std::span<std::filesystem::path const> files);

/// SHA-256 over all of it, rows set aside included, 64 hexadecimal digits; empty where there is none.
std::string hash_of(AnalystWork const& work);

} // namespace kharita::publish
