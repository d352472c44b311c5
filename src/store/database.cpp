#include "store/database.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/version.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/spatialite.hpp"
#include "sqlite/transaction.hpp"
#include "store/deferred_indexes.hpp"
#include "store/schema.hpp"
#include "store/styles.hpp"

namespace kharita::store {

namespace {

constexpr sqlite::OpenOptions options(sqlite::Mode mode) {
    return {.mode = mode, .extension = sqlite::Extension::spatialite};
}

/// An event that is another report of one that is there is on no map.
constexpr std::string_view shown_as = "CASE WHEN same_as IS NULL THEN modality END";

constexpr std::array event_layers{
    sqlite::PartialView{"map_event", shown_as, "occurred"},
    sqlite::PartialView{"map_event_failed", shown_as, "failed"},
    sqlite::PartialView{"map_event_planned", shown_as, "planned"},
    sqlite::PartialView{"map_event_threatened", shown_as, "threatened"},
    sqlite::PartialView{"map_event_denied", shown_as, "denied"},
    sqlite::PartialView{"map_event_historical", shown_as, "historical"},
};

void prepare_writing(sqlite::Connection& connection) {
    // 64 MB of pages: the random part of a load are the indexes on ids, which for a million events then stay
    // in memory. Three times as much makes loads no faster: what is written is seldom looked at again.
    connection.execute("PRAGMA cache_size = -64000");
}

/// Fills an empty database.
void make_schema(Database& database) {
    sqlite::Connection& connection = database.connection();
    // Texts and rows of a report are long: larger pages load faster by a twelfth than 4096 and make smaller
    // files.
    connection.execute("PRAGMA page_size = 16384");
    prepare_writing(connection);
    sqlite::migrate(connection, event_schema());
    sqlite::Transaction transaction{connection};
    database.set_metadata("program", "kharita");
    database.set_metadata("program_version", program_version);
    database.set_metadata("codebook_event_types", "ACLED 2023");
    database.set_metadata("codebook_where_prec", "UCDP GED");
    database.set_metadata("crs", "EPSG:4326, longitude first");
    database.set_metadata(index_state_key, index_current);
    transaction.commit();
}

/// Brings indexes up to date that a load left behind when it was killed.
void recover(Database& database) {
    if (database.metadata(index_state_key) != index_stale) {
        return;
    }
    sqlite::Connection& connection = database.connection();
    sqlite::Transaction transaction{connection};
    make_deferred_indexes(database);
    for (sqlite::GeometryColumn const& column : sqlite::geometry_columns(connection)) {
        sqlite::rebuild_index(connection, column);
    }
    database.set_metadata(index_state_key, index_current);
    transaction.commit();
}

} // namespace

Database::Database(std::unique_ptr<sqlite::Connection> connection) : m_connection{std::move(connection)} {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::create(std::filesystem::path const& file, Overwrite overwrite) {
    if (std::filesystem::exists(file)) {
        if (overwrite == Overwrite::refuse) {
            fail<OutputError>("{}: exists; use --force to replace it", file.string());
        }
        std::error_code error;
        std::filesystem::remove(file, error);
        if (error) {
            fail<OutputError>("{}: cannot be replaced: {}", file.string(), error.message());
        }
    }
    Database database{std::make_unique<sqlite::Connection>(file, options(sqlite::Mode::create))};
    make_schema(database);
    return database;
}

Database Database::open(std::filesystem::path const& file, Access access) {
    bool const writes = access == Access::read_write;
    Database database{std::make_unique<sqlite::Connection>(
        file, options(writes ? sqlite::Mode::read_write : sqlite::Mode::read_only))};
    sqlite::Connection& connection = database.connection();
    sqlite::check_schema(connection, event_schema());
    if (writes && sqlite::schema_version(connection) == 0 &&
        connection.integer("SELECT count(*) FROM sqlite_schema") == 0) {
        make_schema(database); // whoever began to make it was killed, or the disk was full
    }
    if (sqlite::schema_version(connection) == 0) {
        fail<DatabaseError>("{}: is an empty database; expected one that Kharita made", connection.name());
    }
    if (writes) {
        prepare_writing(connection);
        sqlite::migrate(connection, event_schema());
        recover(database);
    }
    return database;
}

void Database::put_actors(std::span<ActorRecord const> actors) {
    auto& statement = m_connection->cached(
        "INSERT INTO actor (actor_id, name, name_ar, kind, country, parent) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (actor_id) DO UPDATE SET name = excluded.name, name_ar = excluded.name_ar, "
        "kind = excluded.kind, country = excluded.country, parent = excluded.parent");
    sqlite::Savepoint all{*m_connection};
    touch();
    for (ActorRecord const& actor : actors) {
        statement.run(actor.id, actor.name, actor.name_ar, actor.kind, actor.country, actor.parent);
    }
    all.commit();
}

void Database::add_rejects(Rejects const& rejects) {
    auto& statement =
        m_connection->cached("INSERT OR IGNORE INTO rejected (file, line, reason, text) VALUES (?, ?, ?, ?)");
    sqlite::Savepoint all{*m_connection};
    touch();
    for (Reject const& reject : rejects) {
        statement.run(reject.file, reject.line, reject.reason, reject.text);
    }
    all.commit();
}

void Database::add_build(BuildRecord const& build) {
    touch();
    Counts const now = counts();
    auto const newest = newest_report();
    m_connection
        ->cached(
            "INSERT INTO build (program_version, gazetteer_hash, vocabulary_hash, inputs_hash, data_date, "
            "documents, events) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM build "
            "WHERE program_version = ?1 AND gazetteer_hash = ?2 AND vocabulary_hash = ?3 AND "
            "inputs_hash = ?4 AND documents = ?6 AND events = ?7)")
        .run(program_version, build.gazetteer_hash, build.vocabulary_hash, build.inputs_hash,
             newest ? std::optional{to_string(*newest)} : std::nullopt, now.documents, now.events);
}

void Database::touch() {
    set_metadata(finished_key, "");
}

void Database::set_metadata(std::string_view key, std::string_view value) {
    m_connection
        ->cached("INSERT INTO metadata (key, value) VALUES (?, ?) "
                 "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .run(key, value);
}

std::string Database::metadata(std::string_view key) {
    auto& statement = m_connection->cached("SELECT value FROM metadata WHERE key = ?");
    std::string value;
    if (statement.bind(key).step()) {
        value = statement.text(0);
        statement.reset();
    }
    return value;
}

Counts Database::counts() {
    auto statement = m_connection->prepare(
        "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM mention), (SELECT count(*) FROM "
        "place), "
        "(SELECT count(*) FROM event), (SELECT count(*) FROM zone), (SELECT count(*) FROM control), "
        "(SELECT count(*) FROM frontline), (SELECT count(*) FROM rejected)");
    statement.step();
    return {.documents = statement.integer(0),
            .mentions = statement.integer(1),
            .places = statement.integer(2),
            .events = statement.integer(3),
            .zones = statement.integer(4),
            .control_areas = statement.integer(5),
            .frontlines = statement.integer(6),
            .rejected = statement.integer(7)};
}

std::optional<Date> Database::newest_report() {
    return parse_date(m_connection->text("SELECT max(published) FROM document"));
}

void Database::finish() {
    if (metadata(finished_key) == "yes") {
        return;
    }
    sqlite::Connection& connection = *m_connection;
    // The only time that says something of the data themselves; a report-less database gets the epoch.
    std::string const stamp = to_string(newest_report().value_or(Date{})) + "T00:00:00.000Z";
    sqlite::Transaction transaction{connection};
    write_styles(connection);
    sqlite::update_statistics(connection, event_layers);
    sqlite::set_timestamps(connection, stamp);
    set_metadata(finished_key, "yes");
    transaction.commit();
    if (connection.text("PRAGMA journal_mode = DELETE") != "delete") {
        fail<DatabaseError>("{}: another program has it open; it stays in journal mode WAL",
                            connection.name());
    }
}

} // namespace kharita::store
