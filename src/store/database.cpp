#include "store/database.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/temporary_file.hpp"
#include "base/version.hpp"
#include "geo/ewkb.hpp"
#include "geo/spatialite_blob.hpp"
#include "postgis/connection.hpp"
#include "postgis/migrate.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/spatialite.hpp"
#include "sqlite/transaction.hpp"
#include "store/deferred_indexes.hpp"
#include "store/first_load.hpp"
#include "store/schema.hpp"
#include "store/stored_rows.hpp"
#include "store/styles.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

namespace {

constexpr sqlite::OpenOptions options(sqlite::Mode mode) {
    return {.mode = mode, .extension = sqlite::Extension::spatialite};
}

/// An event, or a zone, that is another report of one that is there is on no map.
constexpr std::string_view shown_as = "CASE WHEN same_as IS NULL THEN modality END";

constexpr std::array partial_layers{
    sqlite::PartialView{"map_event", shown_as, "occurred"},
    sqlite::PartialView{"map_event_failed", shown_as, "failed"},
    sqlite::PartialView{"map_event_planned", shown_as, "planned"},
    sqlite::PartialView{"map_event_threatened", shown_as, "threatened"},
    sqlite::PartialView{"map_event_denied", shown_as, "denied"},
    sqlite::PartialView{"map_event_historical", shown_as, "historical"},
    sqlite::PartialView{"map_zone", "CASE WHEN same_as IS NULL THEN 'own' END", "own"},
};

void prepare_writing(sqlite::Connection& connection) {
    // 64 MB of pages: the random part of a load are the indexes on ids, which for a million events then stay
    // in memory. Three times as much makes loads no faster: what is written is seldom looked at again.
    connection.execute("PRAGMA cache_size = -64000");
}

/// What the data are, in either kind of database.
void describe(Database& database) {
    database.set_metadata("program", "kharita");
    database.set_metadata("program_version", program_version);
    database.set_metadata("codebook_event_types", "ACLED 2023");
    database.set_metadata("codebook_where_prec", "UCDP GED");
    database.set_metadata("crs", "EPSG:4326, longitude first");
}

/// Makes the database one file again, which can be read where nothing may be written. Other programs (QGIS,
/// GDAL) write a journal beside it. False where one of them has it open.
bool leave_wal(sqlite::Connection& connection) {
    return connection.text("PRAGMA journal_mode = DELETE") == "delete";
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
    describe(database);
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

/// Views and columns of later steps are asked for everywhere.
void check_is_current(std::string const& name, int version, std::size_t known) {
    if (version == 0) {
        fail<DatabaseError>("{}: is an empty database; expected one that Kharita made", name);
    }
    if (version < static_cast<int>(known)) {
        fail<DatabaseError>("{0}: schema {1} is older than this program's ({2}); kharita load {0} /dev/null "
                            "brings it up to date",
                            name, version, known);
    }
}

/// What a migration leaves to do.
void complete(Database& database) {
    if (database.metadata(rows_hash_key) != rows_hash_missing) {
        return;
    }
    UnitOfWork whole{database};
    fill_rows_hashes(database);
    database.prepare("DELETE FROM metadata WHERE key = ?").run(rows_hash_key);
    whole.commit();
}

} // namespace

bool is_server(std::filesystem::path const& location) noexcept {
    return postgis::is_server(location.native());
}

bool is_database(std::filesystem::path const& location) {
    if (is_server(location)) {
        return true;
    }
    // SQLite's file format, "The Database Header": a magic string, and at byte 68 the application id.
    constexpr std::string_view magic{"SQLite format 3\0", 16};
    constexpr std::size_t id_begin = 68;
    std::array<char, id_begin + sizeof(std::int32_t)> head{};
    std::ifstream stream{location, std::ios::binary};
    if (!stream.read(head.data(), head.size()) ||
        !std::string_view{head.data(), head.size()}.starts_with(magic)) {
        return false;
    }
    std::int32_t id = 0;
    for (std::size_t i = id_begin; i < head.size(); ++i) {
        id = id << 8 | static_cast<std::uint8_t>(head.at(i)); // big-endian
    }
    return id == event_schema().application_id;
}

bool copy_older(std::filesystem::path const& file, std::filesystem::path const& copy) {
    if (is_server(file)) {
        return false;
    }
    int version = 0;
    {
        sqlite::Connection connection{file, options(sqlite::Mode::read_only)};
        sqlite::check_schema(connection, event_schema());
        version = sqlite::schema_version(connection);
        if (version == 0 || version >= static_cast<int>(event_schema().steps.size())) {
            return false;
        }
        connection.prepare("VACUUM INTO ?").run(copy.string());
    }
    TemporaryFile const backup{copy.string() + ".schema-" + std::to_string(version) + ".bak"};
    Database::open(copy, Access::read_write).finish();
    return true;
}

Database::Database(std::unique_ptr<sqlite::Connection> connection) : m_connection{std::move(connection)} {}
Database::Database(std::unique_ptr<postgis::Connection> server) : m_server{std::move(server)} {}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

Database& Database::operator=(Database&& other) noexcept {
    m_statements = std::move(other.m_statements); // first: statements must not outlive their connection
    m_connection = std::move(other.m_connection);
    m_server = std::move(other.m_server);
    m_is_new = other.m_is_new;
    m_is_touched = other.m_is_touched;
    return *this;
}

Database Database::on_server(std::string const& url, Access access) {
    bool const writes = access == Access::read_write;
    Database database{std::make_unique<postgis::Connection>(url, writes ? postgis::Mode::read_write
                                                                        : postgis::Mode::read_only)};
    postgis::Connection& server = database.server();
    if (writes) {
        postgis::Transaction whole{server, postgis::Lock::none};
        database.m_is_new = postgis::migrate(server, server_schema()) == 0;
        if (database.m_is_new) {
            describe(database);
            database.touch();
        }
        complete(database);
        whole.commit();
        recover_first_load(database);
        return database;
    }
    postgis::check_schema(server, server_schema());
    if (int const version = postgis::schema_version(server); version == 0 || access != Access::read_older) {
        check_is_current(server.name(), version, server_schema().size());
    }
    postgis::find_postgis(server);
    return database;
}

Database Database::create(std::filesystem::path const& file, Overwrite overwrite) {
    if (is_server(file)) {
        fail<UsageError>("a new database is made in a file; on a server, kharita load makes its tables");
    }
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
    database.m_is_new = true;
    return database;
}

Database Database::open_or_create(std::filesystem::path const& file) {
    return is_server(file) || std::filesystem::exists(file) ? open(file, Access::read_write)
                                                            : create(file, Overwrite::refuse);
}

Database Database::open(std::filesystem::path const& file, Access access) {
    if (is_server(file)) {
        return on_server(file.native(), access);
    }
    bool const writes = access == Access::read_write;
    Database database{std::make_unique<sqlite::Connection>(
        file, options(writes ? sqlite::Mode::read_write : sqlite::Mode::read_only))};
    sqlite::Connection& connection = database.connection();
    sqlite::check_schema(connection, event_schema());
    if (writes && sqlite::schema_version(connection) == 0 &&
        connection.integer("SELECT count(*) FROM sqlite_schema") == 0) {
        make_schema(database); // whoever began to make it was killed, or the disk was full
    }
    if (int const version = sqlite::schema_version(connection); version == 0 || access == Access::read_only) {
        check_is_current(connection.name(), version, event_schema().steps.size());
    }
    if (writes) {
        prepare_writing(connection);
        sqlite::migrate(connection, event_schema());
        recover(database);
        complete(database);
    }
    return database;
}

std::string const& Database::name() const noexcept {
    return m_server ? m_server->name() : m_connection->name();
}

Statement Database::prepare(std::string_view sql) {
    return m_server ? Statement{m_server->prepare(sql)} : Statement{m_connection->prepare(sql)};
}

Statement Database::stream(std::string_view sql) {
    return m_server ? Statement{m_server->prepare(sql, postgis::Reading::streamed)} : prepare(sql);
}

Statement& Database::cached(std::string_view sql) {
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        found = m_statements.emplace(std::string{sql}, prepare(sql)).first;
    }
    found->second.reset();
    return found->second;
}

