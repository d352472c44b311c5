#include "base/secrets.hpp"

#include <cstddef>

namespace kharita {

namespace {

constexpr std::string_view hidden = "***";

/// Of an address that begins at `begin` with its user, hides what stands between the first colon and the last
/// "@". A password that should have been encoded may hold a slash; a host's port is followed by none but one.
void hide_user_password(std::string& text, std::size_t begin, bool is_database) {
    std::size_t end = text.find_first_of(is_database ? std::string_view{" \t\r\n?"} : "/?# \t\r\n", begin);
    end = end == std::string::npos ? text.size() : end;
    std::size_t const at = text.rfind('@', end);
    std::size_t const colon = text.find(':', begin);
    if (at == std::string::npos || at < begin || colon == std::string::npos || colon > at) {
        return;
    }
    text.replace(colon + 1, at - colon - 1, hidden);
}

} // namespace

std::string without_passwords(std::string_view text) {
    std::string out{text};
    constexpr std::string_view mark = "://";
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at + mark.size())) {
        std::string_view const before = std::string_view{out}.substr(0, at);
        bool const is_database = before.ends_with("postgresql") || before.ends_with("postgres");
        hide_user_password(out, at + mark.size(), is_database);
    }
    constexpr std::string_view key = "password=";
    for (std::size_t at = out.find(key); at != std::string::npos; at = out.find(key, at + key.size())) {
        std::size_t const begin = at + key.size();
        std::size_t const end = out.find_first_of("& \t\r\n", begin);
        out.replace(begin, (end == std::string::npos ? out.size() : end) - begin, hidden);
    }
    return out;
}

} // namespace kharita
