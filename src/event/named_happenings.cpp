#include "event/named_happenings.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "event/drafting.hpp"
#include "event/people.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

namespace {

TriggerClass const& class_of(Scene const& scene, Word const& trigger) {
    return scene.lexicon().classes()[scene.lexicon().triggers()[trigger.row].type];
}

/// «الذي استهدف», «الذي شنه», «الذي وقع», not «التي وصفها»: a verb that says that something came to pass.
bool is_deed(Scene const& scene, Word const& verb) {
    if (is_cue(verb, Cue::agent)) {
        return true; // «شنه» is read as what leads to those who did it
    }
    bool const is_of_deeds =
        verb.kind == WordKind::trigger || is_cue(verb, Cue::perform) || is_cue(verb, Cue::consequence) ||
        scene.has_listed(verb.match.tokens, "happening") || scene.has_listed(verb.match.tokens, "reaching");
    return is_of_deeds && verb.match.part == Part::perfect && verb.match.clitics.preposition == 0;
}

} // namespace

bool reaches_goal(Scene const& scene, Word const& word) {
    return word.kind == WordKind::list_word && word.match.part == Part::perfect &&
           !word.match.clitics.conjunction && scene.lexicon().list_name(word.row) == "reaching";
}

bool tells_itself(Scene const& scene, std::size_t end) {
    constexpr std::size_t adjectives = 3;
    constexpr std::size_t reach = 10;
    for (Word const& each : scene.words_in({end, end + adjectives})) {
        if (!is_cue(each, Cue::relative)) {
            continue;
        }
        std::size_t const told = each.match.tokens.end;
        auto const next = scene.words_in({told, told + 1});
        bool const is_done =
            std::any_of(next.begin(), next.end(), [&](Word const& verb) { return is_deed(scene, verb); });
        auto const behind = scene.words_in({told + 1, told + reach});
        auto const own = std::find_if(behind.begin(), behind.end(),
                                      [&](Word const& word) { return reaches_goal(scene, word); });
        std::size_t const last = own == behind.end() ? told + reach : own->match.tokens.begin;
        auto const places = scene.places_in({told, last});
        return is_done && std::any_of(places.begin(), places.end(), [&](std::size_t place) {
                   // «الضربات التي وجهت في سوريا»: a country tells no more of them than was known.
                   auto const& known = scene.places()[place].mention.place;
                   return !known ||
                          gazetteer::feature_class(known->feature) != gazetteer::FeatureClass::country;
               });
    }
    return false;
}

bool names_own_place(Scene const& scene, std::size_t end) {
    constexpr std::size_t reach = 6;      // whatever stands there
    constexpr std::size_t far_reach = 10; // past names and quotation marks
    if (!scene.places_in({end, end + reach}).empty()) {
        return true;
    }
    auto const places = scene.places_in({end, end + far_reach});
    if (places.empty()) {
        return false;
    }
    std::size_t const place = scene.places()[places.front()].tokens.begin;
    for (std::size_t token = end; token < place; ++token) {
        if (scene.text().codes(token) == ",") {
            return false;
        }
    }
    auto const between = scene.words_in({end, place});
    return std::none_of(between.begin(), between.end(), [](Word const& word) {
        return word.match.part == Part::perfect || word.match.part == Part::imperfect;
    });
}

bool is_venue_of_protest(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    TriggerClass const& type = class_of(scene, word);
    auto const before = scene.words_in({begin - std::min<std::size_t>(begin, 1), begin});
    return type.name == "protest" && word.match.part == Part::noun && !word.match.clitics.conjunction &&
           word.match.clitics.preposition == 0 &&
           std::any_of(before.begin(), before.end(), [&](Word const& each) {
               return scene.has_listed(each.match.tokens, "protest_site") && !each.match.clitics.article &&
                      each.match.tokens.end == begin;
           });
}

bool is_carried_out(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    constexpr std::size_t people_reach = 4;
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const end = word.match.tokens.end;
    auto const before =
        scene.words_in({std::max(clause.tokens.begin, begin - std::min(begin, reach)), begin});
    bool const is_carried = std::any_of(before.begin(), before.end(), [](Word const& each) {
        return is_cue(each, Cue::perform) && each.match.part == Part::perfect;
    });
    bool has_object = !scene.places_in({end, std::min(end + reach, clause.tokens.end)}).empty();
    for (std::size_t token = end; is_carried && token < std::min(end + people_reach, clause.tokens.end);
         ++token) {
        auto const people = people_at(scene, token);
        has_object = has_object || (people && people->is_countable);
    }
    return is_carried && has_object;
}

bool is_statistic(Scene const& scene, Word const& word) {
    constexpr std::int64_t most_destroyed = 500;
    constexpr std::int64_t most_strikes = 1000;
    constexpr std::size_t reach = 4;
    std::string const& type = class_of(scene, word).name;
    auto const behind = text::read_number(scene.text(), word.match.tokens.end, scene.numbers());
    if (type == "destroy") {
        return behind && behind->value >= most_destroyed;
    }
    std::size_t const begin = word.match.tokens.begin;
    for (std::size_t at = begin - std::min(begin, reach); at < begin; ++at) {
        auto const before = text::read_number(scene.text(), at, scene.numbers());
        if ((type == "aim" || type == "strike") && before && before->tokens.end == begin) {
            return before->value >= most_strikes;
        }
    }
    return false;
}