Shape Database::shape(Geometry const& geometry) const {
    return m_server ? Shape{Shape::Form::ewkb, geo::encode_hex_ewkb(geometry)}
                    : Shape{Shape::Form::spatialite, geo::encode_spatialite(geometry)};
}

Shape Database::no_shape() const {
    return Shape{m_server ? Shape::Form::ewkb : Shape::Form::spatialite};
}

sqlite::Connection& Database::connection() {
    if (m_server) {
        fail<DatabaseError>("{}: this is done with a SpatiaLite file only, not with a database on a server",
                            m_server->name());
    }
    return *m_connection;
}

void Database::put_actors(std::span<ActorRecord const> actors) {
    auto& statement =
        cached("INSERT INTO actor (actor_id, name, name_ar, kind, country, parent) VALUES (?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (actor_id) DO UPDATE SET name = excluded.name, name_ar = excluded.name_ar, "
               "kind = excluded.kind, country = excluded.country, parent = excluded.parent WHERE "
               "(actor.name, actor.name_ar, actor.kind, actor.country, actor.parent) <> (excluded.name, "
               "excluded.name_ar, excluded.kind, excluded.country, excluded.parent)");
    UnitOfWork all{*this};
    touch();
    for (ActorRecord const& actor : actors) {
        statement.run(actor.id, actor.name, actor.name_ar, actor.kind, actor.country, actor.parent);
    }
    all.commit();
}

