#include <algorithm>
#include <array>
#include <string>

#include "geoparse/name_facts.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::MatchKind;
using text::code;

/// Ends as feminine words and plurals do.
bool is_feminine(std::string_view word) {
    constexpr std::size_t shortest = 4;
    return word.size() >= shortest &&
           (word.back() == code(U'ه') || (word.back() == code(U'ت') && word[word.size() - 2] == code(U'ا')));
}

/// «السورية», «التركية»: an adjective that looks like a country's name with an article.
bool is_adjective(Context const& context, Draft const& draft, NameFacts const& facts) {
    std::string_view const codes = name_codes(context, draft);
    if (draft.tokens.size() > 1 || codes.size() < 4) {
        return false;
    }
    char const last = codes.back();
    char const before = codes[codes.size() - 2];
    // «بالريف الشرقي», «الجبهة الجنوبية», «العاصمة القطرية»: agrees with the definite noun before it.
    CueHit const* const side = context.cues.starting(draft.tokens.begin);
    // «الجنسية السعودية»: a country whose name is an adjective too.
    bool const after_feminine =
        draft.tokens.begin > 0 && is_feminine(context.text.codes(draft.tokens.begin - 1));
    bool const sided =
        side != nullptr && side->word->compass && side->word->compass->form == Compass::Form::attribute;
    bool const relative = last == code(U'ي') || (last == code(U'ه') && before == code(U'ي'));
    // «أجهزة الأمن السعودية»: so does a country's after a noun of any gender.
    bool const country = (facts.classes & class_bit(FeatureClass::country)) != 0;
    bool const minor = facts.prominence <= 3;
    if ((sided || (relative && (minor || country || after_feminine))) && has_article(codes) &&
        draft.clitics.proclitics() == 0 && draft.tokens.begin > 0 &&
        is_definite(context.text.codes(draft.tokens.begin - 1))) {
        return true;
    }
    bool const ending =
        last == code(U'ي') || (before == code(U'ي') && (last == code(U'ه') || last == code(U'ا')));
    return ending && std::all_of(draft.candidates.begin(), draft.candidates.end(),
                                 [](gazetteer::Candidate const& candidate) {
                                     return candidate.kind == MatchKind::article;
                                 });
}

/// «مصادر», «فصائل»: a broken plural of five letters by its form; no verb («نقارب», «تفاعل») by its first.
bool is_broken_plural(std::string_view word) {
    constexpr std::size_t letters = 5;
    static std::string const no_first = text::fold_key("بلوكنتيا");
    static std::string const no_last = text::fold_key("ياهء");
    char const alef = code(U'ا');
    return word.size() == letters && word[2] == alef && word[1] != alef && word[3] != alef &&
           no_first.find(word.front()) == std::string::npos && no_last.find(word.back()) == std::string::npos;
}

/// «مصادر سورية», «مجموعات عمل سورية»: a plural before a country's name, of which that is the adjective.
bool follows_plural(Context const& context, std::size_t token) {
    auto const& text = context.text;
    if (token == 0 || context.cues.ending(token - 1) != nullptr) {
        return false;
    }
    std::string_view const before = text.codes(token - 1);
    if (is_broken_plural(before)) {
        return true;
    }
    std::string_view const farther = token < 2 ? std::string_view{} : text.codes(token - 2);
    bool const noun = is_arabic_word(text, token - 1) && !is_definite(before) && before.size() > 2 &&
                      !context.table.is_plain_word(before);
    return noun && is_feminine(farther) && farther.back() == code(U'ت') && !is_definite(farther) &&
           context.cues.ending(token - 2) == nullptr;
}

