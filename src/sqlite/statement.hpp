#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace kharita::sqlite {

class Connection;

/// A column's or parameter's raw bytes.
using Blob = std::span<std::byte const>;

/// How SQLite keeps a value.
enum class ValueType { null, integer, real, text, blob };

/// A compiled statement: bind, step, read columns; reset() and use again. Must not outlive its Connection.
/// Parameters and columns are counted from 0.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql);

    /// Binds all parameters in order, copying texts and blobs. A parameter is an integer, a bool, a double, a
    /// text, a Blob, nullptr, or an optional of these (NULL when empty).
    template <typename... Values>
    Statement& bind(Values const&... values) {
        reset();
        put_all(Lifetime::copied, values...);
        return *this;
    }

    /// Binds all parameters in order without copying, runs to the end, and resets. For statements that answer
    /// no rows; temporaries may be given.
    template <typename... Values>
    void run(Values const&... values) {
        reset();
        put_all(Lifetime::call, values...);
        finish();
    }

    /// Binds the one parameter to an object that a virtual table of this program reads; it stays bound.
    /// `type` must live as long as the program.
    void bind_pointer(void* object, char const* type);

    /// Goes to the next row; false at the end, after which the statement is reset.
    bool step();
    void reset() noexcept;

    bool is_null(int column) const noexcept;
    std::int64_t integer(int column) const noexcept; ///< 0 for NULL
    double real(int column) const noexcept;          ///< 0 for NULL
    /// Empty for NULL. Valid until the next step() or reset().
    std::string_view text(int column) const noexcept;
    /// Empty for NULL. Valid until the next step() or reset().
    Blob blob(int column) const noexcept;
    std::optional<std::int64_t> integer_or_null(int column) const noexcept;
    std::optional<double> real_or_null(int column) const noexcept;
    /// Valid until the next step() or reset().
    std::optional<std::string_view> text_or_null(int column) const noexcept;
    int column_count() const noexcept;
    ValueType type(int column) const noexcept;
    /// What the column is called. Valid while the statement lives.
    std::string_view column_name(int column) const noexcept;

private:
    enum class Lifetime { copied, call };
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    template <typename... Values>
    void put_all([[maybe_unused]] Lifetime lifetime, Values const&... values) {
        [[maybe_unused]] int index = 0; // NOLINT(misc-const-correctness): counts where there are values
        (put(index++, values, lifetime), ...);
    }
    template <std::integral Integer>
    void put(int index, Integer value, Lifetime /*lifetime*/) {
        put_integer(index, static_cast<std::int64_t>(value));
    }
    void put(int index, double value, Lifetime lifetime);
    void put(int index, std::nullptr_t value, Lifetime lifetime);
    void put(int index, std::string_view value, Lifetime lifetime);
    void put(int index, std::string const& value, Lifetime lifetime) {
        put(index, std::string_view{value}, lifetime);
    }
    void put(int index, char const* value, Lifetime lifetime) {
        put(index, std::string_view{value}, lifetime);
    }
    void put(int index, Blob value, Lifetime lifetime);
    // Not a template: inlined into long argument lists, g++ 12 takes empty optionals for uninitialised ones.
    void put(int index, std::optional<std::int64_t> const& value, Lifetime lifetime);
    void put(int index, std::optional<double> const& value, Lifetime lifetime);
    void put(int index, std::optional<std::string> const& value, Lifetime lifetime);
    void put(int index, std::optional<std::string_view> const& value, Lifetime lifetime);
    void put(int index, std::optional<Blob> const& value, Lifetime lifetime);
    void put_integer(int index, std::int64_t value);
    void check(int status) const;
    void finish();

    Connection* m_connection;
    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
};

} // namespace kharita::sqlite
