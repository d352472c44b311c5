#pragma once

namespace kharita::store {

class Database;

// Indexes whose entries land anywhere cost a large load more than all else: each batch writes most of their
// pages anew. They are dropped for it and made again at its end, by sorting. Meanwhile metadata says how they
// are made, so that a load that was killed can be finished by whoever opens the database next.

/// Drops them. The caller then sees to it that ids stay unique. Call inside a transaction.
void drop_deferred_indexes(Database& database);

/// Makes those again that were dropped. Call inside a transaction.
void make_deferred_indexes(Database& database);

} // namespace kharita::store
