#include "extract/json_writer.hpp"

#include "geo/geojson.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace kharita::extract {

void JsonWriter::separate() {
    if (m_after_key) {
        m_after_key = false;
    } else if (!m_first) {
        m_out += ',';
    }
    m_first = false;
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    m_out += '{';
    m_first = true;
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    m_out += '}';
    m_first = false;
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    separate();
    m_out += '[';
    m_first = true;
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    m_out += ']';
    m_first = false;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    string(name);
    m_out += ':';
    m_after_key = true;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
    separate();
    geo::append_json_string(m_out, value);
    return *this;
}

JsonWriter& JsonWriter::string_or_null(std::string_view value) {
    return value.empty() ? null() : string(value);
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
    separate();
    fmt::format_to(std::back_inserter(m_out), "{}", value);
    return *this;
}

JsonWriter& JsonWriter::real(double value) {
    if (!std::isfinite(value)) {
        return null(); // JSON has no other word for it
    }
    separate();
    double const rounded = std::round(value * 1e7) / 1e7;
    fmt::format_to(std::back_inserter(m_out), "{}", rounded == 0 ? 0.0 : rounded); // no "-0"
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    m_out += "null";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    m_out += json;
    return *this;
}

} // namespace kharita::extract
