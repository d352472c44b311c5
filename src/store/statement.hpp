#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "model/geometry.hpp"
#include "postgis/statement.hpp"
#include "sqlite/statement.hpp"

namespace kharita::store {

/// A geometry as one kind of database holds it, made by Database::shape(); binds as a parameter.
class Shape {
public:
    enum class Form { spatialite, ewkb };

    /// NULL.
    explicit Shape(Form form) : m_form{form} {}
    Shape(Form form, std::string bytes) : m_form{form}, m_bytes{std::move(bytes)} {}

    std::optional<sqlite::Blob> blob() const noexcept {
        return m_bytes ? std::optional<sqlite::Blob>{std::as_bytes(std::span{*m_bytes})} : std::nullopt;
    }
    std::optional<std::string> const& text() const noexcept { return m_bytes; }
    Form form() const noexcept { return m_form; }

private:
    Form m_form;
    std::optional<std::string> m_bytes;
};

/// A statement of either kind of database: bind, step, read columns; reset() and use again. Must not outlive
/// its Database. Parameters (? or ?1, ?2 …) and columns are counted from 0. Parameters are what
/// sqlite::Statement takes but for blobs, and Shapes. Values read are valid until the next step() or reset().
class Statement {
public:
    explicit Statement(sqlite::Statement statement) : m_statement{std::move(statement)} {}
    explicit Statement(postgis::Statement statement) : m_statement{std::move(statement)} {}

    template <typename... Values>
    Statement& bind(Values const&... values) {
        if (auto* const file = in_file()) {
            file->bind(for_file(values)...);
        } else {
            on_server().bind(for_server(values)...);
        }
        return *this;
    }
    template <typename... Values>
    void run(Values const&... values) {
        if (auto* const file = in_file()) {
            file->run(for_file(values)...);
        } else {
            on_server().run(for_server(values)...);
        }
    }

    /// Goes to the next row; false at the end, after which the statement is reset.
    bool step() { return in_file() != nullptr ? in_file()->step() : on_server().step(); }
    void reset() noexcept {
        if (auto* const file = in_file()) {
            file->reset();
        } else {
            on_server().reset();
        }
    }

    bool is_null(int column) const noexcept {
        return in_file() != nullptr ? in_file()->is_null(column) : on_server().is_null(column);
    }
    std::int64_t integer(int column) const noexcept { ///< 0 for NULL; 1 for true
        return in_file() != nullptr ? in_file()->integer(column) : on_server().integer(column);
    }
    double real(int column) const noexcept { ///< 0 for NULL
        return in_file() != nullptr ? in_file()->real(column) : on_server().real(column);
    }
    std::string_view text(int column) const noexcept { ///< empty for NULL
        return in_file() != nullptr ? in_file()->text(column) : on_server().text(column);
    }
    std::optional<std::int64_t> integer_or_null(int column) const noexcept {
        return in_file() != nullptr ? in_file()->integer_or_null(column)
                                    : on_server().integer_or_null(column);
    }
    std::optional<double> real_or_null(int column) const noexcept {
        return in_file() != nullptr ? in_file()->real_or_null(column) : on_server().real_or_null(column);
    }
    std::optional<std::string_view> text_or_null(int column) const noexcept {
        return in_file() != nullptr ? in_file()->text_or_null(column) : on_server().text_or_null(column);
    }
    /// Empty for NULL. Throws GeometryError for what is none.
    std::optional<Geometry> geometry(int column) const;
    /// The position of a point; empty for NULL and other geometries.
    std::optional<LonLat> point(int column) const;

    sqlite::ValueType type(int column) const noexcept;
    /// On a server, known after the first step().
    int column_count() const noexcept {
        return in_file() != nullptr ? in_file()->column_count() : on_server().column_count();
    }
    std::string_view column_name(int column) const noexcept {
        return in_file() != nullptr ? in_file()->column_name(column) : on_server().column_name(column);
    }

private:
    sqlite::Statement* in_file() noexcept { return std::get_if<sqlite::Statement>(&m_statement); }
    sqlite::Statement const* in_file() const noexcept { return std::get_if<sqlite::Statement>(&m_statement); }
    postgis::Statement& on_server() noexcept { return *std::get_if<postgis::Statement>(&m_statement); }
    postgis::Statement const& on_server() const noexcept {
        return *std::get_if<postgis::Statement>(&m_statement);
    }

    template <typename Value>
    static Value const& for_file(Value const& value) noexcept {
        return value;
    }
    static std::optional<sqlite::Blob> for_file(Shape const& shape) noexcept { return shape.blob(); }
    template <typename Value>
    static Value const& for_server(Value const& value) noexcept {
        return value;
    }
    static std::optional<std::string> const& for_server(Shape const& shape) noexcept { return shape.text(); }

    std::variant<sqlite::Statement, postgis::Statement> m_statement;
};

} // namespace kharita::store
