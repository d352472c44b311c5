#include "store/first_load.hpp"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "postgis/connection.hpp"
#include "postgis/error.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

namespace kharita::store {

namespace {

// Held by each load that takes part; ends with its connection.
constexpr std::string_view taking_part = "(1263686229, hashtext(current_schema()))";

// PostgreSQL 15 manual, appendix A.
constexpr std::string_view lock_not_available = "55P03";

/// The tables, as a list of their oids.
constexpr std::string_view tables =
    "SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relname IN "
    "('mention', 'mention_area', 'event_group', 'event', 'event_actor', 'event_report', 'zone', "
    "'zone_actor')";

/// Statements, one a row: what drops and what makes each.
struct Scripts {
    std::string drop;
    std::string make;
};

Scripts scripts_of(postgis::Connection& server) {
    // Indexes before keys, whose proof may use them.
    postgis::Statement parts = server.prepare(fmt::format(
        "SELECT drop, make FROM (SELECT 1 AS rank, c.relname AS name, format('DROP INDEX %s', "
        "c.oid::regclass) AS drop, pg_get_indexdef(c.oid) AS make FROM pg_index AS i JOIN pg_class AS c ON "
        "c.oid = i.indexrelid WHERE NOT i.indisunique AND i.indrelid IN ({0}) UNION ALL SELECT 2, "
        "k.conname, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname), "
        "format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, "
        "pg_get_constraintdef(k.oid)) FROM pg_constraint AS k WHERE k.contype = 'f' AND k.conrelid IN "
        "({0})) AS parts ORDER BY rank, name",
        tables));
    Scripts scripts;
    while (parts.step()) {
        scripts.drop.append(parts.text(0)).append(";\n");
        scripts.make.append(parts.text(1)).append(";\n");
    }
    return scripts;
}

/// Whether the role may change the tables: it owns them, or is of those who do.
bool owns_tables(postgis::Connection& server) {
    return server.text(fmt::format("SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid "
                                   "IN ({})",
                                   tables)) == "t";
}

bool holds_documents(postgis::Connection& server) {
    return server.text("SELECT EXISTS (SELECT FROM document)") == "t";
}

void make_missing(Database& database) {
    postgis::Connection& server = database.server();
    postgis::Transaction alone{server, postgis::Lock::exclusive};
    // Read under the lock: another may have been first.
    if (std::string const script = database.metadata(dropped_indexes_key); !script.empty()) {
        server.execute(script);
        database.prepare("DELETE FROM metadata WHERE key = ?").run(dropped_indexes_key);
        database.touch();
    }
    alone.commit();
}

} // namespace

FirstLoad::~FirstLoad() {
    leave();
}

void FirstLoad::leave() noexcept {
    if (m_stage != Stage::joined) {
        return;
    }
    m_stage = Stage::past;
    try {
        m_database.server().prepare(fmt::format("SELECT pg_advisory_unlock_shared{}", taking_part)).step();
    } catch (...) { // the connection is lost, and with it the lock
        return;
    }
}

void FirstLoad::begin() {
    postgis::Connection& server = m_database.server();
    if (m_stage != Stage::before || server.in_transaction()) {
        return;
    }
    m_stage = Stage::past;
    bool const goes_on = lacks_constraints(m_database);
    if (!goes_on && (holds_documents(server) || !owns_tables(server))) {
        return;
    }
    server.prepare(fmt::format("SELECT pg_advisory_lock_shared{}", taking_part)).step();
    m_stage = Stage::joined;
    if (!goes_on && !drop()) {
        leave();
    }
}

/// Whether they are dropped now, by us or by another load that was first.
bool FirstLoad::drop() {
    postgis::Connection& server = m_database.server();
    try {
        postgis::Transaction alone{server, postgis::Lock::exclusive};
        if (lacks_constraints(m_database)) {
            return true;
        }
        if (holds_documents(server)) {
            return false;
        }
        Scripts const scripts = scripts_of(server);
        // Whoever reads the empty tables just now is not kept waiting, nor are we.
        server.execute("SET LOCAL lock_timeout = '100ms'");
        server.execute(scripts.drop);
        m_database.set_metadata(dropped_indexes_key, scripts.make);
        alone.commit();
    } catch (postgis::ServerError const& error) {
        if (error.state() == lock_not_available) {
            return false;
        }
        throw;
    }
    return true;
}

void FirstLoad::finish() {
    if (m_stage == Stage::joined && owns_tables(m_database.server())) {
        make_missing(m_database);
    }
    leave();
}

bool lacks_constraints(Database& database) {
    return !database.metadata(dropped_indexes_key).empty();
}

void recover_first_load(Database& database) {
    postgis::Connection& server = database.server();
    if (!lacks_constraints(database) || !owns_tables(server)) {
        return;
    }
    if (server.text(fmt::format("SELECT pg_try_advisory_lock{}", taking_part)) != "t") {
        return; // a load goes on, and will see to it
    }
    make_missing(database);
    server.prepare(fmt::format("SELECT pg_advisory_unlock{}", taking_part)).step();
}

} // namespace kharita::store
