#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "postgis/error.hpp"
#include "postgis/module.hpp"

namespace kharita::postgis {

namespace {

struct Clear {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
struct Finish {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;
using ConnectionPtr = std::unique_ptr<PGconn, Finish>;

/// libpq's messages are of several lines, indented, with a line break at their end.
std::string tidied(std::string_view message) {
    std::string out;
    for (char const c : message) {
        bool const is_blank = c == '\n' || c == '\t' || c == ' ';
        if (!is_blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

// Of the server's catalogue of types (pg_type.dat).
constexpr Oid oid_bool = 16;
constexpr Oid oid_int8 = 20;
constexpr Oid oid_int2 = 21;
constexpr Oid oid_int4 = 23;
constexpr Oid oid_float4 = 700;
constexpr Oid oid_float8 = 701;
constexpr Oid oid_numeric = 1700;

class LibpqResult final : public Result {
public:
    explicit LibpqResult(ResultPtr result) : m_result{std::move(result)} {}

    std::size_t row_count() const noexcept override {
        return static_cast<std::size_t>(PQntuples(m_result.get()));
    }
    int column_count() const noexcept override { return PQnfields(m_result.get()); }
    std::string_view column_name(int column) const noexcept override {
        return PQfname(m_result.get(), column);
    }
    ValueType column_type(int column) const noexcept override {
        switch (PQftype(m_result.get(), column)) {
        case oid_bool:
        case oid_int8:
        case oid_int2:
        case oid_int4:
            return ValueType::integer;
        case oid_float4:
        case oid_float8:
        case oid_numeric:
            return ValueType::real;
        default:
            return ValueType::text;
        }
    }
    std::optional<std::string_view> value(std::size_t row, int column) const noexcept override {
        int const at = static_cast<int>(row);
        if (PQgetisnull(m_result.get(), at, column) != 0) {
            return std::nullopt;
        }
        return std::string_view{PQgetvalue(m_result.get(), at, column),
                                static_cast<std::size_t>(PQgetlength(m_result.get(), at, column))};
    }
    std::int64_t changes() const noexcept override {
        std::int64_t count = 0;
        for (char const digit : std::string_view{PQcmdTuples(m_result.get())}) {
            count = count * 10 + (digit - '0');
        }
        return count;
    }

private:
    ResultPtr m_result;
};

/// "postgresql://localhost:5432/events": where it is, and neither who asks nor the password.
std::string name_of(PGconn const* connection) {
    auto const text = [](char const* value) { return std::string_view{value == nullptr ? "" : value}; };
    std::string_view const host = text(PQhost(connection));
    if (host.starts_with('/')) {
        return fmt::format("postgresql:///{}?host={}&port={}", text(PQdb(connection)), host,
                           text(PQport(connection)));
    }
    return fmt::format("postgresql://{}:{}/{}", host, text(PQport(connection)), text(PQdb(connection)));
}

ConnectionPtr open_connection(std::string const& url) {
    char* problem = nullptr;
    std::unique_ptr<PQconninfoOption, FreeOptions> const options{PQconninfoParse(url.c_str(), &problem)};
    if (problem != nullptr) { // it repeats the address, with the password
        PQfreemem(problem);
    }
    if (!options) {
        throw ServerError{"the server's address is not understood; expected "
                          "postgresql://USER@HOST:PORT/DATABASE",
                          ""};
    }
    // What stands before the address is overruled by it.
    constexpr std::array<char const*, 5> keys{"connect_timeout", "fallback_application_name", "dbname",
                                              "client_encoding", nullptr};
    std::array<char const*, 5> const values{"30", "kharita", url.c_str(), "UTF8", nullptr};
    ConnectionPtr connection{PQconnectdbParams(keys.data(), values.data(), 1)};
    if (!connection) {
        throw std::bad_alloc{};
    }
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        bool const needs_password = PQconnectionNeedsPassword(connection.get()) != 0;
        throw ServerError{tidied(PQerrorMessage(connection.get())) +
                              (needs_password ? "; a password belongs into ~/.pgpass" : ""),
                          ""};
    }
    return connection;
}

// Called from C.
void ignore_notice(void* /*unused*/, PGresult const* /*notice*/) noexcept {}

class LibpqSession final : public Session {
public:
    explicit LibpqSession(std::string const& url)
        : m_connection{open_connection(url)},
          m_name{name_of(m_connection.get())} {
        PQsetNoticeReceiver(m_connection.get(), ignore_notice, nullptr);
    }

    std::unique_ptr<Result> ask(std::string const& sql, Parameters parameters, Plan plan) override {
        std::vector<char const*> values;
        values.reserve(parameters.size());
        for (auto const& parameter : parameters) {
            values.push_back(parameter ? parameter->c_str() : nullptr);
        }
        int const count = static_cast<int>(values.size());
        ResultPtr result;
        if (plan == Plan::once) {
            result.reset(PQexecParams(m_connection.get(), sql.c_str(), count, nullptr, values.data(), nullptr,
                                      nullptr, 0));
        } else {
            result.reset(PQexecPrepared(m_connection.get(), prepared(sql).c_str(), count, values.data(),
                                        nullptr, nullptr, 0));
        }
        check(result, sql);
        return std::make_unique<LibpqResult>(std::move(result));
    }

    void execute(std::string const& script) override {
        check(ResultPtr{PQexec(m_connection.get(), script.c_str())}, script);
    }

    void copy(std::string const& sql, std::string_view bytes) override {
        ResultPtr const begun{PQexec(m_connection.get(), sql.c_str())};
        if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
            check(begun, sql);
        }
        constexpr std::size_t piece = std::size_t{1} << 20U;
        bool is_sent = true;
        for (std::size_t at = 0; at < bytes.size() && is_sent; at += piece) {
            std::string_view const part = bytes.substr(at, piece);
            is_sent = PQputCopyData(m_connection.get(), part.data(), static_cast<int>(part.size())) == 1;
        }
        if (!is_sent || PQputCopyEnd(m_connection.get(), nullptr) != 1) {
            throw ServerError{failure_of(nullptr), ""};
        }
        // The end has a result of its own; then comes a null pointer.
        ResultPtr const done{PQgetResult(m_connection.get())};
        while (ResultPtr{PQgetResult(m_connection.get())}) {
        }
        check(done, sql);
    }

    std::string const& name() const noexcept override { return m_name; }

    Address address() const override {
        Address where{.host = PQhost(m_connection.get()),
                      .port = PQport(m_connection.get()),
                      .database = PQdb(m_connection.get()),
                      .sslmode = {}};
        std::unique_ptr<PQconninfoOption, FreeOptions> const options{PQconninfo(m_connection.get())};
        for (PQconninfoOption const* option = options.get(); option != nullptr && option->keyword != nullptr;
             ++option) {
            if (std::string_view{option->keyword} == "sslmode" && option->val != nullptr) {
                where.sslmode = option->val;
            }
        }
        return where;
    }

private:
    std::string const& prepared(std::string const& sql) {
        auto const found = m_prepared.find(sql);
        if (found != m_prepared.end()) {
            return found->second;
        }
        std::string const name = fmt::format("kharita_{}", m_prepared.size() + 1);
        check(ResultPtr{PQprepare(m_connection.get(), name.c_str(), sql.c_str(), 0, nullptr)}, sql);
        return m_prepared.emplace(sql, name).first->second;
    }

    std::string failure_of(PGresult const* result) const {
        char const* const text =
            result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        std::string message = fmt::format(
            "{}: {}", m_name, text == nullptr ? tidied(PQerrorMessage(m_connection.get())) : text);
        if (char const* const detail =
                result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL)) {
            message += fmt::format(" ({})", detail);
        }
        if (PQstatus(m_connection.get()) == CONNECTION_BAD) {
            message +=
                "; the connection is lost, what was committed is kept: run it again when the server answers";
        }
        return message;
    }

    void check(ResultPtr const& result, std::string_view sql) const {
        switch (PQresultStatus(result.get())) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            return;
        default:
            break;
        }
        char const* const code = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        std::string const state = code == nullptr ? "" : code;
        std::string message = failure_of(result.get());
        if (state == "42501") {
            message +=
                "; let the owner of the tables grant it (docs/database.md says what readers, analysts and "
                "loaders need)";
        } else if (state.starts_with(
                       "42")) { // syntax or a name: an error of ours, or a schema that was changed
            constexpr std::size_t enough = 200;
            message += fmt::format(", in: {}", sql.substr(0, enough));
        }
        throw ServerError{message, state};
    }

    ConnectionPtr m_connection;
    std::string m_name;
    std::map<std::string, std::string> m_prepared; ///< names by SQL
};

class LibpqModule final : public Module {
public:
    std::unique_ptr<Session> connect(std::string const& url) const override {
        return std::make_unique<LibpqSession>(url);
    }
};

} // namespace

} // namespace kharita::postgis

extern "C" kharita::postgis::Module const* kharita_postgresql_module(int version) noexcept {
    static kharita::postgis::LibpqModule const module;
    return version == kharita::postgis::module_version ? &module : nullptr;
}
