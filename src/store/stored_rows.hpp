#pragma once

#include <cstddef>
#include <string>

namespace kharita::store {

class Database;

/// Documents that are not as they were loaded.
struct ChangedDocuments {
    std::size_t of_other_id = 0;    ///< whose doc_id is not that of source, url, day and whole text
    std::string other_id_example;   ///< doc_id
    std::size_t of_other_rows = 0;  ///< whose rows give another hash than document.rows_hash
    std::string other_rows_example; ///< doc_id
    std::size_t without_hash = 0;   ///< between a migration and fill_rows_hashes()
};

/// Computes the hashes of all documents from the tables, in either kind of database. A happening's tolls are
/// those of its first report (event_version), and what is derived of zones is not among them, so uniting and
/// deriving change nothing here. In memory of 24 bytes a document.
ChangedDocuments changed_documents(Database& database);

/// Stores the hash of each document's rows as they are, after the migration that brought the column.
void fill_rows_hashes(Database& database);

} // namespace kharita::store
