#include "geoparse/coordination.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "geoparse/neighbours.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

bool is_and(std::string_view codes) {
    static std::string const arabic = text::fold_key("و");
    static std::string const then = text::fold_key("ثم");
    static std::string const both = text::fold_key("وكذلك");
    return codes == arabic || codes == "and" || codes == then || codes == both || codes == "&";
}

/// «التي», «الذي» before what tells where the place before it lies.
bool is_relative_pronoun(std::string_view codes) {
    static std::array<std::string, 4> const pronouns{text::fold_key("التي"), text::fold_key("الذي"),
                                                     text::fold_key("اللتين"), text::fold_key("اللتان")};
    return std::find(pronouns.begin(), pronouns.end(), codes) != pronouns.end();
}

/// «بلدة A ومعسكرها جنوب D»: something of the place before.
bool is_its_part(Context const& context, std::size_t token) {
    constexpr std::size_t shortest = 6;
    static std::string const her = text::fold_key("ها");
    std::string_view const codes = context.text.codes(token);
    return codes.size() >= shortest && codes.front() == text::code(U'و') && codes.ends_with(her);
}

/// Whether a word between a place and the words of scope `second` belongs to either: «X التي تتبع D», «X
/// ومعسكرها جنوب D».
bool leads_to_scope(Context const& context, Setting const& second, std::size_t token, std::size_t begin) {
    bool const relative =
        second.belongs && token + 1 == second.phrase.begin && is_relative_pronoun(context.text.codes(token));
    bool const part =
        sign_at(context.text, token) == 0 && token == begin && second.compass && is_its_part(context, token);
    return relative || part;
}

/// A definite adjective that may stand between a name and what binds it («عفرين المحتلة شمالي …»).
bool is_adjective(Context const& context, std::size_t token) {
    return has_article(context.text.codes(token)) && context.cues.starting(token) == nullptr;
}

} // namespace

Gap gap_between(Context const& context, Setting const& first, Setting const& second) {
    std::size_t const begin = first.phrase.end;
    std::size_t const end = second.phrase.begin;
    if (begin > end) {
        return Gap::other;
    }
    bool separated = second.conjunction;
    bool bracket = false;
    std::size_t adjectives = 0;
    for (std::size_t token = begin; token < end; ++token) {
        char const sign = sign_at(context.text, token);
        bool const conjunction = sign == 0 && is_and(context.text.codes(token));
        if (conjunction || sign == ',' || sign == '/' || sign == '-') {
            separated = true;
        } else if (leads_to_scope(context, second, token, begin)) {
            continue;
        } else if (sign == '(') {
            bracket = true;
        } else if (sign == 0 && adjectives < 2 && !separated && is_adjective(context, token)) {
            ++adjectives;
        } else if (!is_quote(sign) && sign != ')' && sign != '_' && sign != '#') {
            return Gap::other;
        }
    }
    if (bracket && !separated) {
        return Gap::bracket;
    }
    return separated ? Gap::separator : Gap::nothing;
}

bool coordinates(Context const& context, Setting const& first, Setting const& second) {
    if (gap_between(context, first, second) != Gap::separator || second.belongs || second.role) {
        return false;
    }
    if (second.heading || first.heading) {
        return false;
    }
    // «بريف A وB» goes on inside the scope; «A وريف B» opens another phrase of its own.
    bool const relative = second.nearness == Nearness::countryside || second.compass.has_value();
    bool const first_relative = first.nearness == Nearness::countryside || first.compass.has_value();
    return (!relative || first_relative) && (second.link == Link::none || second.link == first.link);
}

namespace {

/// «A (ريف D) وB»: the list goes on behind the bracket, with the words before A and none of those inside.
bool is_behind_bracket(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    if (index < 2 ||
        gap_between(context, drafts[index - 2].setting, drafts[index - 1].setting) != Gap::bracket) {
        return false;
    }
    std::size_t const end = drafts[index].setting.phrase.begin;
    for (std::size_t token = drafts[index - 1].setting.phrase.end; token < end; ++token) {
        if (sign_at(context.text, token) == ')') {
            return true;
        }
    }
    return false;
}

/// «كوباني (عين العرب)»: one place may bear both names; «النبك (ريف دمشق)»: it lies in the unit.
bool may_be_same(Context const& context, Draft const& first, Draft const& second) {
    bool const unit = !second.candidates.empty() &&
                      std::ranges::all_of(second.candidates, [&](gazetteer::Candidate const& each) {
                          return is_wide(context.gazetteer.feature_class_of(each.place));
                      });
    return !unit || first.candidates.empty() ||
           std::ranges::any_of(first.candidates, [&](gazetteer::Candidate const& each) {
               return std::ranges::find(second.candidates, each.place, &gazetteer::Candidate::place) !=
                      second.candidates.end();
           });
}

/// «غارات على A وروسيا تعلن …»: behind a smaller place, a government that acts in the present opens a clause
/// of its own.
bool opens_clause(Context const& context, Draft const& before, Draft const& draft) {
    CueHit const* const verb = context.cues.starting(draft.setting.phrase.end);
    bool const acts = verb != nullptr && verb->word->acts && verb->clitics.length == 0 &&
                      context.text.codes(draft.setting.phrase.end).front() == text::code(U'ت');
    bool const many = before.setting.type && before.setting.type->number != TypeWord::Number::one;
    auto const governs = [&](gazetteer::Candidate const& each) {
        return context.gazetteer.feature_class_of(each.place) == gazetteer::FeatureClass::country ||
               context.gazetteer.place(each.place).feature == "PPLC";
    };
    return acts && !many && std::ranges::any_of(draft.candidates, governs) &&
           std::ranges::none_of(before.candidates, governs);
}

} // namespace

