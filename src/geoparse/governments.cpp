#include "geoparse/governments.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "geoparse/name_facts.hpp"
#include "geoparse/neighbours.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::no_place;
using text::code;

template <std::size_t Size>
std::array<std::string, Size> folded(std::array<std::string_view, Size> const& words) {
    std::array<std::string, Size> keys;
    std::ranges::transform(words, keys.begin(), [](std::string_view word) { return text::fold_key(word); });
    return keys;
}

template <std::size_t Size>
bool is_one_of(std::string_view word, std::array<std::string, Size> const& words) {
    return std::ranges::find(words, word) != words.end();
}

bool acts(CueHit const* hit) {
    return hit != nullptr && hit->word->acts;
}

bool lives_through(CueHit const* hit) {
    return hit != nullptr &&
           (hit->word->happening == Happening::witnessed || hit->word->happening == Happening::suffered);
}

/// «ربطت أنقرة»: a verb in the feminine perfect by its ending, whatever it means.
bool looks_feminine_perfect(std::string_view word) {
    constexpr std::size_t shortest = 4; // shorter ones are as often nouns («وقت», «بيت»)
    return word.size() >= shortest && word.back() == code(U'ت') && word[word.size() - 2] != code(U'ا') &&
           word[word.size() - 2] != code(U'و') && word[word.size() - 2] != code(U'ي') && !has_article(word);
}

/// «تقوده الولايات المتحدة», «دربتهم واشنطن»: a verb with its object, the subject after it.
bool looks_transitive(std::string_view word) {
    constexpr std::size_t shortest = 5;
    static std::string const her = text::fold_key("ها");
    static std::string const them = text::fold_key("هم");
    bool const object =
        !word.empty() && (word.back() == code(U'ه') || word.ends_with(her) || word.ends_with(them));
    if (word.size() >= shortest && word.front() == code(U'ت') && object) {
        return true;
    }
    // «دربتها», «بذلتها», but not «قواتها».
    std::size_t const suffix = word.ends_with(her) || word.ends_with(them) ? 2 : 0;
    return suffix != 0 && !has_article(word) && looks_feminine_perfect(word.substr(0, word.size() - suffix));
}

/// «لها», «بها», «عليه»: what stands between a verb and its subject.
bool is_preposition_with_pronoun(std::string_view word) {
    static auto const words = folded<12>(
        {"لها", "له", "بها", "به", "عليها", "عليه", "فيها", "فيه", "منها", "إليها", "إليه", "عنها"});
    return is_one_of(word, words);
}

/// «أن تركيا», «بأن تركيا»
bool follows_that(Context const& context, Draft const& draft) {
    static auto const words = folded<8>({"أن", "بأن", "لأن", "فإن", "وأن", "وإن", "لكن", "ولكن"});
    std::size_t at = draft.setting.phrase.begin;
    at -= at > 0 && is_quote(sign_at(context.text, at - 1)) ? 1U : 0U;
    return at > 0 && is_one_of(context.text.codes(at - 1), words);
}

/// «غارات العراق شملت»: behind a noun, the verb is of what the noun means.
bool is_possessor(Context const& context, Draft const& draft) {
    std::size_t const first = draft.setting.phrase.begin;
    if (first == 0 || first != draft.tokens.begin || draft.clitics.proclitics() > 0 ||
        !is_arabic_word(context.text, first - 1)) {
        return false;
    }
    std::string_view const before = context.text.codes(first - 1);
    return context.cues.ending(first - 1) == nullptr && !context.table.is_plain_word(before) &&
           !has_article(before) && before.size() > 3;
}

/// «العقوبات ضد X ستعود»: behind a preposition, the verb is of another.
bool follows_preposition(Context const& context, Draft const& draft) {
    static auto const words =
        folded<12>({"ضد", "تجاه", "حول", "لدى", "إزاء", "عبر", "خلال", "بعد", "قبل", "دون", "غير", "بشأن"});
    std::size_t const first = draft.setting.phrase.begin;
    return first > 0 && is_one_of(context.text.codes(first - 1), words);
}

/// Where a verb after the subject may stand: behind a quotation mark and a negation.
std::size_t behind_particles(Context const& context, std::size_t at) {
    static auto const particles = folded<6>({"لا", "لن", "لم", "قد", "سوف", "ما"});
    at += is_quote(sign_at(context.text, at)) ? 1U : 0U;
    while (is_one_of(context.text.codes(at), particles)) {
        ++at;
    }
    return at;
}

/// «البنتاغون يعلن», «العراق يطالب»: a seat, or a country whose name is no feminine by its ending.
bool may_be_masculine(Context const& context, Draft const& draft) {
    std::string_view const name = name_codes(context, draft);
    Place const& place = context.gazetteer.place(draft.place);
    bool const feminine = name.back() == code(U'ه') || name.back() == code(U'ا');
    return is_seat(place) ||
           (!feminine && context.gazetteer.feature_class_of(draft.place) == FeatureClass::country);
}

