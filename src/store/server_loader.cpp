#include "store/server_loader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "geo/ewkb.hpp"
#include "postgis/error.hpp"
#include "store/database.hpp"
#include "store/document_check.hpp"
#include "store/server_documents.hpp"

namespace kharita::store {

namespace {

using postgis::CopyRows;

constexpr std::array<std::string_view, server_table_count> numbered_tables{
    "document", "mention", "", "event_group", "event", "", "event_report", "zone", ""};

// Emptied at the end of each transaction.
constexpr std::string_view stages =
    "CREATE TEMPORARY TABLE IF NOT EXISTS stage_document (LIKE document) ON COMMIT DELETE ROWS; "
    "CREATE TEMPORARY TABLE IF NOT EXISTS stage_place (LIKE place) ON COMMIT DELETE ROWS; "
    "CREATE TEMPORARY TABLE IF NOT EXISTS stage_actor (LIKE actor INCLUDING DEFAULTS) ON COMMIT DELETE ROWS";

/// Of a hash, for an IdTable: positive.
std::int64_t digest(std::string_view hash) {
    return static_cast<std::int64_t>(xxh3(hash) >> 2U) + 1;
}

/// Texts as PostgreSQL writes an array of them: {"a","b\"c"}.
std::string array_of(std::vector<std::string_view> const& texts) {
    std::string array = "{";
    for (std::string_view const text : texts) {
        array += array.size() == 1 ? "\"" : ",\"";
        for (char const c : text) {
            if (c == '"' || c == '\\') {
                array += '\\';
            }
            array += c;
        }
        array += '"';
    }
    return array + "}";
}

} // namespace

ServerLoader::ServerLoader(Database& database, std::size_t batch)
    : m_database{database},
      m_server{database.server()},
      m_batch{batch},
      m_first_load{database},
      m_rows{
          [this](ServerTable table) { return next_row(numbered_tables[static_cast<std::size_t>(table)]); }} {
    m_server.execute(std::string{stages});
}

std::int64_t ServerLoader::next_row(std::string_view table) {
    auto found = m_next_rows.find(table);
    if (found == m_next_rows.end()) {
        found = m_next_rows.emplace(std::string{table}, std::deque<RowRange>{}).first;
    }
    std::deque<RowRange>& reserved = found->second;
    if (reserved.empty()) {
        // One range, or several where another loader took numbers in between.
        postgis::Statement& ranges = m_server.cached(
            "SELECT min(n), max(n) + 1 FROM (SELECT n, n - row_number() OVER (ORDER BY n) AS island FROM "
            "(SELECT nextval((SELECT pg_get_serial_sequence(?, 'id')::regclass)) AS n FROM "
            "generate_series(1, "
            "2000)) AS taken) "
            "AS r GROUP BY island ORDER BY 1");
        ranges.bind(table);
        while (ranges.step()) {
            reserved.push_back({ranges.integer(0), ranges.integer(1)});
        }
    }
    std::int64_t const row = reserved.front().next++;
    if (reserved.front().next == reserved.front().end) {
        reserved.pop_front();
    }
    return row;
}

/// Asks once for what is there, instead of once for each document.
void ServerLoader::remember_all() {
    m_known.emplace();
    postgis::Statement documents =
        m_server.prepare("SELECT doc_id, content_hash FROM document", postgis::Reading::streamed);
    while (documents.step()) {
        m_known->documents.put(documents.text(0), digest(documents.text(1)));
    }
    postgis::Statement parts = m_server.prepare(
        "SELECT 'event ' || e.event_id, d.doc_id FROM event AS e JOIN document AS d ON d.id = e.document "
        "UNION "
        "ALL SELECT 'zone ' || z.zone_id, d.doc_id FROM zone AS z JOIN document AS d ON d.id = z.document",
        postgis::Reading::streamed);
    while (parts.step()) {
        m_known->parts.put(parts.text(0), digest(parts.text(1)));
    }
}

ServerLoader::Presence ServerLoader::presence_of(std::string const& doc_id, std::string const& hash) {
    if (doc_id.find('\0') != std::string::npos) {
        return Presence::absent; // and will be set aside
    }
    constexpr std::size_t few = 100;
    if (!m_known && ++m_asked > few) {
        remember_all();
    }
    if (m_known) {
        auto const known = m_known->documents.find(doc_id);
        return !known ? Presence::absent : *known == digest(hash) ? Presence::same : Presence::other;
    }
    postgis::Statement& known = m_server.cached("SELECT content_hash FROM document WHERE doc_id = ?");
    if (!known.bind(doc_id).step()) {
        return Presence::absent;
    }
    return known.text(0) == hash ? Presence::same : Presence::other;
}

/// Events and zones keep the ids that others know; a document that brings one twice, or another document's,
/// is set aside before it spoils its batch.
void ServerLoader::check_ids(Document const& document) {
    std::vector<std::string_view> events;
    std::vector<std::string_view> zones;
    events.reserve(document.events.size());
    zones.reserve(document.zones.size());
    for (Event const& event : document.events) {
        events.emplace_back(event.id);
    }
    for (Zone const& zone : document.zones) {
        zones.emplace_back(zone.id);
    }
    std::int64_t const own = digest(document.report.doc_id);
    bool may_be_taken = !m_known && !(events.empty() && zones.empty());
    std::string key;
    for (auto const& [what, ids] : {std::pair{"event", &events}, std::pair{"zone", &zones}}) {
        std::ranges::sort(*ids);
        if (auto const twice = std::ranges::adjacent_find(*ids); twice != ids->end()) {
            fail<InputError>("{} {} is there twice", what, *twice);
        }
        for (std::string_view const id : *ids) {
            key.assign(what).append(" ").append(id);
            if (m_ids.contains(key)) {
                fail<InputError>("{} is already that of another document", key);
            }
            may_be_taken = may_be_taken || (m_known && m_known->parts.find(key).value_or(own) != own);
        }
    }
    if (may_be_taken) {
        check_on_server(events, zones, document.report.doc_id);
    }
}

void ServerLoader::check_on_server(std::vector<std::string_view> const& events,
                                   std::vector<std::string_view> const& zones, std::string_view doc_id) {
    postgis::Statement& others = m_server.cached(
        "SELECT 'event ' || e.event_id FROM event AS e JOIN document AS d ON d.id = e.document WHERE "
        "e.event_id = "
        "ANY (?1::text[]) AND d.doc_id <> ?3 UNION ALL SELECT 'zone ' || z.zone_id FROM zone AS z JOIN "
        "document AS "
        "d ON d.id = z.document WHERE z.zone_id = ANY (?2::text[]) AND d.doc_id <> ?3 LIMIT 1");
    if (others.bind(array_of(events), array_of(zones), doc_id).step()) {
        fail<InputError>("{} is already that of another document", std::string{others.text(0)});
    }
}

Loaded ServerLoader::add(Document const& document) {
    std::string hash = m_fingerprinter.of(document).content;
    std::string const& doc_id = document.report.doc_id;
    if (auto const same = m_hashes.find(doc_id); same != m_hashes.end()) {
        if (same->second == hash) {
            ++m_counts.unchanged;
            return Loaded::unchanged;
        }
        flush(); // the same report again with other findings: these count
    }
    Presence const presence = presence_of(doc_id, hash);
    if (presence == Presence::same) {
        ++m_counts.unchanged;
        return Loaded::unchanged;
    }
    bool const is_known = presence == Presence::other;
    check_document(document);
    check_ids(document);
    try {
        m_documents.push_back(m_rows.of(document, hash));
    } catch (GeometryError const& error) {
        fail<InputError>("the document cannot be stored: {}", error.what());
    }
    m_days.add(document);
    m_has_replaced = m_has_replaced || is_known;
    m_hashes.emplace(doc_id, std::move(hash));
    std::vector<std::string>& parts = m_documents.back().parts;
    for (Event const& event : document.events) {
        parts.push_back("event " + event.id);
    }
    for (Zone const& zone : document.zones) {
        parts.push_back("zone " + zone.id);
    }
    m_ids.insert(parts.begin(), parts.end());
    if (m_documents.size() >= m_batch) {
        m_first_load.begin(); // there is more to come
        flush();
    }
    return is_known ? Loaded::replaced : Loaded::added;
}

void ServerLoader::commit() {
    flush();
    m_first_load.finish();
}

void ServerLoader::flush() {
    if (m_documents.empty()) {
        return;
    }
    auto lock = m_has_replaced ? postgis::Lock::exclusive : postgis::Lock::shared;
    Outcome outcome;
    while (!outcome.is_written) {
        postgis::Transaction batch{m_server, lock};
        outcome = write(lock);
        if (outcome.is_written) {
            batch.commit();
        }
        lock = postgis::Lock::exclusive;
    }
    m_counts.added += outcome.counts.added;
    m_counts.replaced += outcome.counts.replaced;
    m_counts.unchanged += outcome.counts.unchanged;
    m_counts.events += outcome.counts.events;
    m_database.touch();
    for (auto& [id, place] : m_new_places) {
        m_places.insert_or_assign(id, std::move(place));
    }
    m_actors.merge(m_new_actors);
    remember_batch();
    m_new_places.clear();
    m_new_actors.clear();
    m_documents.clear();
    m_hashes.clear();
    m_ids.clear();
    m_has_replaced = false;
}

void ServerLoader::remember_batch() {
    if (!m_known) {
        return;
    }
    for (DocumentRows const& document : m_documents) {
        m_known->documents.put(document.doc_id, digest(document.content_hash));
        for (std::string const& part : document.parts) {
            m_known->parts.put(part, digest(document.doc_id));
        }
    }
}

ServerLoader::Outcome ServerLoader::write(postgis::Lock lock) {
    // Inside a transaction of somebody else the end of a batch empties nothing.
    m_server.execute("TRUNCATE stage_document, stage_place, stage_actor");
    write_actors();
    write_places();
    stage_documents();
    Outcome outcome;
    auto const replaced = static_cast<std::size_t>(
        m_server.integer("SELECT count(*) FROM stage_document JOIN document AS d USING (doc_id)"));
    if (replaced > 0) {
        if (lock != postgis::Lock::exclusive) {
            return outcome;
        }
        remove_documents(m_database,
                         "SELECT d.id FROM document AS d JOIN stage_document AS s USING (doc_id)");
    }
    std::unordered_set<std::int64_t> written;
    auto& insert = m_server.cached("INSERT INTO document SELECT * FROM stage_document ORDER BY doc_id "
                                   "ON CONFLICT (doc_id) DO NOTHING RETURNING id");
    while (insert.step()) {
        written.insert(insert.integer(0));
    }
    // What another loader stored since was not found by the others above.
    if (m_server.integer("SELECT count(*) FROM stage_document AS s JOIN document AS d USING (doc_id) WHERE "
                         "d.content_hash <> s.content_hash") != 0) {
        return outcome;
    }
    put_references_right();
    copy_rows(written);
    for (DocumentRows const& document : m_documents) {
        outcome.counts.events += written.contains(document.row) ? document.events : 0;
    }
    outcome.counts.replaced = replaced;
    outcome.counts.added = written.size() - replaced;
    outcome.counts.unchanged = m_documents.size() - written.size();
    m_days.put(m_database); // the batch is not written again from here on
    outcome.is_written = true;
    return outcome;
}

/// Leaves those on the stage that are not stored with the same findings already.
void ServerLoader::stage_documents() {
    CopyRows rows;
    for (DocumentRows& document : m_documents) {
        rows.append(document.of(ServerTable::document));
    }
    m_server.copy_into(columns_of(ServerTable::document), rows);
    m_server
        .cached("DELETE FROM stage_document AS s USING document AS d WHERE d.doc_id = s.doc_id AND "
                "d.content_hash = "
                "s.content_hash")
        .run();
}

void ServerLoader::copy_rows(std::unordered_set<std::int64_t> const& written) {
    for (std::size_t i = 1; i < server_table_count; ++i) {
        auto const table = static_cast<ServerTable>(i);
        CopyRows rows;
        for (DocumentRows& document : m_documents) {
            if (written.contains(document.row)) {
                rows.append(document.of(table));
            }
        }
        m_server.copy_into(columns_of(table), rows);
    }
}

} // namespace kharita::store