void form_lists(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        drafts[i].list = i == 0 ? 0 : drafts[i - 1].list + 1;
        if (i == 0) {
            continue;
        }
        Draft& draft = drafts[i];
        Draft const& before = drafts[i - 1];
        if (gap_between(context, before.setting, draft.setting) == Gap::bracket &&
            draft.setting.phrase.begin == draft.tokens.begin &&
            sign_at(context.text, draft.setting.phrase.end) == ')' && may_be_same(context, before, draft)) {
            draft.apposition = i - 1;
        }
        if (!coordinates(context, before.setting, draft.setting) || opens_clause(context, before, draft)) {
            continue;
        }
        Draft const& first = is_behind_bracket(context, drafts, i) ? drafts[i - 2] : before;
        draft.list = first.list;
        Setting const& head = first.setting;
        bool const shared = head.type && (head.type->number != TypeWord::Number::one);
        if (shared && !draft.setting.type) {
            draft.setting.type = head.type;
            draft.setting.type_of_list = true;
        }
        if (draft.setting.phrase.begin == draft.tokens.begin) {
            // «في A وB», «بريفي A وB», «قرب A وB»: the words before the first hold for all.
            draft.setting.link = draft.setting.link == Link::none ? head.link : draft.setting.link;
            draft.setting.nearness = head.nearness;
            draft.setting.compass = head.compass;
            draft.setting.governed = draft.setting.governed || head.governed;
            draft.setting.role = head.role;
        }
    }
}

namespace {

bool may_be(Context const& context, Draft const& draft, auto const& is) {
    return std::ranges::any_of(draft.candidates, [&](gazetteer::Candidate const& candidate) {
        return is(context.gazetteer.feature_class_of(candidate.place),
                  context.gazetteer.place(candidate.place).feature);
    });
}

/// «التعاون القائم بين», «محادثات بين»
bool follows_tie(Context const& context, std::size_t phrase) {
    constexpr std::size_t reach = 3;
    for (std::size_t token = phrase; token > 0 && phrase - token < reach; --token) {
        CueHit const* const hit = context.cues.starting(token - 1);
        if (sign_at(context.text, token - 1) != 0) {
            return false;
        }
        if (hit != nullptr && (hit->word->tie || hit->word->meets || hit->word->is_paper)) {
            return true;
        }
    }
    return false;
}

} // namespace

void drop_false_between(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (drafts[i].setting.nearness != Nearness::between) {
            continue;
        }
        std::size_t end = i + 1;
        while (end < drafts.size() && drafts[end].list == drafts[i].list) {
            ++end;
        }
        auto const members = std::span{drafts}.subspan(i, end - i);
        bool const country = std::ranges::any_of(members, [&](Draft const& each) {
            return may_be(context, each, [](gazetteer::FeatureClass value, std::string_view) {
                return value == gazetteer::FeatureClass::country;
            });
        });
        bool const capitals = std::ranges::all_of(members, [&](Draft const& each) {
            return may_be(context, each, [](gazetteer::FeatureClass, std::string_view feature) {
                return feature == "PPLC";
            });
        });
        bool const space = members.size() == 2 && !country && !capitals &&
                           !follows_tie(context, drafts[i].setting.phrase.begin);
        for (Draft& each : members) {
            // «بين مدينة X وقرية Y»: the second has a type word of its own.
            bool const own =
                each.setting.nearness != Nearness::none && each.setting.nearness != Nearness::between;
            if (!own && !each.setting.compass) {
                each.setting.nearness = space ? Nearness::between : Nearness::none;
            }
        }
        i = end - 1;
    }
}

} // namespace kharita::geoparse