/// «أن أمريكا وحلفاءها شنوا», «أن X ودول الجوار تشترك»: the verb is of several.
bool leads_allies(Context const& context, Draft const& draft) {
    constexpr std::size_t reach = 5;
    static std::string const plural = text::fold_key("وا");
    static std::string const has = text::fold_key("لديها");
    auto const& text = context.text;
    std::size_t at = draft.setting.phrase.end;
    std::string_view const ally = text.codes(at);
    if (!is_arabic_word(text, at) || ally.front() != code(U'و') || ally.size() <= 3) {
        return false;
    }
    for (++at; at < draft.setting.phrase.end + reach && is_arabic_word(text, at); ++at) {
        std::string_view const word = text.codes(at);
        bool const verb = (word.size() > 3 && word.front() == code(U'ت')) || word.ends_with(plural);
        if (word == has || (verb && !context.table.is_plain_word(word))) {
            return true;
        }
    }
    return false;
}

/// «تحارب», «ستبقى»: a feminine verb that is no cue and no common word («تحت»).
bool looks_feminine_verb(Context const& context, std::size_t at, std::size_t shortest) {
    CueHit const* const hit = context.cues.starting(at);
    std::string_view const word = context.text.codes(at);
    static std::string const future = text::fold_key("ست");
    bool const free = hit == nullptr || hit->word->happening != Happening::none;
    bool const feminine = !word.empty() && (word.front() == code(U'ت') || looks_feminine_perfect(word) ||
                                            (word.size() > 4 && word.starts_with(future)));
    return word.size() >= shortest && free && feminine && !context.table.is_plain_word(word) &&
           word.back() != code(U'ه');
}

/// «كما تعالج تركيا», «ستتمكن تركيا»: an imperfect that opens a clause, or one of the future. A country
/// alone, as a capital may be the object of either («تدخل دمشق»).
bool follows_imperfect(Context const& context, Draft const& draft, std::size_t at) {
    static std::string const future = text::fold_key("ست");
    static auto const openers = folded<8>({"كما", "بينما", "فيما", "حين", "حيث", "إذ", "عندما", "ماذا"});
    if (draft.place == no_place || context.gazetteer.feature_class_of(draft.place) != FeatureClass::country ||
        context.cues.ending(at) != nullptr || !looks_feminine_verb(context, at, 4)) {
        return false;
    }
    std::string_view const verb = context.text.codes(at);
    if (verb.starts_with(future) && verb.size() > 4) {
        return true;
    }
    constexpr std::size_t root = 3; // «تقسيم»: a noun by its form
    bool const noun = verb.size() > root && verb[root] == code(U'ي');
    bool const opens =
        at == 0 || sign_at(context.text, at - 1) != 0 || is_one_of(context.text.codes(at - 1), openers);
    return opens && !noun && verb.front() == code(U'ت') && verb.back() != code(U'ت');
}

} // namespace

bool can_stand_for_government(Context const& context, Draft const& draft) {
    Setting const& setting = draft.setting;
    bool const states = setting.type && setting.type->classes == class_bit(FeatureClass::country);
    if (draft.place == no_place || (setting.type && !states) || setting.nearness != Nearness::none ||
        setting.compass) {
        return false;
    }
    Place const& place = context.gazetteer.place(draft.place);
    auto const value = context.gazetteer.feature_class_of(draft.place);
    bool const many = states && setting.type->number != TypeWord::Number::one;
    return place.feature == "PPLC" || is_seat(place) || value == FeatureClass::country ||
           (value == FeatureClass::region && many);
}

bool follows_verb(Context const& context, Draft const& draft) {
    std::size_t at = draft.setting.phrase.begin;
    if (at > 0 && is_quote(sign_at(context.text, at - 1))) {
        --at;
    }
    if (at == 0 || draft.setting.conjunction) {
        return false;
    }
    std::string_view const before = context.text.codes(at - 1);
    // «جولة شملت مصر»: the place is the object.
    bool const takes_place = context.table.is_plain_word(before);
    // «أخطأت تركيا»: of a feminine plural the letter before the last would be a bare alef.
    bool const ends_in_hamza = context.text.source_text(at - 1).ends_with("أت");
    if (acts(context.cues.ending(at - 1)) ||
        ((looks_feminine_perfect(before) || ends_in_hamza) && !takes_place) || looks_transitive(before) ||
        follows_imperfect(context, draft, at - 1)) {
        return true;
    }
    constexpr std::size_t longest_pronoun = 5; // «عليها»
    bool const pronoun = before.size() <= longest_pronoun && !before.empty() &&
                         (before.back() == code(U'ه') || before.back() == code(U'ا'));
    if (at < 2 || !pronoun) {
        return false;
    }
    return acts(context.cues.ending(at - 2)) ||
           (is_preposition_with_pronoun(before) && looks_feminine_verb(context, at - 2, 4));
}