void Database::add_rejects(Rejects const& rejects) {
    auto& statement =
        cached("INSERT INTO rejected (file, line, reason, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    UnitOfWork all{*this};
    touch();
    for (Reject const& reject : rejects) {
        statement.run(reject.file, reject.line, reject.reason, reject.text);
    }
    all.commit();
}

void Database::add_build(BuildRecord const& build) {
    touch();
    Counts const now = counts();
    Statement& same = cached("SELECT 1 FROM build WHERE program_version = ? AND gazetteer_hash = ? AND "
                             "vocabulary_hash = ? AND inputs_hash = ? AND documents = ? AND events = ?");
    bool const is_kept = same.bind(program_version, build.gazetteer_hash, build.vocabulary_hash,
                                   build.inputs_hash, now.documents, now.events)
                             .step();
    same.reset();
    if (is_kept) {
        return;
    }
    auto const newest = newest_report();
    cached("INSERT INTO build (program_version, gazetteer_hash, vocabulary_hash, inputs_hash, data_date, "
           "documents, events) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(program_version, build.gazetteer_hash, build.vocabulary_hash, build.inputs_hash,
             newest ? std::optional{to_string(*newest)} : std::nullopt, now.documents, now.events);
}

void Database::touch() {
    if (m_server) {
        m_is_touched = true; // a row that all programs write would keep them waiting for each other
    } else {
        set_metadata(finished_key, "");
    }
}

void Database::set_metadata(std::string_view key, std::string_view value) {
    cached("INSERT INTO metadata (key, value) VALUES (?, ?) "
           "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .run(key, value);
}

std::string Database::metadata(std::string_view key) {
    auto& statement = cached("SELECT value FROM metadata WHERE key = ?");
    std::string value;
    if (statement.bind(key).step()) {
        value = statement.text(0);
        statement.reset();
    }
    return value;
}

Counts Database::counts() {
    Statement statement = prepare(
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
    Statement newest = prepare("SELECT max(published) FROM document");
    return newest.step() ? parse_date(newest.text(0)) : std::nullopt;
}

void Database::finish_on_server() {
    if (!m_is_touched) {
        return;
    }
    constexpr std::string_view styles_key = "styles_of_version";
    if (metadata(styles_key) != program_version) {
        UnitOfWork all{*this};
        write_styles(*m_server);
        set_metadata(styles_key, program_version);
        all.commit();
    }
    m_server->execute(
        "ANALYZE document, place, actor, mention, mention_area, event_group, event, event_actor, "
        "event_report, event_version, zone, zone_actor, control, frontline, correction");
    m_is_touched = false;
}

void Database::finish() {
    if (m_server) {
        finish_on_server();
        return;
    }
    sqlite::Connection& connection = *m_connection;
    if (metadata(finished_key) == "yes") {
        leave_wal(connection); // if another program has it open, it was not we who left one
        return;
    }
    // The only time that says something of the data themselves; a report-less database gets the epoch.
    std::string const stamp = to_string(newest_report().value_or(Date{})) + "T00:00:00.000Z";
    sqlite::Transaction transaction{connection};
    write_styles(connection);
    sqlite::update_statistics(connection, partial_layers);
    sqlite::set_timestamps(connection, stamp);
    set_metadata(finished_key, "yes");
    transaction.commit();
    if (!leave_wal(connection)) {
        fail<DatabaseError>("{}: another program has it open; it stays in journal mode WAL",
                            connection.name());
    }
}

} // namespace kharita::store
