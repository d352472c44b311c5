#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "postgis/copy_rows.hpp"

namespace kharita::postgis {
class Transaction;
}

namespace kharita::store {

class Database;

/// Removes documents of a database on a server with all that comes from them; `rows` is a query of their row
/// numbers. Happenings that their events are part of are taken apart first, for these may stand for others.
void remove_documents(Database& database, std::string_view rows);

/// A database on a server while it is made anew as a whole. Until commit() others read it as it was, and wait
/// with what they want to write; without commit() nothing of it stays, whatever ended it. What is written in
/// between goes through the same Database.
class ServerRebuild {
public:
    /// Waits until no other program writes.
    explicit ServerRebuild(Database& database);
    ServerRebuild(ServerRebuild const&) = delete;
    ServerRebuild& operator=(ServerRebuild const&) = delete;
    ServerRebuild(ServerRebuild&&) = delete;
    ServerRebuild& operator=(ServerRebuild&&) = delete;
    ~ServerRebuild();

    /// Says that the database is to hold a document.
    void keep(std::string_view doc_id);

    /// Removes what documents are there that nobody said to keep, places and actors that nothing speaks of
    /// any more (those of the vocabulary are to be put anew), derived shapes and the list of what was set
    /// aside. What analysts made stays. Returns how many documents are gone.
    std::size_t remove_others();

    /// Remembers what all of it was made from, see built_from().
    void commit(std::string_view fingerprint);

private:
    void send_kept();

    Database& m_database;
    std::unique_ptr<postgis::Transaction> m_transaction;
    postgis::CopyRows m_kept;
};

/// What ServerRebuild::commit() was told last; empty where no rebuild was, or somebody loaded, united or
/// derived something since.
std::string built_from(Database& database);

/// Whether it holds documents, but was never the work of a rebuild.
bool holds_loaded_documents(Database& database);

} // namespace kharita::store
