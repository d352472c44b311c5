#include "geoparse/called_after.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

bool opens_quote(char sign) {
    return is_quote(sign) || sign == '(';
}

bool closes_quote(char sign) {
    return is_quote(sign) || sign == ')';
}

/// The cue right before a token, a quotation mark between them or not.
CueHit const* cue_before(Context const& context, std::size_t token) {
    std::size_t const at = token > 0 && opens_quote(sign_at(context.text, token - 1)) ? token - 1 : token;
    return at == 0 ? nullptr : context.cues.ending(at - 1);
}

/// «إعلان أنقرة أنها …», «إعلان أنقرة أمس عزمها …»: it is the place that declares.
bool goes_on_as_speech(Context const& context, std::size_t token) {
    static std::array<std::string, 3> const words{text::fold_key("أن"), text::fold_key("بأن"),
                                                  text::fold_key("عن")};
    static std::string const her = text::fold_key("ها");
    constexpr std::size_t reach = 2;
    for (std::size_t at = token; at < token + reach; ++at) {
        std::string_view const next = context.text.codes(at);
        if (next.ends_with(her) ||
            std::ranges::any_of(words, [&](std::string const& word) { return next == word; })) {
            return true;
        }
    }
    return false;
}

/// «اتفاق واشنطن وأنقرة»: two who agree.
bool is_of_two(Context const& context, std::size_t token) {
    static constexpr std::string_view conjunction = "و";
    std::string_view const next = context.text.source_text(token);
    if (!next.starts_with(conjunction) || next.size() == conjunction.size()) {
        return false;
    }
    auto const places = context.gazetteer.named(next.substr(conjunction.size()));
    return std::ranges::any_of(places, [&](gazetteer::Candidate const& each) {
        return each.kind <= gazetteer::MatchKind::folded &&
               (context.gazetteer.place(each.place).feature == "PPLC" ||
                context.gazetteer.feature_class_of(each.place) == FeatureClass::country);
    });
}

/// «بيان جنيف», «اتفاق الطائف»; a country signs and declares itself.
bool is_paper(Context const& context, Draft const& draft) {
    Setting const& setting = draft.setting;
    if (draft.clitics.proclitics() > 0 || setting.type || setting.heading) {
        return false;
    }
    CueHit const* const before = cue_before(context, draft.tokens.begin);
    return before != nullptr && before->word->is_paper && !before->clitics.article &&
           !(before->word->declares && goes_on_as_speech(context, draft.tokens.end)) &&
           !is_of_two(context, draft.tokens.end);
}

/// «جنيف2», «"جنيف 2"», «جنيف (2)», «مؤتمر موسكو 3»: the second of that name.
bool is_numbered(Context const& context, Draft const& draft) {
    auto const& text = context.text;
    constexpr std::size_t reach = 2; // «جنيف - 3», «جنيف (1)»
    std::size_t at = draft.tokens.end;
    std::size_t const last = at + reach;
    bool bracket = false;
    while (at < last && (sign_at(text, at) == '-' || sign_at(text, at) == '(')) {
        bracket = bracket || sign_at(text, at) == '(';
        ++at;
    }
    bool const digit =
        at < text.size() && text.tokens()[at].kind == text::Token::Kind::number && text.codes(at).size() == 1;
    if (!digit) {
        return false;
    }
    char const before = draft.tokens.begin == 0 ? '\0' : sign_at(text, draft.tokens.begin - 1);
    bool const quoted = opens_quote(before) && closes_quote(sign_at(text, at + 1));
    bool const glued = at == draft.tokens.end && !text.tokens()[at].space_before;
    CueHit const* const cue = cue_before(context, draft.tokens.begin);
    bool const met = cue != nullptr && (cue->word->meets || cue->word->is_paper);
    return quoted || glued || met || (bracket && sign_at(text, at + 1) == ')');
}

/// «صفحة «حلب تنادي»»: words of titles before a quotation of several words that the name is part of.
bool is_in_title(Context const& context, Draft const& draft) {
    auto const& text = context.text;
    constexpr std::size_t longest = 6;
    std::size_t open = draft.tokens.begin;
    while (open > 0 && draft.tokens.begin - open < longest && sign_at(text, open - 1) == 0) {
        --open;
    }
    std::size_t close = draft.tokens.end;
    while (close < draft.tokens.end + longest && close < text.size() && sign_at(text, close) == 0) {
        ++close;
    }
    // «باسم «المحاصرين في سراقب»»: where somebody is.
    bool const located = draft.setting.link == Link::in || draft.setting.link == Link::on;
    bool const whole = located || (open == draft.tokens.begin && close == draft.tokens.end);
    if (whole || open < 2 || !is_quote(sign_at(text, open - 1)) || !is_quote(sign_at(text, close))) {
        return false;
    }
    CueHit const* const before = context.cues.ending(open - 2);
    return before != nullptr && before->word->titles;
}

} // namespace

bool is_called_after_place(Context const& context, Draft const& draft, NameFacts const& facts) {
    bool const town = (facts.classes & class_bit(FeatureClass::settlement)) != 0 &&
                      (facts.classes & class_bit(FeatureClass::country)) == 0;
    // «قالت «الشرق الأوسط»» is the newspaper.
    bool const newspaper = facts.classes == class_bit(FeatureClass::region) &&
                           is_quoted_alone(context, draft) &&
                           context.gazetteer.place(draft.candidates.front().place).country.empty();
    return newspaper || is_in_title(context, draft) ||
           (town && (is_paper(context, draft) || is_numbered(context, draft)));
}

bool is_quoted_alone(Context const& context, Draft const& draft) {
    return draft.tokens.begin > 0 && is_quote(sign_at(context.text, draft.tokens.begin - 1)) &&
           is_quote(sign_at(context.text, draft.tokens.end));
}

} // namespace kharita::geoparse
