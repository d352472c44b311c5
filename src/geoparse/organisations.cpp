#include "geoparse/organisations.hpp"

#include <optional>

#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

/// A word of the phrase that ends right before a token; quotation marks may stand between its words.
std::optional<std::size_t> word_before(Context const& context, std::size_t token) {
    while (token > 0 && is_quote(sign_at(context.text, token - 1))) {
        --token;
    }
    return token > 0 && is_arabic_word(context.text, token - 1) ? std::optional{token - 1} : std::nullopt;
}

bool tells_purpose(CueHit const* hit) {
    return hit != nullptr && (hit->word->naming == Naming::relief || hit->word->naming == Naming::cause);
}

/// Whether a body of that purpose is named before its first word, some adjectives between: «الحملة الوطنية».
bool follows_body(Context const& context, CueHit const& purpose) {
    constexpr std::size_t reach = 5;
    bool const for_it = purpose.clitics.preposition == code(U'ل') || purpose.tokens.size() > 1;
    std::size_t at = purpose.tokens.begin;
    for (std::size_t words = 0; words < reach; ++words) {
        auto const word = word_before(context, at);
        if (!word) {
            return false;
        }
        at = *word;
        CueHit const* const hit = context.cues.starting(at);
        Naming const naming = hit == nullptr ? Naming::none : hit->word->naming;
        bool const bears =
            naming == Naming::body || (naming == Naming::campaign && purpose.word->naming == Naming::relief);
        if (bears) {
            // «حملة نصرة الأشقاء», «حركة النضال لتحرير X»; «حملة جوية لمساعدة الأكراد» is no name.
            return words == 0 || (for_it && (is_definite(context.text.codes(at)) ||
                                             is_definite(context.text.codes(at + 1))));
        }
    }
    return false;
}

/// «… لنصرة الأشقاء في X»
bool follows_purpose(Context const& context, text::TokenRange name) {
    constexpr std::size_t reach = 5;
    std::size_t at = name.begin;
    for (std::size_t words = 0; words < reach; ++words) {
        auto const word = word_before(context, at);
        if (!word) {
            return false;
        }
        at = *word;
        if (CueHit const* const hit = context.cues.ending(at); tells_purpose(hit)) {
            return follows_body(context, *hit);
        }
        CueHit const* const hit = context.cues.starting(at);
        if (hit != nullptr && (hit->word->acts || hit->word->happening != Happening::none)) {
            return false;
        }
    }
    return false;
}

/// An indefinite noun that another may follow as its owner: no cue, no verb of a feminine subject.
bool can_own(Context const& context, std::size_t token) {
    std::string_view const word = context.text.codes(token);
    constexpr std::size_t shortest = 3;
    if (word.size() < shortest || is_definite(word) || context.table.is_plain_word(word) ||
        context.cues.starting(token) != nullptr || context.cues.ending(token) != nullptr) {
        return false;
    }
    bool const plural = word[word.size() - 2] == code(U'ا') && word.back() == code(U'ت');
    bool const feminine = word.back() == code(U'ت') && !plural && word.size() > shortest; // no «صوت»
    bool const with_object = word.ends_with(text::fold_key("هم")) || word.ends_with(text::fold_key("ها")) ||
                             word.ends_with(text::fold_key("ته")); // «مجموعة دربتها واشنطن»
    bool const verb = feminine || with_object || word.front() == code(U'ت') || word.front() == code(U'ي');
    return !verb && word.back() != code(U'ا');
}

/// «منظمة أنصار X», «إذاعة صوت X»
bool follows_owners(Context const& context, text::TokenRange name) {
    constexpr std::size_t longest = 2;
    std::size_t at = name.begin;
    for (std::size_t words = 0; words < longest && at > 1 && can_own(context, at - 1); ++words) {
        --at;
        CueHit const* const hit = context.cues.ending(at - 1);
        if (hit != nullptr && hit->word->naming == Naming::body &&
            !is_definite(context.text.codes(hit->tokens.begin))) {
            return true;
        }
    }
    return false;
}

} // namespace

bool is_in_organisation(Context const& context, text::TokenRange name, text::CliticReading const& clitics) {
    return !clitics.conjunction &&
           ((clitics.proclitics() == 0 && follows_owners(context, name)) || follows_purpose(context, name));
}

bool is_quoted_person(Context const& context, text::TokenRange name) {
    CueHit const* const before = name.begin == 0 ? nullptr : context.cues.ending(name.begin - 1);
    CueHit const* const office = context.cues.starting(name.end + 1);
    std::string_view const second = context.text.codes(name.end);
    return before != nullptr && before->word->cites && office != nullptr && office->word->office &&
           is_arabic_word(context.text, name.end) && !is_definite(second) &&
           context.cues.starting(name.end) == nullptr && !context.table.is_plain_word(second);
}

} // namespace kharita::geoparse
