#pragma once

#include <span>
#include <string_view>

#include "postgis/migrate.hpp"
#include "sqlite/migrate.hpp"

namespace kharita::store {

/// The steps of schemas/db, embedded when the program is built.
sqlite::Schema const& event_schema();

/// The steps of schemas/postgis, embedded likewise.
std::span<postgis::Migration const> server_schema();

// Keys of table metadata that the store itself keeps.

/// Whether the R*Trees hold every row: index_current, or index_stale while a load is on its way.
inline constexpr std::string_view index_state_key = "spatial_index";
inline constexpr std::string_view index_current = "current";
inline constexpr std::string_view index_stale = "stale";
/// How the indexes are made that a load dropped (deferred_indexes.hpp), and on a server foreign keys too
/// (first_load.hpp); empty when none is missing.
inline constexpr std::string_view dropped_indexes_key = "dropped_indexes";
/// "missing" after a migration that brought document.rows_hash, until fill_rows_hashes() (stored_rows.hpp).
inline constexpr std::string_view rows_hash_key = "rows_hash";
inline constexpr std::string_view rows_hash_missing = "missing";
/// "yes" when nothing was written since Database::finish().
inline constexpr std::string_view finished_key = "finished";

} // namespace kharita::store
