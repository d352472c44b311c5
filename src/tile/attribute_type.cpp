#include "tile/attribute_type.hpp"

#include <charconv>

#include <fmt/format.h>

#include "model/geometry.hpp"

namespace kharita::tile {

namespace {

using Type = AttributeConfig::Type;

/// The number that a text is from its first to its last character, or null.
Value parsed_number(std::string_view text) {
    char const* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (auto const [at, error] = std::from_chars(text.data(), end, whole);
        error == std::errc{} && at == end) {
        return whole;
    }
    double number = 0;
    if (auto const [at, error] = std::from_chars(text.data(), end, number);
        error == std::errc{} && at == end) {
        return number;
    }
    return {};
}

Value owned(ValueView const& value) {
    return std::visit(
        kharita::detail::Overloaded{[](std::string_view text) { return Value{std::string{text}}; },
                                    [](auto each) { return Value{each}; }},
        value);
}

} // namespace

std::string_view type_name(Type type) noexcept {
    switch (type) {
    case Type::number:
        return "Number";
    case Type::boolean:
        return "Boolean";
    case Type::text:
        break;
    }
    return "String";
}

std::optional<Type> type_of(ValueView const& value) noexcept {
    if (std::holds_alternative<std::string_view>(value)) {
        return Type::text;
    }
    if (std::holds_alternative<bool>(value)) {
        return Type::boolean;
    }
    if (std::holds_alternative<std::monostate>(value)) {
        return std::nullopt;
    }
    return Type::number;
}

std::string as_text(ValueView const& value) {
    if (auto const* text = std::get_if<std::string_view>(&value)) {
        return std::string{*text};
    }
    if (auto const* flag = std::get_if<bool>(&value)) {
        return *flag ? "true" : "false";
    }
    if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        return fmt::format("{}", *whole);
    }
    return fmt::format("{}", std::get<double>(value));
}

Value converted(ValueView const& value, Type type) {
    std::optional<Type> const found = type_of(value);
    if (!found || *found == type) {
        return owned(value);
    }
    if (type == Type::text) {
        return as_text(value);
    }
    if (auto const* text = std::get_if<std::string_view>(&value); text != nullptr && type == Type::number) {
        return parsed_number(*text);
    }
    return {};
}

} // namespace kharita::tile
