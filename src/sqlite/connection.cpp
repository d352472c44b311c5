#include "sqlite/connection.hpp"

#include <cassert>
#include <cerrno>
#include <mutex>

#include <unistd.h>

#include <sqlite3.h>

#include <spatialite.h>

#include "base/error.hpp"
#include "base/loaded_module.hpp"
#include "sqlite/raise.hpp"

namespace kharita::sqlite {

namespace {

std::mutex& spatialite_mutex() noexcept {
    static std::mutex mutex;
    return mutex;
}

/// SpatiaLite's library, loaded with the first connection that asks for it: with the forty others that it
/// brings along it takes 7 ms to start.
struct Spatialite {
    LoadedModule library = LoadedModule::library(KHARITA_SPATIALITE_LIBRARY);
    decltype(&::spatialite_alloc_connection) alloc_connection =
        library.function<decltype(alloc_connection)>("spatialite_alloc_connection");
    decltype(&::spatialite_init_ex) init = library.function<decltype(init)>("spatialite_init_ex");
    decltype(&::spatialite_set_silent_mode) set_silent_mode =
        library.function<decltype(set_silent_mode)>("spatialite_set_silent_mode");
    decltype(&::spatialite_cleanup_ex) cleanup = library.function<decltype(cleanup)>("spatialite_cleanup_ex");
};

Spatialite const& spatialite() {
    static Spatialite const loaded;
    return loaded;
}

/// SQLite counts the memory of all connections under one lock, for figures that nobody here asks for.
/// It listens to this before its first use only; where somebody was earlier, the figures are kept.
void count_no_memory() noexcept {
    [[maybe_unused]] static int const status = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int flags_of(Mode mode) noexcept {
    switch (mode) {
    case Mode::read_only:
        return SQLITE_OPEN_READONLY;
    case Mode::read_write:
        return SQLITE_OPEN_READWRITE;
    case Mode::create:
        break;
    }
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

void check_file(std::filesystem::path const& file, Mode mode) {
    std::error_code error;
    auto const kind = std::filesystem::status(file, error);
    if (std::filesystem::is_directory(kind)) {
        fail<DatabaseError>("{}: is a directory; expected a database file", file.string());
    }
    if (!std::filesystem::exists(kind) && mode != Mode::create && file != ":memory:") {
        fail<DatabaseError>("{}: {}", file.string(),
                            error ? error.message() : std::string{"No such file or directory"});
    }
    if (!std::filesystem::exists(kind) && mode == Mode::create && file != ":memory:") {
        // SQLite tries again to read the file, and then says that there is none.
        std::filesystem::path const folder = file.has_parent_path() ? file.parent_path() : ".";
        if (std::filesystem::is_directory(folder) && ::access(folder.c_str(), W_OK) != 0) {
            fail<DatabaseError>("{}: cannot be made: its folder may not be written: {}", file.string(),
                                system_message(errno));
        }
    }
}

} // namespace

void Connection::FreeCache::operator()(void* cache) const noexcept {
    std::scoped_lock const lock{spatialite_mutex()};
    spatialite().cleanup(cache);
}

void Connection::Close::operator()(sqlite3* database) const noexcept {
    std::scoped_lock const lock{spatialite_mutex()};
    [[maybe_unused]] int const status = sqlite3_close(database);
    assert(status == SQLITE_OK && "a statement outlives its connection");
}

Connection::Connection(std::filesystem::path const& file, OpenOptions const& options)
    : m_name{file.string()} {
    check_file(file, options.mode);
    count_no_memory();
    sqlite3* raw = nullptr;
    int const status =
        sqlite3_open_v2(file.c_str(), &raw, flags_of(options.mode) | SQLITE_OPEN_NOMUTEX, nullptr);
    m_database.reset(raw);
    if (status != SQLITE_OK) {
        raise(*this, status);
    }
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, static_cast<int>(options.busy_timeout.count()));
    if (options.extension == Extension::spatialite) {
        load_spatialite();
    }
    execute("PRAGMA foreign_keys = ON");
    // Opening reads nothing; this reads the header, and tells a file that is no database at once.
    integer("PRAGMA schema_version");
}

Connection::~Connection() {
    m_statements.clear();
}

void Connection::load_spatialite() {
    std::scoped_lock const lock{spatialite_mutex()};
    m_spatialite_cache.reset(spatialite().alloc_connection());
    if (!m_spatialite_cache) {
        fail<DatabaseError>("{}: SpatiaLite could not be started: too many connections at once", m_name);
    }
    spatialite().init(m_database.get(), m_spatialite_cache.get(), 0);
    // What GEOS says of a geometry is asked for where it matters; it must not appear on standard error.
    spatialite().set_silent_mode(m_spatialite_cache.get());
}

void Connection::execute(std::string_view script) {
    std::string const text{script};
    int const status = sqlite3_exec(m_database.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) {
        raise(*this, status, script);
    }
}

Statement Connection::prepare(std::string_view sql) {
    return {*this, sql};
}

Statement& Connection::cached(std::string_view sql) {
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        found = m_statements.emplace(std::string{sql}, prepare(sql)).first;
    }
    found->second.reset();
    return found->second;
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    if (!statement.step()) {
        fail<DatabaseError>("{}: no answer to: {}", m_name, sql);
    }
    return statement.integer(0);
}

std::string Connection::text(std::string_view sql) {
    Statement statement = prepare(sql);
    if (!statement.step()) {
        fail<DatabaseError>("{}: no answer to: {}", m_name, sql);
    }
    return std::string{statement.text(0)};
}

bool Connection::has_table(std::string_view name) {
    Statement statement = prepare("SELECT 1 FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')");
    return statement.bind(name).step();
}

std::int64_t Connection::last_insert_id() const noexcept {
    return sqlite3_last_insert_rowid(m_database.get());
}

std::int64_t Connection::changes() const noexcept {
    return sqlite3_changes64(m_database.get());
}

bool Connection::in_transaction() const noexcept {
    return sqlite3_get_autocommit(m_database.get()) == 0;
}

ConstraintPause::ConstraintPause(Connection& connection) : m_connection{connection} {
    // Inside a transaction SQLite passes over this without a word.
    assert(!connection.in_transaction());
    connection.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
}

ConstraintPause::~ConstraintPause() {
    assert(!m_connection.in_transaction());
    sqlite3_exec(m_connection.handle(), "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF",
                 nullptr, nullptr, nullptr);
}

std::string quoted_name(std::string_view identifier) {
    std::string text{'"'};
    for (char const c : identifier) {
        text += c;
        if (c == '"') {
            text += '"';
        }
    }
    text += '"';
    return text;
}

} // namespace kharita::sqlite
