#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/output_file.hpp"
#include "base/rejects.hpp"
#include "model/date.hpp"
#include "store/statement.hpp"

namespace kharita::postgis {
class Connection;
}
namespace kharita::sqlite {
class Connection;
}

namespace kharita::store {

enum class Access {
    read_only,
    read_older, ///< as read_only, also of an older schema: for tables that were there from the beginning
    read_write
};

/// Whether a location is that of a database on a server: postgresql://…
bool is_server(std::filesystem::path const& location) noexcept;

/// Whether a location is that of an event database: one on a server, or a file of SQLite whose header bears
/// our application id. GeoPackages and other projects' databases are none; nor is what cannot be read.
bool is_database(std::filesystem::path const& location);

/// Of a database file that an older program made, writes a copy that this program can read, and answers
/// whether it did; the file stays as it is. Of others, and of those on a server, nothing is written. Throws
/// as Database::open() does.
bool copy_older(std::filesystem::path const& file, std::filesystem::path const& copy);

/// An actor as the vocabulary knows it.
struct ActorRecord {
    std::string id;
    std::string name; ///< English
    std::string name_ar;
    std::string kind;
    std::string country; ///< ISO 3166-1 alpha-3; empty where it has none
    std::string parent;  ///< actor id; empty where it has none
};

/// What a database was built from.
struct BuildRecord {
    std::string gazetteer_hash;
    std::string vocabulary_hash;
    std::string inputs_hash;
};

/// How many rows the tables hold that people ask about.
struct Counts {
    std::int64_t documents = 0;
    std::int64_t mentions = 0;
    std::int64_t places = 0;
    std::int64_t events = 0; ///< of all modalities
    std::int64_t zones = 0;
    std::int64_t control_areas = 0;
    std::int64_t frontlines = 0;
    std::int64_t rejected = 0;
};

/// An event database, EPSG:4326: a SpatiaLite file of the schema of schemas/db; or, where a location begins
/// with postgresql://, tables of the schema of schemas/postgis on a PostgreSQL server with PostGIS, which
/// several programs may write to at once. Both hold the same rows for the same input. Used by one thread.
///
/// Documents are written by a Loader (loader.hpp), derived shapes by derived.hpp; features are read by
/// features.hpp, what overlays need by events.hpp. Equal input gives equal rows: nothing of the clock or of
/// the machine is stored. All failures are DatabaseError with the file's or the server's name.
class Database {
public:
    /// Makes a new database. Throws OutputError where the file exists and may not be replaced.
    static Database create(std::filesystem::path const& file, Overwrite overwrite);

    /// Opens a database that Kharita made. With Access::read_only an older schema is refused, with the way
    /// out; with Access::read_write an older schema is brought up to date after a copy was put beside it,
    /// spatial indexes that an interrupted load left behind are made anew, and an empty database is filled as
    /// create() does.
    static Database open(std::filesystem::path const& file, Access access);

    /// Opens a database to write to, and makes it where there is none.
    static Database open_or_create(std::filesystem::path const& file);
    /// Whether this object made it.
    bool is_new() const noexcept { return m_is_new; }

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;
    ~Database();

    /// Adds or renames actors; those that documents carry without being in the vocabulary stay.
    void put_actors(std::span<ActorRecord const> actors);
    /// Keeps what was set aside; the same reject is kept once.
    void add_rejects(Rejects const& rejects);
    /// Says what the content was built from; the same record is kept once.
    void add_build(BuildRecord const& build);

    void set_metadata(std::string_view key, std::string_view value);
    /// Empty where there is no such key.
    std::string metadata(std::string_view key);

    /// Says that something was written, so that finish() has work to do.
    void touch();

    Counts counts();
    /// The newest day of publication.
    std::optional<Date> newest_report();

    /// Makes the file ready to be handed out: layer statistics, styles, no trace of the clock, journal mode
    /// DELETE. Changes nothing when nothing was written since the last time.
    void finish();

    /// The file, or the server and database without user and password.
    std::string const& name() const noexcept;
    bool is_on_server() const noexcept { return m_server != nullptr; }

    // For the other files of this module, and for publish/.

    Statement prepare(std::string_view sql);
    /// As prepare(), for many rows: on a server some thousands are fetched at a time.
    Statement stream(std::string_view sql);
    /// The statement of this text, made at its first use and reset now. Valid while the database is open; two
    /// users of one text at the same time would share it.
    Statement& cached(std::string_view sql);
    /// A geometry as this database holds it. Throws GeometryError for one that it cannot hold.
    Shape shape(Geometry const& geometry) const;
    /// NULL.
    Shape no_shape() const;

    /// Throws DatabaseError for a database on a server.
    sqlite::Connection& connection();
    /// Of a database on a server.
    postgis::Connection& server() noexcept { return *m_server; }

private:
    explicit Database(std::unique_ptr<sqlite::Connection> connection);
    explicit Database(std::unique_ptr<postgis::Connection> server);
    static Database on_server(std::string const& url, Access access);
    void finish_on_server();

    std::unique_ptr<sqlite::Connection> m_connection; ///< one of the two
    std::unique_ptr<postgis::Connection> m_server;
    std::map<std::string, Statement, std::less<>> m_statements; ///< which die before them
    bool m_is_new = false;
    bool m_is_touched = false; ///< on a server: what finish() asks
};

} // namespace kharita::store
