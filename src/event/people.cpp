#include "event/people.hpp"

#include <algorithm>

namespace kharita::event {

bool stops_count(Scene const& scene, std::size_t token) {
    auto const words = scene.words_in({token, token + 1});
    return std::any_of(words.begin(), words.end(), [](Word const& word) {
        // Nouns do not stop: «قتل في المعارك تسعة», «قتل بقصف مدفعي ثلاثة».
        bool const is_verb = word.match.part == Part::perfect || word.match.part == Part::imperfect;
        return word.kind == WordKind::casualty ||
               (word.kind == WordKind::trigger && is_verb && !word.match.may_be_noun);
    });
}

namespace {

std::optional<People> people_by_noun(Scene const& scene, std::size_t token) {
    Word const* const word = scene.word_at(token, WordKind::victim);
    if (word == nullptr) {
        return std::nullopt;
    }
    People people;
    people.who = scene.lexicon().victims()[word->row];
    people.end = word->match.tokens.end;
    switch (word->match.number) {
    case Number::singular:
        // «مدني واحد» is one, not two.
        if (auto const number = text::read_number(scene.text(), people.end, scene.numbers());
            number && number->value == 1) {
            people.end = number->tokens.end;
        }
        people.count = {1, 1, 1};
        people.is_countable = !word->match.clitics.article || word->match.pronoun != Pronoun::none;
        break;
    case Number::dual:
        people.count = {2, 2, 2};
        break;
    case Number::few: {
        // «مدنيين اثنين»
        auto const number = text::read_number(scene.text(), people.end, scene.numbers());
        bool const is_two = number && number->value == 2;
        people.count = {2, 2, is_two ? 2 : 9};
        people.end = is_two ? number->tokens.end : people.end;
        break;
    }
    case Number::plural:
    case Number::none:
        people.is_countable = false;
        break;
    }
    return people;
}

/// Whether a token is part of a date.
bool is_dated(Scene const& scene, std::size_t token) {
    auto const& dates = scene.dates();
    return std::any_of(dates.begin(), dates.end(),
                       [&](auto const& date) { return date.tokens.contains(token); });
}

} // namespace

std::optional<People> people_at(Scene const& scene, std::size_t token) {
    std::optional<Amount> change;
    while (Word const* const quantity = scene.word_at(token, WordKind::quantity)) {
        Quantity const& row = scene.lexicon().quantities()[quantity->row];
        if (row.role == Amount::amount) {
            People people;
            people.is_countable = row.best.has_value();
            people.count = {row.low, row.best.value_or(0), row.high};
            people.end = quantity->match.tokens.end;
            return people;
        }
        change = row.role;
        token = quantity->match.tokens.end;
    }
    auto const number = text::read_number(scene.text(), token, scene.numbers());
    bool const is_age = number && number->value == 10 && token > 0 &&
                        scene.has_listed({token - 1, token}, "ordinal"); // «في السادسة عشرة»
    if (is_age) {
        return std::nullopt;
    }
    if (number && is_dated(scene, token)) {
        return std::nullopt; // «قتل في آذار 2014»
    }
    if (!number) {
        return change ? std::nullopt : people_by_noun(scene, token);
    }
    People people;
    people.count = {number->value, number->value, number->value};
    people.end = number->tokens.end;
    // «ستة من مقاتلي …», «سبعة آخرين», "eight people".
    for (std::size_t i = people.end; i < std::min(people.end + 3, scene.text().size()); ++i) {
        if (Word const* const noun = scene.word_at(i, WordKind::victim)) {
            people.is_far = i > people.end + 1;
            people.who = scene.lexicon().victims()[noun->row];
            people.end = noun->match.tokens.end;
            break;
        }
        if (scene.has_cue({i, i + 1}, Cue::subset)) {
            break; // «12 بينهم ثلاث نساء»
        }
        if (scene.text().tokens()[i].kind != text::Token::Kind::word || stops_count(scene, i)) {
            break;
        }
    }
    for (std::size_t i = people.end;
         i < std::min(people.end + 6, scene.text().size()) && !stops_count(scene, i); ++i) {
        Word const* const quantity = scene.word_at(i, WordKind::quantity);
        if (quantity != nullptr && scene.lexicon().quantities()[quantity->row].role == Amount::least) {
            change = Amount::least; // «ستة … على الأقل»
        }
    }
    if (change == Amount::more) {
        people.count.low = people.count.best = people.count.high = number->value + 1;
    }
    return people;
}

} // namespace kharita::event
