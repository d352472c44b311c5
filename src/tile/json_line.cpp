#include "tile/json_line.hpp"

#include <algorithm>
#include <charconv>

namespace kharita::tile {

namespace {

/// Walks over valid JSON without making values of it.
class Cursor {
public:
    explicit Cursor(std::string_view json) : m_json{json} { skip_space(); }

    std::size_t line() const noexcept {
        return 1 + static_cast<std::size_t>(
                       std::count(m_json.begin(), m_json.begin() + static_cast<std::ptrdiff_t>(m_at), '\n'));
    }

    /// From a value to its member or element of this name; false, and no move, where there is none.
    bool enter(std::string_view name) noexcept {
        std::size_t const start = m_at;
        if (peek() == '{' && enter_member(name)) {
            return true;
        }
        if (peek() == '[' && enter_element(name)) {
            return true;
        }
        m_at = start;
        return false;
    }

private:
    char peek() const noexcept { return m_at < m_json.size() ? m_json[m_at] : '\0'; }

    void skip_space() noexcept { m_at = std::min(m_json.find_first_not_of(" \t\r\n", m_at), m_json.size()); }

    void step() noexcept {
        m_at = std::min(m_at + 1, m_json.size());
        skip_space();
    }

    /// The text between quotation marks, escapes left as they are.
    std::string_view take_string() noexcept {
        std::size_t const start = m_at + 1;
        std::size_t end = start;
        while (end < m_json.size() && m_json[end] != '"') {
            end += m_json[end] == '\\' ? 2U : 1U;
        }
        end = std::min(end, m_json.size());
        m_at = end;
        step();
        return m_json.substr(start, end - start);
    }

    void skip_value() noexcept {
        int depth = 0;
        do {
            char const next = peek();
            if (next == '"') {
                take_string();
            } else if (next == '{' || next == '[') {
                ++depth;
                step();
            } else if (next == '}' || next == ']') {
                --depth;
                step();
            } else if (depth > 0 && (next == ',' || next == ':')) {
                step();
            } else {
                m_at = std::min(m_json.find_first_of(",:]} \t\r\n", m_at + 1), m_json.size());
                skip_space();
            }
        } while (depth > 0 && m_at < m_json.size());
    }

    bool enter_member(std::string_view name) noexcept {
        step();
        while (peek() == '"') {
            bool const found = take_string() == name;
            step(); // the colon
            if (found) {
                return true;
            }
            skip_value();
            if (peek() == ',') {
                step();
            }
        }
        return false;
    }

    bool enter_element(std::string_view name) noexcept {
        std::size_t index = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), index).ec != std::errc{}) {
            return false;
        }
        step();
        for (; index > 0 && peek() != ']' && m_at < m_json.size(); --index) {
            skip_value();
            if (peek() == ',') {
                step();
            }
        }
        return peek() != ']' && m_at < m_json.size();
    }

    std::string_view m_json;
    std::size_t m_at = 0;
};

} // namespace

std::size_t line_of(std::string_view json, std::string_view pointer) noexcept {
    Cursor cursor{json};
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        std::size_t const end = std::min(pointer.find('/'), pointer.size());
        if (!cursor.enter(pointer.substr(0, end))) {
            break;
        }
        pointer.remove_prefix(end);
    }
    return cursor.line();
}

} // namespace kharita::tile