bool is_occasion_of_shots(Scene const& scene, Word const& word, Clause const& clause) {
    static std::array const during{text::fold_key("خلال"), text::fold_key("أثناء"), text::fold_key("لدى")};
    std::size_t const begin = word.match.tokens.begin;
    bool const is_during =
        begin > clause.tokens.begin &&
        std::find(during.begin(), during.end(), scene.text().codes(begin - 1)) != during.end();
    // «قتل متظاهر برصاص X خلال مظاهرة»: what was done to the protest is told by its dead.
    bool const is_protest = class_of(scene, word).name == "protest" &&
                            scene.has_listed({clause.tokens.begin, begin}, "protesters");
    bool const is_storming = class_of(scene, word).name == "advance" && word.match.pronoun != Pronoun::none;
    if (!is_during || (!is_protest && !is_storming)) {
        return false;
    }
    bool has_dead = false;
    bool has_gun = false;
    for (Word const& each : scene.words_in({clause.tokens.begin, begin})) {
        has_dead = has_dead || each.kind == WordKind::casualty;
        has_gun =
            has_gun || (each.kind == WordKind::weapon && each.match.clitics.preposition == text::code(U'ب') &&
                        scene.lexicon().categories()[scene.lexicon().weapons()[each.row].category].is_gun());
    }
    return has_dead && has_gun;
}

bool is_site_of_fire(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    if (class_of(scene, word).name != "launch" || is_verb(word.match.part) || begin == 0 ||
        word.match.clitics.article || word.match.clitics.conjunction || word.match.clitics.preposition != 0) {
        return false;
    }
    return scene.has_cue({begin - 1, begin}, Cue::object) || scene.has_listed({begin - 1, begin}, "materiel");
}

bool is_halt(Scene const& scene, Word const& word) {
    std::size_t const end = word.match.tokens.end;
    auto const next = scene.words_in({end, end + 1});
    return scene.has_listed(word.match.tokens, "halting") &&
           std::any_of(next.begin(), next.end(), [](Word const& each) {
               return each.kind == WordKind::trigger && each.match.part == Part::noun &&
                      each.match.clitics.article;
           });
}

bool is_keeping(Scene const& scene, Word const& word) {
    std::string const& type = class_of(scene, word).name;
    return (type == "arrest" || type == "abduct") && word.match.part == Part::imperfect &&
           scene.has_listed(word.match.tokens, "keeping");
}

bool is_agreed_on(Scene const& scene, Word const& word) {
    static std::string const on = text::fold_key("على");
    std::size_t const end = word.match.tokens.end;
    TriggerClass const& type = class_of(scene, word);
    return type.name == "agreement" && scene.text().codes(end) == on &&
           scene.has_listed({end + 1, end + 2}, "hold");
}

bool is_called(Scene const& scene, Word const& word) {
    TriggerClass const& type = class_of(scene, word);
    std::size_t const end = word.match.tokens.end;
    if (type.name != "clash" || word.match.number != Number::singular || end >= scene.text().size()) {
        return false;
    }
    std::string_view const next = scene.text().source_text(end);
    return next == "«" || next == "“" || next == "\"" || next == "”";
}

bool is_first_of_kind(Scene const& scene, Word const& word) {
    static std::string const in = text::fold_key("في");
    std::size_t const begin = word.match.tokens.begin;
    return !is_verb(word.match.part) && begin > 2 && scene.has_listed({begin - 1, begin}, "first") &&
           scene.text().codes(begin - 2) == in && scene.text().codes(begin - 3) == ",";
}

bool lasted_for_long(Scene const& scene, Word const& word) {
    static std::string const of = text::fold_key("من");
    static std::array const spans{text::fold_key("أشهر"),  text::fold_key("شهور"), text::fold_key("سنوات"),
                                  text::fold_key("أعوام"), text::fold_key("سنة"),  text::fold_key("عام")};
    std::size_t const begin = word.match.tokens.begin;
    return !is_verb(word.match.part) && begin > 1 && scene.text().codes(begin - 1) == of &&
           std::ranges::find(spans, scene.text().codes(begin - 2)) != spans.end();
}

bool has_ravaged(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) || word.match.clitics.article || begin < 2) {
        return false;
    }
    auto const before = scene.words_in({begin - 1, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& each) {
        return each.kind == WordKind::list_word && each.match.pronoun != Pronoun::none &&
               scene.lexicon().list_name(each.row) == "ravaged";
    });
}

bool is_of_common_crime(Scene const& scene, Word const& word) {
    constexpr std::size_t reach = 20; // a name and an office stand between
    std::size_t const sentence = scene.text().sentence_of(word.match.tokens.begin);
    std::size_t const end = std::min(word.match.tokens.end + reach, scene.text().sentences()[sentence].end);
    return (class_of(scene, word).name == "arrest" || class_of(scene, word).name == "execute") &&
           scene.has_listed({word.match.tokens.end, end}, "common_crime");
}

bool is_leaving_again(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    TriggerClass const& type = class_of(scene, word);
    std::size_t const end = word.match.tokens.end;
    return type.name == "withdraw" && word.match.part == Part::imperfect && begin > 1 &&
           scene.text().codes(begin - 1) == text::fold_key("أن") &&
           scene.text().codes(begin - 2) == text::fold_key("قبل") &&
           scene.places_in({end, std::min(end + 4, scene.text().size())}).empty();
}

bool is_subject_of_toll(Scene const& scene, Word const& word) {
    Word const* const toll = scene.word_at(word.match.tokens.end, WordKind::casualty);
    return is_verb(word.match.part) && toll != nullptr && is_verb(toll->match.part) &&
           !text::is_arabic(scene.text().codes(word.match.tokens.begin).front());
}

} // namespace kharita::event
