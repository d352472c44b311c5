#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kharita::extract {

/// Writes JSON into a string, compact, keys in the order they are given. Text must be valid UTF-8.
class JsonWriter {
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& string(std::string_view value);
    /// The string, or null when it is empty.
    JsonWriter& string_or_null(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    /// Rounded to 1e-7 and written in the fewest digits.
    JsonWriter& real(double value);
    JsonWriter& null();
    /// JSON written elsewhere, as it is.
    JsonWriter& raw(std::string_view json);

    std::string take() { return std::move(m_out); }

private:
    void separate();

    std::string m_out;
    bool m_first = true;
    bool m_after_key = false;
};

} // namespace kharita::extract