/// «الحروب تدمر البلاد», «أرضنا تدمر»: a verb behind its subject, where a clause begins with that or an
/// object follows.
bool is_verb(Context const& context, Draft const& draft) {
    auto const& text = context.text;
    std::size_t const name = draft.tokens.begin;
    if (draft.tokens.size() > 1 || draft.clitics.proclitics() > 0 || name == 0 ||
        !context.table.is_verb_too(name_codes(context, draft)) || !is_arabic_word(text, name - 1) ||
        context.cues.ending(name - 1) != nullptr) {
        return false;
    }
    static std::array<std::string, 4> const openers{text::fold_key("أن"), text::fold_key("لأن"),
                                                    text::fold_key("لكن"), text::fold_key("ولكن")};
    std::string_view const subject = text.codes(name - 1);
    bool const ours = subject.size() > 4 && subject.ends_with(text::fold_key("نا"));
    if (!is_definite(subject) && !ours) {
        return false;
    }
    std::string_view const farther = name < 2 ? std::string_view{} : text.codes(name - 2);
    bool const opens = name < 2 || sign_at(text, name - 2) != 0 ||
                       std::ranges::any_of(openers, [&](auto const& word) { return farther == word; });
    std::string_view const next = text.codes(draft.tokens.end);
    bool const relative =
        next.ends_with(code(U'ي')) || next.ends_with(text::fold_key("ية")); // «دخلت القوات تدمر الأثرية»
    return opens || (has_article(next) && !relative);
}

/// «عائلة سورية», «مواقع سورية معارضة»: a country's name that is an adjective here, agreeing with its noun.
bool agrees_with_noun(Context const& context, Draft const& draft, NameFacts const& facts) {
    Setting const& setting = draft.setting;
    std::string_view const codes = name_codes(context, draft);
    bool const bare = setting.phrase.begin == draft.tokens.begin && draft.clitics.proclitics() == 0;
    bool const many = setting.type && setting.type->number == TypeWord::Number::many;
    bool const typed =
        setting.type && !setting.quoted && (many || (setting.type->classes & facts.classes) == 0);
    if ((facts.classes & class_bit(FeatureClass::country)) == 0 || draft.tokens.size() > 1 ||
        codes.size() < 4 || codes.back() != code(U'ه') || codes[codes.size() - 2] != code(U'ي') ||
        !(bare || typed)) {
        return false;
    }
    if (draft.span.of(context.text.source()).starts_with("ال")) {
        return typed; // «توجه السعودية»: an adjective would be as indefinite as its noun
    }
    auto const feminine = [&](std::string_view word) { return is_feminine(word) && !has_article(word); };
    std::string_view const before =
        draft.tokens.begin == 0 ? std::string_view{} : context.text.codes(draft.tokens.begin - 1);
    std::string_view const after = context.text.codes(draft.tokens.end);
    bool const prefixed = !after.empty() && (after.front() == code(U'و') || after.front() == code(U'ب') ||
                                             after.front() == code(U'ل'));
    static std::string const that = text::fold_key("هذه"); // «هذه سورية» is no noun with its adjective
    return typed || (feminine(before) && !before.ends_with(that)) ||
           (feminine(after) && !prefixed && !before.empty()) || follows_plural(context, draft.tokens.begin);
}

/// An indefinite noun of relation in the accusative before it: «جنديا», «مدنيا», not «رعايا».
bool follows_accusative(Context const& context, std::size_t token) {
    constexpr std::size_t shortest = 5;
    static std::string const ending = text::fold_key("يا");
    std::string_view const before = token == 0 ? std::string_view{} : context.text.codes(token - 1);
    CueHit const* const cue = token == 0 ? nullptr : context.cues.ending(token - 1);
    if (cue != nullptr && cue->word->human) {
        return true; // «شابا تركيا»
    }
    if (before.size() < shortest || !before.ends_with(ending) || before[before.size() - 3] == code(U'ا') ||
        has_article(before) || context.table.is_plain_word(before) ||
        context.cues.ending(token - 1) != nullptr) {
        return false;
    }
    auto const places = context.gazetteer.named(context.text.source_text(token - 1)); // «روسيا بريطانيا»
    return std::none_of(places.begin(), places.end(), [&](gazetteer::Candidate const& each) {
        return context.gazetteer.feature_class_of(each.place) == FeatureClass::country;
    });
}

