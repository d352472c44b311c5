#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/output_file.hpp"
#include "base/rejects.hpp"
#include "model/date.hpp"

namespace kharita::sqlite {
class Connection;
}

namespace kharita::store {

enum class Access { read_only, read_write };

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

/// An event database: SpatiaLite, EPSG:4326, the schema of schemas/db. Used by one thread.
///
/// Documents are written by a Loader (loader.hpp), derived shapes by derived.hpp; features are read by
/// features.hpp, what overlays need by events.hpp. Equal input gives equal rows: nothing of the clock or of
/// the machine is stored. All failures are DatabaseError with the file's name.
class Database {
public:
    /// Makes a new database. Throws OutputError where the file exists and may not be replaced.
    static Database create(std::filesystem::path const& file, Overwrite overwrite);

    /// Opens a database that Kharita made. With Access::read_write an older schema is brought up to date
    /// after a copy was put beside it, spatial indexes that an interrupted load left behind are made anew,
    /// and an empty database is filled as create() does.
    static Database open(std::filesystem::path const& file, Access access);

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

    /// For the other files of this module, and for publish/verify.
    sqlite::Connection& connection() noexcept { return *m_connection; }

private:
    explicit Database(std::unique_ptr<sqlite::Connection> connection);

    std::unique_ptr<sqlite::Connection> m_connection;
};

} // namespace kharita::store
