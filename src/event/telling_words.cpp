#include "event/telling_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/hash.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

namespace {

/// A word without the article and what is written together with it, where three letters remain.
std::string_view bare(std::string_view word) {
    static std::array<std::string, 4> const prefixes{text::fold_key("وال"), text::fold_key("بال"),
                                                     text::fold_key("لل"), text::fold_key("ال")};
    constexpr std::size_t least = 3;
    for (std::string_view const prefix : prefixes) {
        if (word.starts_with(prefix) && word.size() >= prefix.size() + least) {
            return word.substr(prefix.size());
        }
    }
    return word;
}

} // namespace

std::vector<std::uint64_t> words_round(std::string_view quote, std::string_view trigger, std::size_t reach) {
    constexpr std::size_t least_letters = 3;
    text::TokenizedText const text{quote};
    auto const at = quote.find(trigger);
    std::vector<std::string_view> words;
    words.reserve(text.size());
    std::size_t middle = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const kind = text.tokens()[i].kind;
        if (kind != text::Token::Kind::word && kind != text::Token::Kind::number) {
            continue;
        }
        if (at != std::string_view::npos && text.span(i, i + 1).begin <= at) {
            middle = words.size();
        }
        words.push_back(text.codes(i));
    }
    std::size_t const begin = middle > reach ? middle - reach : 0;
    std::size_t const end = std::min(words.size(), middle + reach + 1);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
        if (std::string_view const word = bare(words[i]); word.size() >= least_letters) {
            hashes.push_back(xxh3(word));
        }
    }
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

std::size_t count_of_common(std::vector<std::uint64_t> const& a, std::vector<std::uint64_t> const& b) {
    std::size_t count = 0;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (*left == *right) {
            ++count;
            ++left;
            ++right;
        } else if (*left < *right) {
            ++left;
        } else {
            ++right;
        }
    }
    return count;
}

} // namespace kharita::event