/// «مقتل 12 سوريا», «أصاب جنديا تركيا»: people of that country, counted or as the object.
bool counts_people(Context const& context, Draft const& draft, NameFacts const& facts) {
    auto const& text = context.text;
    std::string_view const codes = name_codes(context, draft);
    bool const accusative = codes.size() > 3 && codes.ends_with(text::fold_key("يا"));
    return accusative && draft.tokens.size() == 1 && draft.clitics.proclitics() == 0 &&
           draft.tokens.begin > 0 && (facts.classes & class_bit(FeatureClass::country)) != 0 &&
           (text.tokens()[draft.tokens.begin - 1].kind == text::Token::Kind::number ||
            follows_accusative(context, draft.tokens.begin));
}

/// «طائرات روسية وسورية»: one more adjective of nationality.
bool joins_nationality(Context const& context, Draft const& draft, NameFacts const& facts) {
    static std::string const article = text::fold_key("ال");
    std::size_t const name = draft.tokens.begin;
    std::string_view const codes = name_codes(context, draft);
    bool const relative = codes.size() > 3 && codes.ends_with(text::fold_key("ية"));
    bool const joined = draft.clitics.conjunction && draft.clitics.preposition == 0;
    if (!relative || !joined || draft.tokens.size() > 1 || name < 2 ||
        (facts.classes & class_bit(FeatureClass::country)) == 0) {
        return false;
    }
    std::string_view const before = context.text.codes(name - 1);
    return !has_article(before) && before.ends_with(text::fold_key("ية")) &&
           !context.table.nationality(article + std::string{before}).empty();
}

/// «سورياً»: names of places take no nunation.
bool has_nunation(std::string_view name) {
    return name.find("\u064B") != std::string_view::npos || name.find("\u064D") != std::string_view::npos;
}

/// «وزارة», «فتح»: the whole is a word of its own, so that nothing was put before a name.
bool is_whole_word(Context const& context, Draft const& draft) {
    if (draft.clitics.proclitics() == 0) {
        return false;
    }
    constexpr double surely_common = 0.02;
    std::string_view const whole = context.text.codes(draft.tokens.begin);
    CueHit const* const hit = context.cues.starting(draft.tokens.begin);
    return context.table.is_plain_word(whole) ||
           context.table.common_prior(whole).value_or(1) <= surely_common ||
           (hit != nullptr && hit->clitics.length == 0);
}

/// «دولة», «أن»: a word of the vocabulary that some place in the world is called too, unless the list of such
/// words knows it as a name.
bool is_function_word(Context const& context, Draft const& draft, NameFacts const& facts) {
    constexpr int known = 2;
    if (draft.tokens.size() > 1 || facts.prior || facts.prominence >= known) {
        return false;
    }
    std::string_view const name = name_codes(context, draft);
    CueHit const* const hit = context.cues.starting(draft.tokens.begin);
    bool const cue = hit != nullptr && hit->tokens.size() == 1 && !has_article(name) &&
                     hit->clitics.proclitics() == draft.clitics.proclitics() &&
                     (hit->word->type || hit->word->link != Link::none);
    return cue || context.table.is_plain_word(name);
}

/// «140 حسينية», «26 مسجدا»: a noun that is counted.
bool is_counted(Context const& context, Draft const& draft, NameFacts const& facts) {
    constexpr int well_known = 3;
    auto const before = draft.tokens.begin;
    return before > 0 && draft.tokens.size() == 1 && draft.clitics.proclitics() == 0 &&
           facts.prominence < well_known && !has_article(name_codes(context, draft)) &&
           context.text.tokens()[before - 1].kind == text::Token::Kind::number;
}

