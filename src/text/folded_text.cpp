#include "text/folded_text.hpp"

#include "text/fold_kernels.hpp"
#include "text/fold_table.hpp"
#include "text/utf8.hpp"

namespace kharita::text {

namespace {

/// Calls `emit(codes, at)` for each character of a text, `at` being where it begins.
template <typename Emit>
void fold_characters(std::string_view utf8, Emit const& emit) {
    FoldTables const& tables = fold_tables();
    std::size_t at = 0;
    while (at < utf8.size()) {
        // Nearly all characters are in these two tables.
        auto const lead = static_cast<unsigned char>(utf8[at]);
        if (lead < 0x80 && lead != '\r') {
            emit({&tables.ascii[lead], tables.ascii[lead] != 0 ? std::size_t{1} : 0}, at);
            ++at;
            continue;
        }
        auto const next = static_cast<unsigned char>(at + 1 < utf8.size() ? utf8[at + 1] : '\0');
        if ((lead & 0xFCU) == 0xD8 && (next & 0xC0U) == 0x80) {
            char const& code = tables.arabic[((lead & 3U) << 6U) | (next & 0x3FU)];
            emit({&code, code != 0 ? std::size_t{1} : 0}, at);
            at += 2;
            continue;
        }
        auto const [character, length] = decode(utf8.substr(at));
        if (length == 0) {
            emit(std::string_view{&other_letter, 1}, at);
            ++at;
            continue;
        }
        emit(folded_character(character), at);
        bool const cr_lf = character == U'\r' && at + 1 < utf8.size() && utf8[at + 1] == '\n';
        at += cr_lf ? 2 : length;
    }
}

} // namespace

FoldedText fold(std::string_view utf8) {
    FoldedText folded;
    folded.codes.reserve(utf8.size());
    folded.source.reserve(utf8.size() + 1);
    fold_characters(utf8, [&](std::string_view codes, std::size_t at) {
        for (char const code : codes) {
            folded.codes.push_back(code);
            folded.source.push_back(static_cast<std::uint32_t>(at));
        }
    });
    folded.source.push_back(static_cast<std::uint32_t>(utf8.size()));
    return folded;
}

std::string fold_key(std::string_view utf8) {
    std::string key;
    key.reserve(utf8.size());
    fold_characters(utf8, [&](std::string_view codes, std::size_t /*at*/) { key += codes; });
    return key;
}

std::string to_utf8(std::string_view codes) {
    std::string utf8;
    for (char const code : codes) {
        auto const letter = static_cast<std::size_t>(static_cast<unsigned char>(code));
        if (code == other_letter || letter >= 0x80 + arabic_letters.size()) {
            append_utf8(U'\uFFFD', utf8);
        } else if (is_arabic(code)) {
            append_utf8(arabic_letters[letter - 0x80], utf8);
        } else if (code == other_sign) {
            append_utf8(U'¤', utf8);
        } else if (code == open_quote) {
            append_utf8(U'«', utf8);
        } else if (code == close_quote) {
            append_utf8(U'»', utf8);
        } else {
            utf8.push_back(code);
        }
    }
    return utf8;
}

} // namespace kharita::text
