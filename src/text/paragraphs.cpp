#include "text/paragraphs.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/code_map.hpp"
#include "text/folded_text.hpp"

namespace kharita::text {

bool goes_on(TokenizedText const& text, TokenRange line) {
    constexpr std::size_t shortest = 3; // «وقف»: a word that only begins so
    static std::array const openings{fold_key("كما"),   fold_key("كذلك"), fold_key("بينما"),
                                     fold_key("فيما"),  fold_key("لكن"),  fold_key("لكنه"),
                                     fold_key("لكنها"), fold_key("إلا"),  fold_key("حيث")};
    if (line.size() == 0 || text.tokens()[line.begin].kind != Token::Kind::word) {
        return false;
    }
    std::string_view const first = text.codes(line.begin);
    return (first.size() > shortest && first.front() == code(U'و')) ||
           std::find(openings.begin(), openings.end(), first) != openings.end();
}

bool is_long_line(TokenizedText const& text, TokenRange line) {
    constexpr std::ptrdiff_t shortest_sentence = 8;
    auto const tokens = text.tokens().subspan(line.begin, line.size());
    auto const words = std::count_if(tokens.begin(), tokens.end(),
                                     [](Token const& token) { return token.kind == Token::Kind::word; });
    return words >= shortest_sentence && text.tokens()[line.begin].kind == Token::Kind::word;
}

} // namespace kharita::text
