#include <algorithm>

#include "event/drafting.hpp"
#include "event/people.hpp"

// How many strikes, shells or bombs a draft tells of.

namespace kharita::event {

namespace {

/// The number that ends right before a token: «أربع غارات», «أكثر من عشرين قذيفة».
std::optional<Count> count_before(Scene const& scene, std::size_t begin, std::size_t limit) {
    for (std::size_t at = std::max(limit, begin - std::min<std::size_t>(begin, 5)); at < begin; ++at) {
        auto const number = text::read_number(scene.text(), at, scene.numbers());
        bool const is_of_date =
            std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
                return date.tokens.contains(begin - 1); // «في نيسان 2017 مجزرة»
            });
        if (!number || number->tokens.end != begin || number->value <= 0 || is_of_date) {
            continue;
        }
        auto const before = scene.words_in({at - std::min<std::size_t>(at, 3), at});
        bool const more = std::any_of(before.begin(), before.end(), [&](Word const& word) {
            return word.kind == WordKind::quantity && word.match.tokens.end == at &&
                   scene.lexicon().quantities()[word.row].role == Amount::more;
        });
        auto const value = number->value + (more ? 1 : 0);
        return Count{value, value, value};
    }
    return std::nullopt;
}

/// «عشر قذائف», «عبوتان», «لغما»: how many of what is fired, falls, explodes or is made safe. A single one of
/// an unnamed kind («بالمدفعية», «القذائف») counts nothing.
std::optional<Count> count_of_munitions(Scene const& scene, Draft const& draft) {
    auto const is_munition = [&](Word const& word) {
        return word.kind == WordKind::weapon && scene.has_listed(word.match.tokens, "munition");
    };
    // «استهدفت طائرة سيارة بصاروخين»: whoever fires may stand nearer.
    for (Word const& word : scene.words_in(draft.stretch)) {
        std::size_t const begin = word.match.tokens.begin;
        if (!is_munition(word) || begin < draft.tokens.end) {
            continue;
        }
        if (word.match.number == Number::dual) {
            return Count{2, 2, 2};
        }
        if (auto const counted = count_before(scene, begin, draft.tokens.end)) {
            return counted;
        }
    }
    Word const* const weapon = weapon_near(scene, draft);
    if (weapon == nullptr || !is_munition(*weapon)) {
        return std::nullopt;
    }
    std::size_t const begin = weapon->match.tokens.begin;
    if (begin < draft.tokens.begin) {
        return weapon->match.number == Number::dual ? std::optional{Count{2, 2, 2}}
                                                    : count_before(scene, begin, draft.before.begin);
    }
    bool const is_one = weapon->match.number == Number::singular && !weapon->match.clitics.article &&
                        text::is_arabic(scene.text().codes(begin).front());
    return is_one ? std::optional{Count{1, 1, 1}} : std::nullopt;
}

/// «غارة على X»: one, where no article makes it any that was told before.
bool is_single_strike(Scene const& scene, Draft const& draft) {
    return class_of(scene, draft).name == "strike" && draft.part == Part::noun &&
           draft.number == Number::singular && !draft.is_definite && draft.pronoun == Pronoun::none &&
           scene.lexicon().triggers()[draft.trigger].id == "ar-ghara";
}

} // namespace

void read_count(Scene const& scene, Draft& draft) {
    if (draft.number == Number::dual && !is_verb(draft.part)) {
        draft.count = Count{2, 2, 2};
        return;
    }
    // Behind a number «ب» begins something new («في 3 آب 2019 بقصف»).
    if (draft.part == Part::noun && draft.before.size() > 0 && draft.clitics.preposition == 0) {
        draft.count = count_before(scene, draft.tokens.begin, draft.before.begin);
    }
    std::string const& type = class_of(scene, draft).name;
    bool const is_by_munitions = type == "launch" || type == "shelling" || type == "blast" || type == "aim" ||
                                 type == "disarm" || type == "destroy";
    if (!draft.count && is_by_munitions) {
        draft.count = count_of_munitions(scene, draft);
    }
    if (!draft.count && is_single_strike(scene, draft)) {
        draft.count = Count{1, 1, 1};
    }
}

bool counts_people(Scene const& scene, Draft const& draft, std::int64_t least) {
    constexpr std::size_t behind = 3;
    constexpr std::size_t before = 8;
    auto const is_number = [&](std::size_t token) {
        auto const people = people_at(scene, token);
        return people && people->is_countable && people->count.best >= least;
    };
    for (std::size_t token = draft.tokens.end; token < std::min(draft.tokens.end + behind, draft.stretch.end);
         ++token) {
        if (is_number(token)) {
            return true;
        }
    }
    bool const may_follow = is_verb(draft.part) && draft.number == Number::plural;
    std::size_t const begin = draft.tokens.begin;
    for (std::size_t token = std::max(draft.before.begin, begin - std::min(begin, before));
         may_follow && token < begin; ++token) {
        if (is_number(token)) {
            return true;
        }
    }
    return false;
}

} // namespace kharita::event
