#include "geo/feature_collection.hpp"

#include <algorithm>

namespace kharita::geo {

namespace {

bool is_space(char byte) noexcept {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// Longer texts are no names that matter.
constexpr std::size_t longest_token = 32;

} // namespace

void CollectionSplitter::add(std::string_view text) {
    while (!text.empty() && !m_broken) {
        switch (m_where) {
        case Where::head:
            text.remove_prefix(read_head(text));
            break;
        case Where::between:
            text.remove_prefix(read_between(text));
            break;
        case Where::feature:
            text.remove_prefix(read_feature(text));
            break;
        case Where::tail:
            m_rest += text;
            return;
        }
    }
}

/// Whether a byte belongs to a text, whose quotation marks do not.
bool CollectionSplitter::read_string(char next) noexcept {
    if (!m_in_string) {
        m_in_string = next == '"';
        return false;
    }
    if (m_is_escaped) {
        m_is_escaped = false;
    } else if (next == '\\') {
        m_is_escaped = true;
    } else if (next == '"') {
        m_in_string = false;
        return false;
    }
    return true;
}

/// A text of the document itself ends.
void CollectionSplitter::end_token() {
    if (m_is_value && m_key == "type" && !m_has_type) {
        m_has_type = true;
        m_is_collection = m_token == "FeatureCollection";
    }
}

/// Up to the list of features.
std::size_t CollectionSplitter::read_head(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const next = text[i];
        bool const was_in_string = m_in_string;
        if (read_string(next)) {
            if (m_depth == 1 && m_token.size() < longest_token) {
                m_token += next;
            }
        } else if (next == '"' && m_depth == 1) {
            if (was_in_string) {
                end_token();
            } else {
                m_token.clear();
            }
        } else if (next == '[' && m_depth == 1 && m_is_value && m_is_collection && m_key == "features") {
            m_rest += text.substr(0, i + 1);
            m_where = Where::between;
            return i + 1;
        } else if (next == '{' || next == '[') {
            ++m_depth;
        } else if (next == '}' || next == ']') {
            m_depth -= m_depth > 0 ? 1 : 0;
        } else if (next == ':' && m_depth == 1) {
            m_key = m_token;
            m_is_value = true;
        } else if (next == ',' && m_depth == 1) {
            m_is_value = false;
        }
    }
    m_rest += text;
    return text.size();
}

/// Before a feature, or behind the last.
std::size_t CollectionSplitter::read_between(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const next = text[i];
        if (is_space(next)) {
            continue;
        }
        if (next == ',') {
            m_broken = !m_wants_comma || m_has_comma;
            m_has_comma = true;
        } else if (next == ']') {
            m_broken = m_has_comma;
            m_rest += next;
            m_where = Where::tail;
        } else {
            m_broken = m_wants_comma && !m_has_comma;
            m_depth = 0;
            m_where = Where::feature;
            return i;
        }
        if (m_broken || m_where == Where::tail) {
            return i + 1;
        }
    }
    return text.size();
}

void CollectionSplitter::end_feature() {
    m_where = Where::between;
    m_wants_comma = true;
    m_has_comma = false;
    m_use(m_feature);
    m_feature.clear();
}

/// One element of the list; what is no object or list ends where it is followed by something else.
std::size_t CollectionSplitter::read_feature(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const next = text[i];
        if (read_string(next) || next == '"') {
            continue;
        }
        bool const opens = next == '{' || next == '[';
        bool const closes = next == '}' || next == ']';
        if (m_depth == 0 && (closes || next == ',' || is_space(next))) {
            m_feature += text.substr(0, i);
            end_feature();
            return i;
        }
        m_depth += opens ? 1 : 0;
        m_depth -= closes ? 1 : 0;
        if (closes && m_depth == 0) {
            m_feature += text.substr(0, i + 1);
            end_feature();
            return i + 1;
        }
    }
    m_feature += text;
    return text.size();
}

bool begins_collection(std::string_view text) {
    // Which it does in its first bytes, or it is read as a whole; and the features need not be looked at.
    constexpr std::size_t enough = std::size_t{1} << 16U;
    constexpr std::size_t step = 256; // a line of a sequence says what it is in its first
    text = text.substr(0, enough);
    CollectionSplitter splitter{[](std::string_view) {}};
    while (!text.empty() && !splitter.is_collection() && !splitter.is_other()) {
        splitter.add(text.substr(0, step));
        text.remove_prefix(std::min(step, text.size()));
    }
    return splitter.is_collection();
}

bool is_closed(std::string_view text) noexcept {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const next = text[i];
        if (next == '"') {
            in_string = !in_string;
        } else if (in_string) {
            i += next == '\\' ? 1 : 0;
        } else if (next == '{' || next == '[') {
            ++depth;
        } else if ((next == '}' || next == ']') && depth > 0) {
            --depth;
        }
    }
    return depth == 0 && !in_string;
}

} // namespace kharita::geo
