#include "event/sentence_words.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::event {

namespace {

constexpr std::string_view any_number = "0";

constexpr std::array<char, 3> with_bal{text::code(U'ب'), text::code(U'ا'), text::code(U'ل')};
constexpr std::array<char, 3> with_kal{text::code(U'ك'), text::code(U'ا'), text::code(U'ل')};
constexpr std::array<char, 2> with_lil{text::code(U'ل'), text::code(U'ل')};
constexpr std::array<char, 2> with_al{text::code(U'ا'), text::code(U'ل')};
constexpr std::array<std::string_view, 4> articles{{{with_bal.data(), with_bal.size()},
                                                    {with_kal.data(), with_kal.size()},
                                                    {with_lil.data(), with_lil.size()},
                                                    {with_al.data(), with_al.size()}}};

std::string_view without_prefixes(std::string_view word) {
    constexpr std::size_t least_with_conjunction = 4;
    constexpr std::size_t least_rest = 3;
    if (word.size() >= least_with_conjunction &&
        (word.front() == text::code(U'و') || word.front() == text::code(U'ف'))) {
        word.remove_prefix(1);
    }
    for (std::string_view const article : articles) {
        if (word.starts_with(article) && word.size() >= article.size() + least_rest) {
            return word.substr(article.size());
        }
    }
    return word;
}

bool is_counted_sign(char code) {
    return code == '.' || code == ',' || code == ':' || code == '?' || code == text::open_quote ||
           code == text::close_quote;
}

} // namespace

std::vector<std::string_view> plain_words(text::TokenizedText const& text, text::TokenRange range) {
    std::vector<std::string_view> words;
    words.reserve(range.size());
    for (std::size_t at = range.begin; at < range.end; ++at) {
        std::string_view const codes = text.codes(at);
        switch (text.tokens()[at].kind) {
        case text::Token::Kind::word:
            if (text::is_arabic(codes.front())) {
                words.push_back(without_prefixes(codes));
            }
            break;
        case text::Token::Kind::number:
            words.push_back(any_number);
            break;
        case text::Token::Kind::punctuation:
            if (is_counted_sign(codes.front())) {
                words.push_back(codes.substr(0, 1));
            }
            break;
        case text::Token::Kind::line_end:
            break;
        }
    }
    return words;
}

WordWeights WordWeights::load(std::filesystem::path const& file) {
    Tsv const table{file, {"word", "assault", "protest", "assault_opening", "protest_opening"}};
    WordWeights weights;
    for (std::size_t row = 0; row < table.size(); ++row) {
        Weights& word = weights.m_words[text::fold_key(table.cell(row, 0))];
        if (word.is_set) {
            fail<InputError>("{}: word \"{}\" stands twice", table.where(row), table.cell(row, 0));
        }
        word.is_set = true;
        for (std::size_t where = 0; where < 2; ++where) {
            for (std::size_t telling = 0; telling < 2; ++telling) {
                word.of[where][telling] = table.number_or(row, 1 + 2 * where + telling, 0);
            }
        }
    }
    return weights;
}

double WordWeights::mean(Telling telling, Where where, std::vector<std::string_view>& words) const {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    double sum = 0;
    std::size_t known = 0;
    for (std::string_view const word : words) {
        if (Weights const* const found = m_words.find(word)) {
            sum += found->of[static_cast<std::size_t>(where)][static_cast<std::size_t>(telling)];
            ++known;
        }
    }
    return known == 0 ? 0 : sum / std::sqrt(static_cast<double>(known));
}

double WordWeights::sum(Telling telling, std::vector<std::string_view> words) const {
    std::vector<std::string_view> opening{
        words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(opening_words, words.size()))};
    return mean(telling, Where::anywhere, words) + mean(telling, Where::opening, opening);
}

} // namespace kharita::event
