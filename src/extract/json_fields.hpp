#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "base/error.hpp"
#include "model/date.hpp"

// Included by the .cpp files of this folder that read JSON, and by no header.

namespace kharita::extract {

using JsonElement = simdjson::dom::element;

/// An object of a parsed document, valid as long as that is. A member is looked for from where the last one
/// was found, so that reading members in the order in which they were written passes over the object once.
class JsonObject {
public:
    explicit JsonObject(simdjson::dom::object object)
        : m_object{object},
          m_next{object.begin()},
          m_end{object.end()} {}

    /// The member, or nothing where the object has none of that name.
    std::optional<JsonElement> find(std::string_view key) {
        // Where members come in the order in which they are asked for, each is the next.
        return m_next != m_end && m_next.key_equals(key) ? take(m_next) : find_anywhere(key);
    }

    auto begin() const { return m_object.begin(); }
    auto end() const { return m_object.end(); }
    simdjson::dom::object raw() const { return m_object; }

private:
    std::optional<JsonElement> find_anywhere(std::string_view key);
    JsonElement take(simdjson::dom::object::iterator at) {
        m_next = at;
        ++m_next;
        return at.value();
    }

    simdjson::dom::object m_object;
    simdjson::dom::object::iterator m_next;
    simdjson::dom::object::iterator m_end;
};

/// What a JSON value is, in the words of messages: "a string", "null".
std::string_view kind_of(JsonElement value) noexcept;

/// The member, or nothing when the object has none of that name.
std::optional<JsonElement> member(JsonObject& object, std::string_view key);
/// The member. Throws InputError `"key" is missing`.
JsonElement required(JsonObject& object, std::string_view key);

// The member as a value of that type. Throw InputError `"key" is null; expected a string`, and for a text
// with a zero byte.
/// Valid as long as the parsed document is.
std::string_view required_text(JsonObject& object, std::string_view key);
std::string required_string(JsonObject& object, std::string_view key);
std::int64_t required_integer(JsonObject& object, std::string_view key);
/// Throws InputError `"key" is 7; expected 0 to 3` where it is not in that range.
int required_integer(JsonObject& object, std::string_view key, int low, int high);
double required_number(JsonObject& object, std::string_view key);
simdjson::dom::array required_array(JsonObject& object, std::string_view key);

// The same, with a missing or null member as nothing (of a string: empty).
std::string_view optional_text(JsonObject& object, std::string_view key);
std::string optional_string(JsonObject& object, std::string_view key);
std::optional<std::int64_t> optional_integer(JsonObject& object, std::string_view key);
std::optional<double> optional_number(JsonObject& object, std::string_view key);
std::optional<JsonObject> optional_object(JsonObject& object, std::string_view key);
/// Throws InputError `"key" is "31/02/2014"; expected YYYY-MM-DD`.
std::optional<Date> optional_date(JsonObject& object, std::string_view key);

/// The value as an object. Throws InputError naming `what`.
JsonObject as_object(JsonElement value, std::string_view what);

/// The strings of an array. Throws InputError naming `key`.
std::vector<std::string> strings_of(simdjson::dom::array array, std::string_view key);
/// The same into `all`, whose memory is used again.
void read_strings(simdjson::dom::array array, std::string_view key, std::vector<std::string>& all);

/// Calls `read(object)` for each object of an array, naming the element in what it throws.
template <typename Read>
void each_object(JsonObject& owner, std::string_view key, Read const& read) {
    std::size_t index = 0;
    for (JsonElement const element : required_array(owner, key)) {
        try {
            JsonObject object = as_object(element, "it");
            read(object);
        } catch (InputError const& error) {
            fail<InputError>("{}[{}]: {}", key, index, error.what());
        }
        ++index;
    }
}

/// Reads the objects of an array into `all`, whose things, and their memory, are used again: `read(object,
/// thing)` must set all of a thing.
template <typename Thing, typename Read>
void read_objects(JsonObject& owner, std::string_view key, std::vector<Thing>& all, Read const& read) {
    std::size_t count = 0;
    each_object(owner, key, [&](JsonObject& object) {
        if (count == all.size()) {
            all.emplace_back();
        }
        read(object, all[count]);
        ++count;
    });
    all.resize(count);
}

/// The members whose keys are not in `known`, as one JSON object; empty where there are none.
std::string other_members(JsonObject const& object, std::span<std::string_view const> known);

} // namespace kharita::extract