/// «على أنه» is not عليانة: words that stand for themselves are not run together.
bool joins_plain_words(Context const& context, Draft const& draft, NameFacts const& facts) {
    if (draft.tokens.size() < 2 || facts.best != MatchKind::joined) {
        return false;
    }
    for (std::size_t token = draft.tokens.begin; token < draft.tokens.end; ++token) {
        CueHit const* const hit = context.cues.starting(token);
        if (context.table.is_plain_word(context.text.codes(token)) ||
            (hit != nullptr && hit->clitics.length == 0 && hit->word->link != Link::none)) {
            return true;
        }
    }
    return false;
}

/// «تل» of «تل X», where the gazetteer does not know the whole: the first word alone names nothing.
bool is_head_of_longer_name(Context const& context, Draft const& draft) {
    CueHit const* const hit = context.cues.starting(draft.tokens.begin);
    std::size_t const next = draft.tokens.end;
    return draft.tokens.size() == 1 && hit != nullptr && hit->word->heads_name && hit->tokens.size() == 1 &&
           !hit->clitics.article && sign_at(context.text, next) == 0 && next < context.text.size() &&
           context.cues.starting(next) == nullptr;
}

/// «#أمطار_حمص»: a hashtag that names a topic, as tags below an article do. «#ريف_حمص» and «#خان_شيخون» are
/// places.
bool in_topic_tag(Context const& context, text::TokenRange name) {
    auto const& text = context.text;
    auto const joined = [&](std::size_t token) { return sign_at(text, token) == '_'; };
    std::size_t begin = name.begin;
    while (begin >= 2 && joined(begin - 1)) {
        begin -= 2;
    }
    if (begin == 0 || sign_at(text, begin - 1) != '#') {
        return false;
    }
    std::size_t end = name.end;
    while (joined(end) && end + 1 < text.size()) {
        end += 2;
    }
    for (std::size_t token = begin; token < end; ++token) {
        CueHit const* const cue = context.cues.starting(token);
        bool const tells_where =
            cue != nullptr && (cue->word->type || cue->word->compass ||
                               cue->word->nearness != Nearness::none || cue->word->link == Link::in);
        if (!joined(token) && !name.contains(token) && !tells_where) {
            return true;
        }
    }
    return false;
}

/// «الحلوة» of «عين الحلوة», where the gazetteer does not know the whole: another place of another name.
bool ends_longer_name(Context const& context, Draft const& draft, NameFacts const& facts) {
    constexpr int well_known = 3; // «عرب الأنبار» are Arabs of al-Anbar
    if (draft.tokens.begin == 0 || draft.clitics.proclitics() > 0 || facts.prominence >= well_known) {
        return false;
    }
    CueHit const* const head = context.cues.starting(draft.tokens.begin - 1);
    return head != nullptr && head->word->heads_name && head->tokens.size() == 1 && !head->clitics.article &&
           !head->clitics.lam_article && !head->word->type && head->word->nearness == Nearness::none &&
           head->word->bearer == Bearer::none;
}

} // namespace

bool is_misread(Context const& context, Draft const& draft, NameFacts const& facts) {
    // «سمعان» is not عمان behind the future's س, which stands before verbs only.
    bool const future = draft.clitics.preposition == code(U'س');
    return future || is_adjective(context, draft, facts) || is_head_of_longer_name(context, draft) ||
           ends_longer_name(context, draft, facts) || in_topic_tag(context, draft.tokens) ||
           is_whole_word(context, draft) || joins_plain_words(context, draft, facts) ||
           is_counted(context, draft, facts) || is_verb(context, draft) ||
           is_function_word(context, draft, facts) || has_nunation(draft.span.of(context.text.source()));
}

bool is_nationality(Context const& context, Draft const& draft, NameFacts const& facts) {
    return agrees_with_noun(context, draft, facts) || counts_people(context, draft, facts) ||
           joins_nationality(context, draft, facts);
}

} // namespace kharita::geoparse
