#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kharita::postgis {

// What the program and the module kharita_postgresql.so agree on; others use connection.hpp. The module is
// compiled with the same compiler and headers, holds libpq, and throws our errors.

/// Raised with every change of what follows.
inline constexpr int module_version = 2;

enum class ValueType : std::uint8_t { null, integer, real, text };

/// Rows that the server sent, all of them in memory, as text.
class Result {
public:
    Result() = default;
    Result(Result const&) = delete;
    Result& operator=(Result const&) = delete;
    Result(Result&&) = delete;
    Result& operator=(Result&&) = delete;
    virtual ~Result() = default;

    virtual std::size_t row_count() const noexcept = 0;
    virtual int column_count() const noexcept = 0;
    virtual std::string_view column_name(int column) const noexcept = 0;
    /// Of all values of a column that are not null.
    virtual ValueType column_type(int column) const noexcept = 0;
    /// Empty for null. Valid while the result lives.
    virtual std::optional<std::string_view> value(std::size_t row, int column) const noexcept = 0;
    /// Rows that an INSERT, UPDATE or DELETE touched.
    virtual std::int64_t changes() const noexcept = 0;
};

/// Whether a statement will be asked again.
enum class Plan { once, kept };

/// Parameters in order, as text; empty for null.
using Parameters = std::span<std::optional<std::string> const>;

/// Where a server is, as others can be told: without user and password.
struct Address {
    std::string host; ///< a name, or the folder of its socket
    std::string port;
    std::string database;
    std::string sslmode; ///< "prefer" where nobody said anything else
};

/// A connection, used by one thread. All failures are ServerError.
class Session {
public:
    Session() = default;
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;
    virtual ~Session() = default;

    /// One statement with parameters $1, $2 ….
    virtual std::unique_ptr<Result> ask(std::string const& sql, Parameters parameters, Plan plan) = 0;
    /// All statements of a script, which answer nothing.
    virtual void execute(std::string const& script) = 0;
    /// `COPY … FROM STDIN` with what it is to read.
    virtual void copy(std::string const& sql, std::string_view bytes) = 0;
    /// The server and database for messages, without user and password.
    virtual std::string const& name() const noexcept = 0;
    virtual Address address() const = 0;
};

class Module {
public:
    Module() = default;
    Module(Module const&) = delete;
    Module& operator=(Module const&) = delete;
    Module(Module&&) = delete;
    Module& operator=(Module&&) = delete;
    virtual ~Module() = default;

    virtual std::unique_ptr<Session> connect(std::string const& url) const = 0;
};

/// The function `kharita_postgresql_module` that the module exports: a value that lives as long as the
/// module, null where the version is another.
using ModuleEntry = Module const* (*)(int version) noexcept;

} // namespace kharita::postgis
