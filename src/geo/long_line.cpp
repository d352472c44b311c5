#include "geo/long_line.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace kharita::geo {

namespace {

constexpr std::string_view spaces = " \t\r\n";

/// The end of a number as JSON has it, or nothing where there is none.
char const* number_end(char const* at, char const* end) noexcept {
    auto const is_digit = [&] { return at != end && *at >= '0' && *at <= '9'; };
    auto const skip_digits = [&] {
        bool const any = is_digit();
        while (is_digit()) {
            ++at;
        }
        return any;
    };
    at += at != end && *at == '-' ? 1 : 0;
    bool const is_zero = at != end && *at == '0';
    if (is_zero ? (++at, is_digit()) : !skip_digits()) {
        return nullptr;
    }
    if (at != end && *at == '.' && (++at, !skip_digits())) {
        return nullptr;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        at += at != end && (*at == '+' || *at == '-') ? 1 : 0;
        if (!skip_digits()) {
            return nullptr;
        }
    }
    return at;
}

/// Walks over the text of one line. What it cannot do it answers by false.
class Walk {
public:
    explicit Walk(std::string_view line) : m_line{line} {}

    std::size_t place() const noexcept { return m_at; }

    char peek() noexcept {
        m_at = std::min(m_line.find_first_not_of(spaces, m_at), m_line.size());
        return m_at < m_line.size() ? m_line[m_at] : '\0';
    }

    bool take(char wanted) noexcept {
        bool const found = peek() == wanted;
        m_at += found ? 1 : 0;
        return found;
    }

    /// Goes to the value of a member of the object that begins here.
    bool enter(std::string_view name) noexcept {
        if (!take('{')) {
            return false;
        }
        do {
            std::string_view key;
            if (!take_string(key) || !take(':')) {
                return false;
            }
            if (key == name) {
                return true;
            }
            if (!skip_value()) {
                return false;
            }
        } while (take(','));
        return false;
    }

    /// The arrays of arrays that begin here, down to the positions.
    bool take_coordinates(Coordinates& to) {
        Walk ahead = *this;
        while (ahead.take('[')) {
            ++to.depth;
        }
        switch (to.depth) {
        case 2:
            return take_positions(to.lists.emplace_back().emplace_back());
        case 3:
            return take_lists(to.lists.emplace_back());
        case 4:
            return take_each([&] { return take_lists(to.lists.emplace_back()); });
        default:
            return false;
        }
    }

private:
    bool take_string(std::string_view& text) noexcept {
        if (!take('"')) {
            return false;
        }
        std::size_t const begin = m_at;
        while (m_at < m_line.size() && m_line[m_at] != '"') {
            m_at += m_line[m_at] == '\\' ? 2U : 1U;
        }
        if (m_at >= m_line.size()) {
            return false;
        }
        text = m_line.substr(begin, m_at++ - begin);
        return true;
    }

    /// Whether it is right is for the parser to say.
    bool skip_value() noexcept {
        int depth = 0;
        do {
            char const next = peek();
            if (next == '"') {
                std::string_view ignored;
                if (!take_string(ignored)) {
                    return false;
                }
                continue;
            }
            if (next == '\0' || ((next == ',' || next == '}' || next == ']') && depth == 0)) {
                return false; // no value
            }
            if (next == '{' || next == '[') {
                ++depth;
                ++m_at;
            } else if (next == '}' || next == ']') {
                --depth;
                ++m_at;
            } else if (next == ',' || next == ':') {
                ++m_at;
            } else { // a number, or a word
                m_at = std::min(m_line.find_first_of(",:{}[]\" \t\r\n", m_at), m_line.size());
            }
        } while (depth > 0);
        return true;
    }

    /// An array that is not empty.
    template <typename Take>
    bool take_each(Take const& take_one) {
        if (!take('[')) {
            return false;
        }
        do {
            if (!take_one()) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    bool take_lists(std::vector<std::vector<LonLat>>& to) {
        return take_each([&] { return take_positions(to.emplace_back()); });
    }

    bool take_positions(std::vector<LonLat>& to) {
        to.reserve(count_positions());
        return take_each([&] {
            LonLat at;
            std::size_t count = 0;
            bool const all = take_each([&] {
                double ignored = 0;
                ++count;
                return take_number(count == 1 ? at.lon : count == 2 ? at.lat : ignored);
            });
            to.push_back(at);
            return all && count >= 2;
        });
    }

    /// The arrays in the array that begins here.
    std::size_t count_positions() const noexcept {
        std::size_t count = 0;
        int depth = 0;
        for (std::size_t i = m_at; i < m_line.size(); ++i) {
            if (m_line[i] == '[') {
                count += depth++ == 1 ? 1U : 0U;
            } else if (m_line[i] == ']' && --depth <= 0) {
                break;
            }
        }
        return count;
    }

    bool take_number(double& to) noexcept {
        peek();
        char const* const begin = m_line.data() + m_at;
        char const* const end = number_end(begin, m_line.data() + m_line.size());
        if (end == nullptr) {
            return false;
        }
        m_at += static_cast<std::size_t>(end - begin);
        auto const [read_to, error] = std::from_chars(begin, end, to);
        return error == std::errc{} && read_to == end;
    }

    std::string_view m_line;
    std::size_t m_at = 0;
};

} // namespace

std::optional<SplitLine> split_line(std::string_view line) {
    SplitLine split;
    Walk walk{line};
    if (!walk.enter("geometry") || !walk.enter("coordinates") || walk.peek() != '[') {
        return std::nullopt;
    }
    std::size_t const begin = walk.place();
    if (!walk.take_coordinates(split.coordinates)) {
        return std::nullopt;
    }
    split.rest.reserve(line.size() - walk.place() + begin + 2);
    split.rest += line.substr(0, begin);
    split.rest += "[]";
    split.rest += line.substr(walk.place());
    return split;
}

} // namespace kharita::geo
