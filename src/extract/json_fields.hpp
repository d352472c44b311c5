#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "base/error.hpp"
#include "model/date.hpp"

// Included by the .cpp files of this folder that read JSON, and by no header.

namespace kharita::extract {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;

/// What a JSON value is, in the words of messages: "a string", "null".
std::string_view kind_of(JsonElement value) noexcept;

/// The member, or nothing when the object has none of that name.
std::optional<JsonElement> member(JsonObject object, std::string_view key);
/// The member. Throws InputError `"key" is missing`.
JsonElement required(JsonObject object, std::string_view key);

// The member as a value of that type. Throw InputError `"key" is null; expected a string`.
std::string required_string(JsonObject object, std::string_view key);
std::int64_t required_integer(JsonObject object, std::string_view key);
double required_number(JsonObject object, std::string_view key);
simdjson::dom::array required_array(JsonObject object, std::string_view key);

// The same, with a missing or null member as nothing (of a string: empty).
std::string optional_string(JsonObject object, std::string_view key);
std::optional<double> optional_number(JsonObject object, std::string_view key);
std::optional<JsonObject> optional_object(JsonObject object, std::string_view key);
/// Throws InputError `"key" is "31/02/2014"; expected YYYY-MM-DD`.
std::optional<Date> optional_date(JsonObject object, std::string_view key);

/// The value as an object. Throws InputError naming `what`.
JsonObject as_object(JsonElement value, std::string_view what);

/// The members whose keys are not in `known`, as one JSON object; empty where there are none.
std::string other_members(JsonObject object, std::span<std::string_view const> known);

} // namespace kharita::extract
