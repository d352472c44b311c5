#include "extract/html_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "text/utf8.hpp"

namespace kharita::extract {

namespace {

using namespace std::string_view_literals;

// Elements whose content no reader sees as part of the report.
constexpr std::array hidden{"script"sv, "style"sv,    "noscript"sv, "template"sv, "svg"sv,
                            "nav"sv,    "footer"sv,   "aside"sv,    "form"sv,     "iframe"sv,
                            "button"sv, "textarea"sv, "select"sv,   "head"sv,     "figure"sv};
constexpr std::array blocks{"p"sv,  "div"sv, "br"sv,         "li"sv,      "ul"sv,      "ol"sv,   "h1"sv,
                            "h2"sv, "h3"sv,  "h4"sv,         "h5"sv,      "h6"sv,      "tr"sv,   "table"sv,
                            "hr"sv, "dd"sv,  "blockquote"sv, "section"sv, "article"sv, "main"sv, "header"sv};

// Elements whose content is characters up to the end tag, whatever it looks like, and hidden ones that may
// stand in one another. Source: HTML Standard, 13.1.2 "Elements".
constexpr std::array raw{"script"sv, "style"sv, "textarea"sv, "title"sv, "iframe"sv};
constexpr std::array nesting{"template"sv, "svg"sv,    "nav"sv,     "footer"sv,
                             "aside"sv,    "figure"sv, "article"sv, "main"sv};

struct NamedCharacter {
    std::string_view name;
    std::string_view utf8;
};
constexpr std::array<NamedCharacter, 20> named{
    {{"amp", "&"},    {"lt", "<"},    {"gt", ">"},    {"quot", "\""},     {"apos", "'"},
     {"nbsp", " "},   {"laquo", "«"}, {"raquo", "»"}, {"ndash", "–"},     {"mdash", "—"},
     {"lsquo", "‘"},  {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"},     {"hellip", "…"},
     {"middot", "·"}, {"bull", "•"},  {"copy", "©"},  {"zwnj", "\u200C"}, {"rlm", "\u200F"}}};

template <std::size_t Size>
bool is_one_of(std::array<std::string_view, Size> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

/// Appends what "&…;" at the start of `rest` stands for, and returns its length; 0 when it is no reference.
std::size_t append_reference(std::string& out, std::string_view rest) {
    std::size_t const end = rest.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 2) {
        return 0;
    }
    std::string_view name = rest.substr(1, end - 1);
    if (name[0] != '#') {
        auto const found =
            std::find_if(named.begin(), named.end(), [&](auto each) { return each.name == name; });
        if (found == named.end()) {
            return 0;
        }
        out += found->utf8;
        return end + 1;
    }
    name.remove_prefix(1);
    int base = 10;
    if (!name.empty() && (name[0] == 'x' || name[0] == 'X')) {
        name.remove_prefix(1);
        base = 16;
    }
    std::uint32_t point = 0;
    auto const [last, error] = std::from_chars(name.data(), name.data() + name.size(), point, base);
    if (error != std::errc{} || last != name.data() + name.size()) {
        return 0;
    }
    bool const is_character = point != 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    text::append_utf8(is_character ? char32_t{point} : U'\uFFFD', out);
    return end + 1;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_of_name(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

struct Tag {
    std::string name; ///< empty of comments and declarations
    bool closing = false;
    std::size_t begin = 0;
    std::size_t end = 0; ///< first byte after it
};

/// The tag at `at` ('<'); nothing where the sign is only a sign.
std::optional<Tag> tag_at(std::string_view html, std::size_t at) {
    std::size_t i = at + 1;
    Tag tag;
    tag.begin = at;
    if (i < html.size() && html[i] == '/') {
        tag.closing = true;
        ++i;
    }
    if (i >= html.size() || (!is_letter(html[i]) && html[i] != '!' && html[i] != '?')) {
        return std::nullopt;
    }
    if (html.substr(i).starts_with("!--")) {
        std::size_t const close = html.find("-->", i);
        tag.end = close == std::string_view::npos ? html.size() : close + 3;
        return tag;
    }
    std::size_t const name = i;
    while (i < html.size() && is_of_name(html[i])) {
        ++i;
    }
    tag.name = lower(html.substr(name, i - name));
    char quote = 0;
    for (; i < html.size(); ++i) {
        if (quote != 0) {
            quote = html[i] == quote ? '\0' : quote;
        } else if (html[i] == '"' || html[i] == '\'') {
            quote = html[i];
        } else if (html[i] == '>') {
            break;
        }
    }
    tag.end = std::min(i + 1, html.size());
    return tag;
}

/// The first tag at or after `from`.
std::optional<Tag> next_tag(std::string_view html, std::size_t from) {
    for (std::size_t at = html.find('<', from); at != std::string_view::npos; at = html.find('<', at + 1)) {
        if (auto tag = tag_at(html, at)) {
            return tag;
        }
    }
    return std::nullopt;
}

/// Where the content of an element ends, and the element itself; the end of the page where it is not closed.
struct ElementEnd {
    std::size_t content = 0;
    std::size_t element = 0;
};

ElementEnd end_of_raw(std::string_view html, Tag const& open) {
    for (std::size_t at = html.find("</", open.end); at != std::string_view::npos;
         at = html.find("</", at + 2)) {
        // Compared before it is read as a tag, which might run on to the end of the page.
        std::string_view const rest = html.substr(at + 2);
        bool const same = lower(rest.substr(0, open.name.size())) == open.name;
        if (same && (rest.size() == open.name.size() || !is_of_name(rest[open.name.size()]))) {
            auto const tag = tag_at(html, at);
            return {at, tag ? tag->end : html.size()};
        }
    }
    return {html.size(), html.size()};
}

ElementEnd end_of_element(std::string_view html, Tag const& open) {
    if (is_one_of(raw, open.name)) {
        return end_of_raw(html, open);
    }
    if (open.name == "svg" && html.substr(0, open.end).ends_with("/>")) {
        return {open.end, open.end};
    }
    std::size_t depth = 1;
    for (auto tag = next_tag(html, open.end); tag;) {
        std::size_t next = tag->end;
        if (tag->name == open.name && tag->closing) {
            if (--depth == 0) {
                return {tag->begin, tag->end};
            }
        } else if (tag->name == open.name) {
            depth += is_one_of(nesting, open.name) ? 1U : 0U;
        } else if (!tag->closing && is_one_of(raw, tag->name)) {
            next = end_of_raw(html, *tag).element;
        }
        tag = next_tag(html, next);
    }
    return {html.size(), html.size()};
}

/// Collects text, joining white space and ending lines once.
class Lines {
public:
    void put(std::string_view text) {
        for (char const c : text) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                m_space = true;
                continue;
            }
            if (m_space && !m_out.empty() && m_out.back() != '\n') {
                m_out += ' ';
            }
            m_space = false;
            m_out += c;
        }
    }
    void end_line() {
        m_space = false;
        if (!m_out.empty() && m_out.back() != '\n') {
            m_out += '\n';
        }
    }
    std::string take() {
        while (!m_out.empty() && m_out.back() == '\n') {
            m_out.pop_back();
        }
        return std::move(m_out);
    }

private:
    std::string m_out;
    bool m_space = false;
};

std::string visible_text(std::string_view html) {
    Lines lines;
    std::size_t i = 0;
    while (i < html.size()) {
        if (html[i] == '<') {
            if (auto const tag = tag_at(html, i)) {
                bool const skip = !tag->closing && is_one_of(hidden, tag->name);
                i = skip ? end_of_element(html, *tag).element : tag->end;
                if (skip || is_one_of(blocks, tag->name)) {
                    lines.end_line();
                }
                continue;
            }
        }
        if (html[i] == '&') {
            std::string character;
            if (std::size_t const length = append_reference(character, html.substr(i))) {
                lines.put(character);
                i += length;
                continue;
            }
        }
        std::size_t const end = std::min(html.find_first_of("<&", i + 1), html.size());
        lines.put(html.substr(i, end - i));
        i = end;
    }
    return lines.take();
}

/// The content of the first element of that name that is no part of a comment or script; empty where there is
/// none.
std::string_view content_of(std::string_view html, std::string_view name) {
    for (auto tag = next_tag(html, 0); tag;) {
        if (!tag->closing && tag->name == name) {
            return html.substr(tag->end, end_of_element(html, *tag).content - tag->end);
        }
        bool const skip = !tag->closing && (is_one_of(raw, tag->name) || tag->name == "template");
        tag = next_tag(html, skip ? end_of_element(html, *tag).element : tag->end);
    }
    return {};
}

} // namespace

HtmlText text_of_html(std::string_view html) {
    HtmlText result;
    result.title = visible_text(content_of(html, "title"));
    std::replace(result.title.begin(), result.title.end(), '\n', ' ');
    for (std::string_view const part : {"article"sv, "main"sv, "body"sv}) {
        result.text = visible_text(content_of(html, part));
        if (!result.text.empty()) {
            return result;
        }
    }
    result.text = visible_text(html);
    return result;
}

} // namespace kharita::extract
