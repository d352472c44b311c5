#include "extract/json_fields.hpp"

#include <algorithm>

#include "extract/json_writer.hpp"

namespace kharita::extract {

namespace {

template <typename T>
T typed(JsonElement value, std::string_view key, std::string_view expected) {
    T result{};
    if (value.get(result) != simdjson::SUCCESS) {
        fail<InputError>("\"{}\" is {}; expected {}", key, kind_of(value), expected);
    }
    return result;
}

/// A text as databases and other programs take it: a zero byte would end it there.
std::string_view without_zero(std::string_view text, std::string_view key) {
    if (text.find('\0') != std::string_view::npos) {
        fail<InputError>(R"("{}" holds a zero byte (U+0000); expected text)", key);
    }
    return text;
}

bool is_absent(std::optional<JsonElement> const& value) {
    return !value || value->is_null();
}

} // namespace

std::optional<JsonElement> JsonObject::find_anywhere(std::string_view key) {
    auto const start = m_next;
    for (auto at = start; at != m_end; ++at) {
        if (at.key_equals(key)) {
            return take(at);
        }
    }
    for (auto at = m_object.begin(); at != start; ++at) {
        if (at.key_equals(key)) {
            return take(at);
        }
    }
    return std::nullopt;
}

std::string_view kind_of(JsonElement value) noexcept {
    using simdjson::dom::element_type;
    switch (value.type()) {
    case element_type::ARRAY:
        return "an array";
    case element_type::OBJECT:
        return "an object";
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
        return "a number";
    case element_type::STRING:
        return "a string";
    case element_type::BOOL:
        return "true or false";
    case element_type::NULL_VALUE:
        return "null";
    }
    return "unknown";
}

std::optional<JsonElement> member(JsonObject& object, std::string_view key) {
    return object.find(key);
}

JsonElement required(JsonObject& object, std::string_view key) {
    auto const value = member(object, key);
    if (!value) {
        fail<InputError>("\"{}\" is missing", key);
    }
    return *value;
}

std::string_view required_text(JsonObject& object, std::string_view key) {
    return without_zero(typed<std::string_view>(required(object, key), key, "a string"), key);
}

std::string required_string(JsonObject& object, std::string_view key) {
    return std::string{required_text(object, key)};
}

std::int64_t required_integer(JsonObject& object, std::string_view key) {
    return typed<std::int64_t>(required(object, key), key, "a whole number");
}

int required_integer(JsonObject& object, std::string_view key, int low, int high) {
    std::int64_t const value = required_integer(object, key);
    if (value < low || value > high) {
        fail<InputError>("\"{}\" is {}; expected {} to {}", key, value, low, high);
    }
    return static_cast<int>(value);
}

double required_number(JsonObject& object, std::string_view key) {
    return typed<double>(required(object, key), key, "a number");
}

simdjson::dom::array required_array(JsonObject& object, std::string_view key) {
    return typed<simdjson::dom::array>(required(object, key), key, "an array");
}

std::string_view optional_text(JsonObject& object, std::string_view key) {
    auto const value = member(object, key);
    return is_absent(value) ? std::string_view{}
                            : without_zero(typed<std::string_view>(*value, key, "a string"), key);
}

std::string optional_string(JsonObject& object, std::string_view key) {
    return std::string{optional_text(object, key)};
}

std::optional<double> optional_number(JsonObject& object, std::string_view key) {
    auto const value = member(object, key);
    return is_absent(value) ? std::nullopt : std::optional{typed<double>(*value, key, "a number")};
}

std::optional<std::int64_t> optional_integer(JsonObject& object, std::string_view key) {
    auto const value = member(object, key);
    return is_absent(value) ? std::nullopt
                            : std::optional{typed<std::int64_t>(*value, key, "a whole number")};
}

std::optional<JsonObject> optional_object(JsonObject& object, std::string_view key) {
    auto const value = member(object, key);
    return is_absent(value)
               ? std::nullopt
               : std::optional{JsonObject{typed<simdjson::dom::object>(*value, key, "an object")}};
}

std::optional<Date> optional_date(JsonObject& object, std::string_view key) {
    std::string_view const text = optional_text(object, key);
    if (text.empty()) {
        return std::nullopt;
    }
    auto const date = parse_date(text);
    if (!date) {
        fail<InputError>(R"("{}" is "{}"; expected YYYY-MM-DD)", key, text);
    }
    return date;
}

JsonObject as_object(JsonElement value, std::string_view what) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        fail<InputError>("{} is {}; expected an object", what, kind_of(value));
    }
    return JsonObject{object};
}

std::vector<std::string> strings_of(simdjson::dom::array array, std::string_view key) {
    std::vector<std::string> all;
    read_strings(array, key, all);
    return all;
}

void read_strings(simdjson::dom::array array, std::string_view key, std::vector<std::string>& all) {
    all.resize(array.size());
    std::size_t next = 0;
    for (JsonElement const element : array) {
        std::string_view text;
        if (element.get(text) != simdjson::SUCCESS) {
            fail<InputError>("\"{}\" holds {}; expected strings", key, kind_of(element));
        }
        all[next++] = without_zero(text, key);
    }
}

std::string other_members(JsonObject const& object, std::span<std::string_view const> known) {
    JsonWriter json;
    bool any = false;
    json.begin_object();
    for (auto const [key, value] : object) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            json.key(key).raw(simdjson::minify(value));
            any = true;
        }
    }
    json.end_object();
    return any ? json.take() : std::string{};
}

} // namespace kharita::extract
