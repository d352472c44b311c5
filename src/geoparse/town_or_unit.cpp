#include "geoparse/town_or_unit.hpp"

#include <algorithm>

#include "geoparse/neighbours.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::Candidate;
using gazetteer::FeatureClass;

bool is_unit_class(FeatureClass value) {
    return value == FeatureClass::admin1 || value == FeatureClass::admin2 || value == FeatureClass::admin3;
}

bool is_called_town_behind(Context const& context, std::span<Draft const> drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    auto const& text = context.text;
    constexpr std::size_t reach = 15;
    std::size_t const next = index + 1 < drafts.size() ? drafts[index + 1].setting.phrase.begin : text.size();
    std::size_t const end = std::min({next, draft.tokens.end + reach, text.size()});
    for (std::size_t token = draft.setting.phrase.end; token < end; ++token) {
        if (text.sentence_of(token) != text.sentence_of(draft.tokens.begin)) {
            return false;
        }
        CueHit const* const hit = context.cues.starting(token);
        bool const definite = hit != nullptr && (hit->clitics.article || hit->clitics.lam_article);
        if (definite && hit->word->type && hit->word->type->number == TypeWord::Number::one &&
            hit->word->type->classes == class_bit(FeatureClass::settlement)) {
            return true;
        }
    }
    return false;
}

} // namespace

bool is_province_capital(Context const& context, TypeWord const& type, gazetteer::PlaceIndex place) {
    return is_unit_class(type.likeliest) && context.gazetteer.place(place).feature == "PPLA" &&
           context.gazetteer.feature_class_of(place) == FeatureClass::settlement;
}

bool is_too_great(Context const& context, TypeWord const& type, gazetteer::PlaceIndex place) {
    std::string_view const feature = context.gazetteer.place(place).feature;
    bool const is_city = feature == "PPLA" || feature == "PPLC";
    FeatureClass const value = context.gazetteer.feature_class_of(place);
    bool const is_unit = value == FeatureClass::country || value == FeatureClass::admin1;
    if (type.number == TypeWord::Number::many) {
        return false; // «قرى الجولان», «أحياء حلب»: those that it holds
    }
    return (type.is_village && (is_city || is_unit)) ||
           (type.likeliest == FeatureClass::neighbourhood && type.opens && is_unit);
}

bool is_no_province(TypeWord const& type, FeatureClass value) noexcept {
    return type.likeliest == FeatureClass::admin1 &&
           (value == FeatureClass::natural || value == FeatureClass::line);
}

std::string_view why_of_type(TypeWord const& type, FeatureClass value) {
    bool const town = value == FeatureClass::settlement || value == FeatureClass::neighbourhood;
    if (town && is_unit_class(type.likeliest)) {
        return "; its seat, for the unit of the type word";
    }
    if (town && type.likeliest == FeatureClass::facility) {
        return "; the town of that name, for what the type word says";
    }
    return "; type word agrees";
}

bool is_behind_its_city(Context const& context, Draft const& draft, Candidate const& province) {
    Place const& at = context.gazetteer.place(province.place);
    return std::ranges::any_of(draft.candidates, [&](Candidate const& each) {
        Place const& city = context.gazetteer.place(each.place);
        return context.gazetteer.feature_class_of(each.place) == FeatureClass::settlement &&
               each.kind <= province.kind && city.country == at.country && city.prominence > at.prominence;
    });
}

bool follows_office(Context const& context, Draft const& draft) {
    std::size_t const first = draft.setting.phrase.begin;
    CueHit const* const before = first == 0 ? nullptr : context.cues.ending(first - 1);
    return before != nullptr && before->word->meets;
}

Sense sense_of(Context const& context, std::span<Draft const> drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    Setting const& setting = draft.setting;
    if (setting.heading) {
        return Sense::heading;
    }
    if (setting.nearness == Nearness::countryside) {
        return Sense::countryside;
    }
    if (setting.belongs && !setting.distance && !setting.compass && setting.nearness == Nearness::none) {
        return Sense::countryside; // «التابعة لـX»: to the unit of that name
    }
    if (setting.compass) {
        return setting.compass->form == Compass::Form::noun ? Sense::compass_noun : Sense::compass_adjective;
    }
    if (setting.nearness != Nearness::none) {
        return Sense::near; // «قلب درعا» and «قرب درعا» are said of towns
    }
    if (!draft.binds) {
        std::string_view const name = draft.span.of(context.text.source());
        return !name.empty() && static_cast<unsigned char>(name.front()) < 0x80 ? Sense::bare_latin
                                                                                : Sense::bare;
    }
    // What it binds tells: a quarter lies in a city, a village in a province.
    bool quarters = false;
    auto const [begin, end] = drafts_near(index, drafts.size());
    for (std::size_t i = begin; i < end; ++i) {
        Draft const& bound = drafts[i];
        if (bound.scope == index && bound.bond == Bond::stated) {
            bool const typed = bound.setting.type.has_value();
            quarters =
                quarters || (typed && bound.setting.type->likeliest == FeatureClass::neighbourhood) ||
                (!typed && !bound.candidates.empty() &&
                 std::all_of(bound.candidates.begin(), bound.candidates.end(), [&](Candidate const& c) {
                     auto const value = context.gazetteer.feature_class_of(c.place);
                     return value == FeatureClass::neighbourhood || value == FeatureClass::facility;
                 }));
        }
    }
    return quarters ? Sense::of_quarter : Sense::of_settlement;
}

bool is_town_by_context(Context const& context, std::span<Draft const> drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    constexpr std::size_t reach = 60; // tokens: a paragraph
    std::string_view const source = context.text.source();
    std::size_t const begin = drafts_near(index, drafts.size()).begin;
    for (std::size_t i = index; i-- > begin;) {
        Draft const& before = drafts[i];
        if (draft.tokens.begin - before.tokens.end > reach) {
            break;
        }
        if (before.span.of(source) == draft.span.of(source)) {
            auto const& type = before.setting.type;
            return type && type->likeliest == FeatureClass::settlement && !before.setting.type_of_list;
        }
    }
    return is_called_town_behind(context, drafts, index);
}

bool is_called_after(Draft const& draft, FeatureClass value) {
    auto const& type = draft.setting.type;
    return type && (value == FeatureClass::settlement || value == FeatureClass::neighbourhood) &&
           type->likeliest != value &&
           (type->likeliest == FeatureClass::facility || type->likeliest == FeatureClass::natural ||
            type->likeliest == FeatureClass::neighbourhood);
}

} // namespace kharita::geoparse
