#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "postgis/connection.hpp"
#include "store/changed_days.hpp"
#include "store/fingerprint.hpp"
#include "store/first_load.hpp"
#include "store/id_table.hpp"
#include "store/loader.hpp"
#include "store/server_rows.hpp"

namespace kharita::store {

/// What a Loader does on a server: rows are sent by COPY, a batch in one transaction. Several loaders may run
/// at once, of the same documents too; each document is stored once.
///
/// Loaders meet at rows of actors, places and documents, and all of them touch these in this order and each
/// in the order of its ids, so that none waits for one that waits for it. A batch that has to remove rows,
/// because a document was stored with other findings, is written alone (postgis::Lock::exclusive).
class ServerLoader {
public:
    ServerLoader(Database& database, std::size_t batch);

    /// As Loader::add(). What became of a document that another loader stores at the same time is known, and
    /// counted, when its batch is written.
    Loaded add(Document const& document);
    void commit();
    LoadCounts const& counts() const noexcept { return m_counts; }

private:
    struct KnownPlace {
        std::int64_t row = 0;
        Place place;
    };
    /// What a batch made of its documents.
    struct Outcome {
        LoadCounts counts;
        bool is_written = false; ///< false: rows are to be removed, and others write too
    };

    /// Numbers that a sequence gave us: `next` to `end`, without `end`.
    struct RowRange {
        std::int64_t next = 0;
        std::int64_t end = 0;
    };
    /// What the server held when it was asked, each with a digest: of documents that of their findings, of
    /// events and zones that of their document. What other loaders bring later is found when a batch is
    /// written.
    struct Known {
        IdTable documents;
        IdTable parts;
    };
    enum class Presence { absent, same, other };

    std::int64_t next_row(std::string_view table);
    void remember_all();
    Presence presence_of(std::string const& doc_id, std::string const& hash);
    void check_ids(Document const& document);
    void check_on_server(std::vector<std::string_view> const& events,
                         std::vector<std::string_view> const& zones, std::string_view doc_id);
    void flush();
    void remember_batch();
    Outcome write(postgis::Lock lock);
    void write_actors();
    void write_places();
    void stage_documents();
    void copy_rows(std::unordered_set<std::int64_t> const& written);
    void put_references_right();

    Database& m_database;
    postgis::Connection& m_server;
    std::size_t m_batch;
    FirstLoad m_first_load;
    ServerRows m_rows;
    Fingerprinter m_fingerprinter;
    std::map<std::string, std::deque<RowRange>, std::less<>> m_next_rows;
    std::size_t m_asked = 0;               ///< documents, each with questions of its own
    std::optional<Known> m_known;          ///< once they are so many that one question for all costs less
    std::vector<DocumentRows> m_documents; ///< of the batch
    std::unordered_map<std::string, std::string> m_hashes;      ///< content by doc_id, of the batch
    std::unordered_set<std::string> m_ids;                      ///< of events and zones, of the batch
    std::unordered_map<std::string, KnownPlace> m_places;       ///< as the server has them
    std::unordered_map<std::string, KnownPlace> m_new_places;   ///< as the batch brings them
    std::unordered_map<std::string, std::int64_t> m_actors;     ///< as the server has them
    std::unordered_map<std::string, std::int64_t> m_new_actors; ///< as the batch brings them
    bool m_has_replaced = false;                                ///< in the batch
    ChangedDays m_days;                                         ///< of the batch
    LoadCounts m_counts;
};

} // namespace kharita::store
