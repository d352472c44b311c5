#include "store/server_documents.hpp"

#include <array>

#include <fmt/format.h>

#include "postgis/connection.hpp"
#include "store/changed_days.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::store {

namespace {

constexpr std::string_view fingerprint_key = "built_from";
constexpr std::string_view state_key = "built_state";

/// What loads, unions and overlays change, in few words: how many rows, and the youngest of them.
std::string state_of(Database& database) {
    return database.server().text(
        "SELECT concat_ws(' ', (SELECT count(*) || '/' || coalesce(max(id), 0) FROM document), "
        "(SELECT count(*) || '/' || coalesce(max(id), 0) || '/' || count(same_as) FROM event), "
        "(SELECT count(*) || '/' || coalesce(max(id), 0) FROM control WHERE source = 'derived'), "
        "(SELECT count(*) || '/' || coalesce(max(id), 0) FROM frontline), "
        "(SELECT count(*) || '/' || count(geom) FROM zone))");
}

} // namespace

void remove_documents(Database& database, std::string_view rows) {
    postgis::Connection& server = database.server();
    if (server.integer("SELECT count(*) FROM (SELECT 1 FROM event WHERE same_as IS NOT NULL LIMIT 1) AS e") !=
        0) {
        undo_same_events_of(database, rows);
    }
    note_changed_days(database, rows);
    server
        .prepare(fmt::format(
            "UPDATE zone SET same_as = NULL WHERE same_as IN (SELECT id FROM zone WHERE document IN ({}))",
            rows))
        .run();
    // Children before their parents.
    constexpr std::array<std::string_view, 11> parts{
        "zone_actor WHERE zone IN (SELECT id FROM zone WHERE document IN ({}))",
        "zone WHERE document IN ({})",
        "event_actor WHERE event IN (SELECT id FROM event WHERE document IN ({}))",
        "event_version WHERE event IN (SELECT id FROM event WHERE document IN ({}))",
        "event_report WHERE event IN (SELECT id FROM event WHERE document IN ({}))",
        "event_report WHERE document IN ({})",
        "event WHERE document IN ({})",
        "event_group WHERE document IN ({})",
        "mention_area WHERE id IN (SELECT id FROM mention WHERE document IN ({}))",
        "mention WHERE document IN ({})",
        "document WHERE id IN ({})"};
    for (std::string_view const part : parts) {
        server.prepare("DELETE FROM " + fmt::format(fmt::runtime(part), rows)).run();
    }
}

ServerRebuild::ServerRebuild(Database& database)
    : m_database{database},
      m_transaction{std::make_unique<postgis::Transaction>(database.server(), postgis::Lock::exclusive)} {
    // While reports are read the server has nothing to do for us, which is no reason to end us.
    database.server().execute("SET LOCAL idle_in_transaction_session_timeout = 0; CREATE TEMPORARY TABLE "
                              "kept_document (doc_id TEXT COLLATE \"C\") ON COMMIT DROP");
}

ServerRebuild::~ServerRebuild() = default;

void ServerRebuild::keep(std::string_view doc_id) {
    constexpr std::size_t enough = std::size_t{1} << 20U;
    m_kept.row(1).text(doc_id);
    if (m_kept.size() > enough) {
        send_kept();
    }
}

void ServerRebuild::send_kept() {
    m_database.server().copy_into("kept_document (doc_id)", m_kept);
    m_kept.clear();
}

std::size_t ServerRebuild::remove_others() {
    send_kept();
    postgis::Connection& server = m_database.server();
    server.execute(
        "ANALYZE kept_document; CREATE TEMPORARY TABLE gone_document ON COMMIT DROP AS SELECT d.id FROM "
        "document AS d WHERE NOT EXISTS (SELECT 1 FROM kept_document AS k WHERE k.doc_id = d.doc_id); "
        "ANALYZE gone_document");
    auto const gone = static_cast<std::size_t>(server.integer("SELECT count(*) FROM gone_document"));
    if (gone > 0) {
        remove_documents(m_database, "SELECT id FROM gone_document");
    }
    server.execute(
        "DELETE FROM control WHERE source = 'derived'; DELETE FROM frontline; DELETE FROM rejected; "
        "DELETE FROM place AS p WHERE NOT EXISTS (SELECT 1 FROM mention AS m WHERE m.place = p.id) AND NOT "
        "EXISTS (SELECT 1 FROM event AS e WHERE e.place = p.id); "
        "DELETE FROM actor AS a WHERE a.actor_id NOT IN ('contested', 'unknown') AND NOT "
        "EXISTS (SELECT 1 FROM event_actor AS x WHERE x.actor = a.id) AND NOT EXISTS (SELECT 1 FROM "
        "zone_actor AS x WHERE x.actor = a.id) AND NOT EXISTS (SELECT 1 FROM control AS c WHERE c.actor = "
        "a.id)");
    m_database.touch();
    return gone;
}

void ServerRebuild::commit(std::string_view fingerprint) {
    m_database.set_metadata(fingerprint_key, fingerprint);
    m_database.set_metadata(state_key, state_of(m_database));
    m_transaction->commit();
}

std::string built_from(Database& database) {
    return database.metadata(state_key) == state_of(database) ? database.metadata(fingerprint_key)
                                                              : std::string{};
}

bool holds_loaded_documents(Database& database) {
    return database.metadata(fingerprint_key).empty() &&
           database.server().integer("SELECT count(*) FROM (SELECT 1 FROM document LIMIT 1) AS d") != 0;
}

} // namespace kharita::store