bool precedes_verb(Context const& context, Draft const& draft) {
    auto const& text = context.text;
    std::size_t at = draft.setting.phrase.end;
    bool const arabic = is_arabic_word(text, draft.tokens.begin);
    if (arabic && (is_possessor(context, draft) || follows_preposition(context, draft))) {
        return false;
    }
    bool const reported = arabic && follows_that(context, draft);
    if (reported && leads_allies(context, draft)) {
        return true;
    }
    // «أمريكا والحلفاء تشن»: one more subject between.
    CueHit const* const second = context.cues.starting(at + 1);
    std::string_view const ally = text.codes(at);
    if (second != nullptr && second->word->acts && second->clitics.length == 0 && ally.size() > 1 &&
        ally.front() == code(U'و') && has_article(ally.substr(1))) {
        ++at;
    }
    std::size_t const verb = arabic ? behind_particles(context, at) : at;
    CueHit const* const hit = context.cues.starting(verb);
    std::string_view const after = text.codes(verb);
    if (!arabic && after.size() > 3 && after.ends_with("ed")) {
        return true; // "Turkey moved …"
    }
    if (acts(hit)) {
        static std::string const future = text::fold_key("ست");
        return hit->clitics.length == 0 &&
               (!text::is_arabic(after.front()) || after.front() == code(U'ت') || after.starts_with(future) ||
                after.back() == code(U'ت') ||
                (after.front() == code(U'ي') && may_be_masculine(context, draft)));
    }
    if (reported) {
        static auto const modals = folded<3>({"يمكن", "يجب", "ينبغي"});
        static std::string const continues = text::fold_key("تزال");
        return looks_feminine_verb(context, verb, 3) || is_one_of(after, modals) || after == continues;
    }
    return looks_feminine_verb(context, verb, 4);
}

bool is_witness(Context const& context, Draft const& draft) {
    static std::string const particle = text::fold_key("قد");
    std::size_t const first = draft.setting.phrase.begin;
    std::size_t const end = draft.setting.phrase.end;
    std::size_t const verb = context.text.codes(end) == particle ? end + 1 : end;
    bool const with_pronoun = first > 1 && is_preposition_with_pronoun(context.text.codes(first - 1));
    return lives_through(first == 0 ? nullptr : context.cues.ending(first - 1)) ||
           (with_pronoun && lives_through(context.cues.ending(first - 2))) ||
           lives_through(context.cues.starting(verb));
}

bool is_urged(Context const& context, Draft const& draft) {
    static std::string const that = text::fold_key("أن");
    static auto const duties = folded<5>({"أن", "يجب", "ينبغي", "يتعين", "وأن"});
    static auto const towards = folded<2>({"إلى", "على"});
    auto const& text = context.text;
    std::string_view const next = text.codes(draft.setting.phrase.end);
    std::size_t const first = draft.setting.phrase.begin;
    if (draft.setting.link == Link::on) {
        // «على طهران أن تقبل», «أن على طهران الالتزام»
        bool const duty = first > 0 && is_one_of(text.codes(first - 1), duties);
        return next == that || (duty && has_article(next));
    }
    if (draft.setting.link != Link::none || !is_one_of(next, towards)) {
        return false;
    }
    constexpr std::size_t reach = 8;
    for (std::size_t at = first; at > 0 && first - at < reach; --at) {
        char const sign = sign_at(text, at - 1);
        if (sign != 0 && sign != ',' && !is_quote(sign)) {
            return false;
        }
        CueHit const* const hit = context.cues.starting(at - 1);
        if (hit != nullptr && hit->word->urges) {
            return true;
        }
    }
    return false;
}

bool owns_deed(Context const& context, Draft const& draft) {
    static std::string const on = text::fold_key("على");
    std::size_t const first = draft.setting.phrase.begin;
    if (first == 0 || first != draft.tokens.begin || draft.clitics.proclitics() > 0) {
        return false;
    }
    CueHit const* const before = context.cues.ending(first - 1);
    if (before == nullptr || before->clitics.article) {
        return false;
    }
    bool const country = context.gazetteer.feature_class_of(draft.place) == FeatureClass::country;
    bool const attack = before->word->strikes || before->word->happening == Happening::there;
    return (attack && context.text.codes(draft.setting.phrase.end) == on) ||
           (country && before->word->declares);
}

} // namespace kharita::geoparse
