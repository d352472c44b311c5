#include "gazetteer/compact_text.hpp"

#include <algorithm>

#include "text/fold_table.hpp"

namespace kharita::gazetteer {

namespace {

constexpr char32_t arabic_first = 0x600;
constexpr char32_t arabic_last = 0x67E;
constexpr char32_t replacement = 0xFFFD;

} // namespace

std::optional<std::string> to_compact(std::string_view utf8) {
    std::string compact;
    compact.reserve(utf8.size());
    while (!utf8.empty()) {
        auto const [character, length] = text::decode(utf8);
        if (length == 0) {
            return std::nullopt;
        }
        if (character < 0x80) {
            compact.push_back(static_cast<char>(character));
        } else if (character >= arabic_first && character <= arabic_last) {
            compact.push_back(static_cast<char>(0x80 + (character - arabic_first)));
        } else {
            compact.push_back(compact_escape);
            compact += utf8.substr(0, length);
        }
        utf8.remove_prefix(length);
    }
    return compact;
}

text::Utf8Character decode_compact(std::string_view compact) noexcept {
    auto const byte = static_cast<unsigned char>(compact[0]);
    if (byte < 0x80) {
        return {byte, 1};
    }
    if (compact[0] != compact_escape) {
        return {arabic_first + (byte - 0x80U), 1};
    }
    compact.remove_prefix(1);
    if (compact.empty()) {
        return {replacement, 1};
    }
    auto const escaped = text::decode(compact);
    return escaped.length == 0 ? text::Utf8Character{replacement, 2}
                               : text::Utf8Character{escaped.character, escaped.length + 1};
}

std::string from_compact(std::string_view compact) {
    std::string utf8;
    utf8.reserve(compact.size() * 2);
    while (!compact.empty()) {
        auto const [character, length] = decode_compact(compact);
        text::append_utf8(character, utf8);
        compact.remove_prefix(length);
    }
    return utf8;
}

std::array<char, 256> const& compact_codes() noexcept {
    static std::array<char, 256> const codes = [] {
        std::array<char, 256> table{};
        for (std::size_t byte = 0; byte < 0xFF; ++byte) {
            auto const character = static_cast<char32_t>(byte < 0x80 ? byte : arabic_first + (byte - 0x80));
            std::string_view const folded = text::folded_character(character);
            table[byte] = folded.size() == 1 ? folded[0] : '\0';
        }
        return table;
    }();
    return codes;
}

} // namespace kharita::gazetteer
