#include "geoparse/roles.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "geoparse/coordination.hpp"
#include "geoparse/governments.hpp"
#include "geoparse/neighbours.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::no_place;

/// «وصل دمشق», «غادر بغداد»: somebody comes there or leaves. «تحركت أنقرة» acts, feminine as capitals are.
bool is_gone_to(Context const& context, Draft const& draft) {
    std::size_t const first = draft.setting.phrase.begin;
    CueHit const* before = first == 0 ? nullptr : context.cues.ending(first - 1);
    bool const goes = before != nullptr && before->word->happening != Happening::none;
    // «زار المبعوث بكين»: who visits stands between.
    if (!goes && first > 1 && is_definite(context.text.codes(first - 1))) {
        before = context.cues.ending(first - 2);
        return before != nullptr && before->word->happening == Happening::visited;
    }
    if (before == nullptr) {
        return false;
    }
    Happening const happening = before->word->happening;
    return happening == Happening::left_it || happening == Happening::visited ||
           (happening == Happening::moved && context.text.codes(first - 1).back() != text::code(U'ت'));
}

/// The country that most towns and smaller places of the text lie in; empty where it names none.
std::string_view main_country(Context const& context, std::vector<Draft> const& drafts) {
    std::map<std::string_view, int> counts;
    for (Draft const& draft : drafts) {
        if (draft.place != no_place && !is_seat(context.gazetteer.place(draft.place)) &&
            context.gazetteer.place(draft.place).feature != "PPLL" && // where states meet, as Camp David
            !context.gazetteer.place(draft.place).country.empty() &&
            context.gazetteer.place(draft.place).feature != "PPLC" &&
            context.gazetteer.feature_class_of(draft.place) != FeatureClass::country) {
            ++counts[context.gazetteer.place(draft.place).country];
        }
    }
    auto const most = std::max_element(counts.begin(), counts.end(),
                                       [](auto const& a, auto const& b) { return a.second < b.second; });
    return most == counts.end() ? std::string_view{} : most->first;
}

/// «قلق باريس من …», «بين موسكو وطهران»: a capital of another country than the text is about, with no word
/// that makes it a place where something is or goes. «مؤتمر القاهرة» was held there.
bool speaks_abroad(Context const& context, Draft const& draft, std::string_view home) {
    Setting const& setting = draft.setting;
    Place const& place = context.gazetteer.place(draft.place);
    bool const free = setting.link == Link::none || setting.link == Link::with;
    bool const between = setting.nearness == Nearness::none || setting.nearness == Nearness::between;
    if ((place.feature != "PPLC" && !is_seat(place)) || place.country == home || is_gone_to(context, draft) ||
        !free || !between || setting.compass || setting.type || draft.binds || setting.heading ||
        draft.apposition) {
        return false;
    }
    std::size_t const first = setting.phrase.begin;
    if (first == 0 || setting.quoted || sign_at(context.text, first - 1) == '(') {
        return false;
    }
    // «العاصمة الكازاخية أستانة», «مؤتمر القاهرة»: a place after all.
    CueHit const* const before = context.cues.ending(first - 1);
    CueHit const* const farther = first < 2 ? nullptr : context.cues.ending(first - 2);
    bool const described = (before != nullptr && (before->word->type || before->word->meets)) ||
                           (farther != nullptr && farther->word->type);
    return !described;
}

/// «روسيا: الغارات لا تكفي»: a country heads a text about another, and speaks.
bool speaks_in_heading(Context const& context, Draft const& draft, std::string_view home) {
    std::size_t const end = draft.setting.phrase.end;
    char const sign = sign_at(context.text, end);
    bool const country =
        draft.place != no_place && context.gazetteer.feature_class_of(draft.place) == FeatureClass::country;
    bool const speaks = sign == ':' || (country && sign == '.'); // «بيروت - رويترز» is a dateline
    return speaks && draft.setting.heading && !home.empty() && can_stand_for_government(context, draft) &&
           context.gazetteer.place(draft.place).country != home && !draft.binds;
}

/// «العاصمة السورية دمشق»: named as the town that it is.
bool is_called_town(Context const& context, Draft const& draft) {
    std::size_t const first = draft.setting.phrase.begin;
    CueHit const* const farther = first < 2 ? nullptr : context.cues.ending(first - 2);
    return farther != nullptr && farther->word->type &&
           farther->word->type->likeliest == FeatureClass::settlement &&
           !context.table.nationality(context.text.codes(first - 1)).empty();
}

/// «مع تركيا», and not «بين تركيا», «مثل تركيا».
bool is_with(Context const& context, Draft const& draft) {
    static std::string const with = text::fold_key("مع");
    static std::string const and_with = text::fold_key("ومع");
    std::string_view const first = context.text.codes(draft.setting.phrase.begin);
    return draft.setting.link == Link::with && (first == with || first == and_with);
}

/// «الحدود السورية مع تركيا»: how far a border reaches, and no partner.
bool is_across_border(Context const& context, Draft const& draft) {
    constexpr std::size_t reach = 5;
    std::size_t const first = draft.setting.phrase.begin;
    for (std::size_t at = first + 1; at > 0 && first + 1 - at < reach; --at) {
        CueHit const* const hit = context.cues.starting(at - 1);
        if (hit != nullptr && (hit->word->border || hit->word->frontier)) {
            return true;
        }
    }
    return false;
}

bool is_metonym(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    if (!can_stand_for_government(context, draft) || is_gone_to(context, draft) || draft.binds ||
        draft.setting.heading) {
        return false;
    }
    if (is_called_town(context, draft)) {
        return false;
    }
    bool const partner = is_with(context, draft) && !is_across_border(context, draft);
    if (draft.setting.governed || partner || is_urged(context, draft) || owns_deed(context, draft)) {
        return true;
    }
    if (draft.setting.link != Link::none && draft.setting.link != Link::with) {
        return false;
    }
    if (is_witness(context, draft)) {
        return false;
    }
    bool const subject = draft.setting.link == Link::none; // «حدود X مع Y هددت»: not of Y
    if (follows_verb(context, draft) || (subject && precedes_verb(context, draft))) {
        return true;
    }
    if (index == 0 || drafts[index - 1].role != Role::metonym) {
        return false;
    }
    // The object of the verb («حذرت واشنطن أنقرة»), or one more subject.
    Gap const gap = gap_between(context, drafts[index - 1].setting, draft.setting);
    return gap == Gap::nothing || drafts[index - 1].list == draft.list;
}

/// «انطلاقا من»
bool ends_in_from(Context const& context, CueHit const& hit) {
    static std::string const from = text::fold_key("من");
    return context.text.codes(hit.tokens.end - 1) == from;
}

/// «مصدرها مواقع قوات النظام في X»: a cue of origin some words before, in the same clause.
bool is_distant_origin(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    constexpr std::size_t reach = 6;
    Draft const& draft = drafts[index];
    // «مصدرها مواقع النظام في X», «مصدرها الفصائل من X»
    bool const is_there = draft.setting.link == Link::in || draft.setting.link == Link::from ||
                          draft.setting.role == Role::other;
    if (!is_there) {
        return false;
    }
    std::size_t const end = draft.setting.phrase.begin;
    std::size_t const last = index == 0 ? 0 : drafts[index - 1].tokens.end;
    for (std::size_t token = end; token > last && end - token < reach; --token) {
        char const sign = sign_at(context.text, token - 1);
        if (sign != 0 && !is_quote(sign)) {
            return false;
        }
        CueHit const* const hit = context.cues.starting(token - 1);
        constexpr std::size_t base = 3; // «انطلاقا من قاعدة عسكرية في X»
        bool const whole = hit != nullptr && (hit->tokens.size() == 1 ||
                                              (ends_in_from(context, *hit) && end - hit->tokens.end < base));
        if (whole && hit->word->role == Role::origin) {
            return true;
        }
    }
    return false;
}

/// «قصفت المدفعية من X بلدة Y», «وصلت تعزيزات من X», «غادر X»: a verb of fire or movement in the same clause.
/// «قصف أحياء من X» are parts of it.
bool is_left(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    auto const& text = context.text;
    std::size_t const reach = draft.setting.type ? 10 : 8;
    std::size_t const end = draft.setting.phrase.begin;
    if (draft.setting.link != Link::from) {
        CueHit const* const verb = end == 0 ? nullptr : context.cues.ending(end - 1);
        return draft.setting.link == Link::none && !draft.setting.conjunction && verb != nullptr &&
               verb->word->happening == Happening::left_it;
    }
    if (draft.setting.nearness == Nearness::countryside || draft.binds) {
        return false;
    }
    std::size_t const last = index == 0 ? 0 : drafts[index - 1].tokens.end;
    CueHit const* const before = end == 0 ? nullptr : context.cues.ending(end - 1);
    bool const is_part = before != nullptr && (before->word->type || before->word->link != Link::none);
    for (std::size_t token = end; token > last && end - token < reach && !is_part; --token) {
        char const sign = sign_at(text, token - 1);
        if (sign != 0 && !is_quote(sign)) {
            return false;
        }
        CueHit const* const hit = context.cues.starting(token - 1);
        if (hit == nullptr) {
            continue;
        }
        Happening const happening = hit->word->happening;
        // «ضربات جوية من قاعدة X»: from a base, fire of any name.
        bool const base = draft.place != no_place && happening == Happening::there &&
                          (context.gazetteer.place(draft.place).feature == "AIRB" ||
                           context.gazetteer.place(draft.place).feature == "INSM");
        bool const fires = base || happening == Happening::fired;
        // Who fires stands between, with the article; without it, what is fired at («مناطق من X»).
        bool const by_them =
            token == end || is_definite(text.codes(end - 1)) || !is_arabic_word(text, draft.tokens.begin);
        // «أطلقت بوارج من X صواريخ»: what is launched leaves, whoever launches it.
        bool const leaves = happening == Happening::moved || happening == Happening::left_it ||
                            happening == Happening::launched;
        if (leaves || (fires && (by_them || base))) {
            return true;
        }
    }
    return false;
}

/// «من X على Y», «من X باتجاه Y»
bool leads_from(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    constexpr std::size_t reach = 4;
    Draft const& draft = drafts[index];
    if (draft.setting.link != Link::from || draft.binds || index + 1 >= drafts.size() ||
        draft.setting.nearness == Nearness::countryside) {
        return false;
    }
    Draft const& next = drafts[index + 1];
    // «من X على نهر Y» says where X is.
    bool const beside = next.setting.type && next.setting.type->likeliest == gazetteer::FeatureClass::natural;
    bool const towards = next.setting.role == Role::heading || (next.setting.link == Link::on && !beside);
    std::size_t const begin = draft.setting.phrase.end;
    return towards && begin <= next.setting.phrase.begin && next.setting.phrase.begin - begin < reach &&
           context.text.sentence_of(draft.tokens.begin) == context.text.sentence_of(next.tokens.begin);
}

/// «تعرضت تركيا»: it happened to it, and not somewhere in it.
bool suffers(Context const& context, Draft const& draft) {
    auto const suffered = [](CueHit const* hit) {
        return hit != nullptr && hit->word->happening == Happening::suffered;
    };
    std::size_t const first = draft.setting.phrase.begin;
    return suffered(first == 0 ? nullptr : context.cues.ending(first - 1)) ||
           suffered(context.cues.starting(draft.setting.phrase.end));
}

/// «شهدته تركيا», «تعرضت لها تركيا»: what it lived through was told before.
bool follows_object(Context const& context, Draft const& draft) {
    static std::string const her = text::fold_key("ها");
    std::size_t const first = draft.setting.phrase.begin;
    std::string_view const before = first == 0 ? std::string_view{} : context.text.codes(first - 1);
    return before.ends_with(her) || before.ends_with(text::code(U'ه'));
}

/// A province or country that is only named to say where the smaller places of its sentence lie.
bool frames(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    // «شهدت تونس هجوما في مدينة X»
    bool const located =
        draft.setting.link == Link::in ||
        (is_witness(context, draft) && !follows_object(context, draft) && !suffers(context, draft));
    if (draft.place == no_place || !located) {
        return false;
    }
    auto const value = context.gazetteer.feature_class_of(draft.place);
    if (value != FeatureClass::country && value != FeatureClass::admin1 && value != FeatureClass::admin2 &&
        value != FeatureClass::admin3) {
        return false;
    }
    auto const sentence = context.text.sentence_of(draft.tokens.begin);
    return std::any_of(drafts.begin(), drafts.end(), [&](Draft const& other) {
        // A town named like its province is not framed by it.
        return other.place != no_place && other.place != draft.place &&
               other.span.of(context.text.source()) != draft.span.of(context.text.source()) &&
               context.text.sentence_of(other.tokens.begin) == sentence &&
               context.gazetteer.is_within(other.place, draft.place) &&
               context.gazetteer.feature_class_of(other.place) >= FeatureClass::settlement;
    });
}

/// «الرمادي عاصمة الأنبار»: the province or country of which a place is the capital.
bool is_ruled_from(Context const& context, Draft const& draft) {
    if (draft.place == no_place || !draft.setting.type ||
        draft.setting.type->likeliest != FeatureClass::settlement) {
        return false;
    }
    auto const value = context.gazetteer.feature_class_of(draft.place);
    return value == FeatureClass::country || value == FeatureClass::admin1;
}

/// «واشنطن وأنقرة اتفقتا», "Lebanon and Jordan closed …": the verb behind the last subject is of all.
void join_subjects(Context const& context, std::vector<Draft>& drafts) {
    for (std::size_t i = drafts.size(); i-- > 1;) {
        Draft& draft = drafts[i - 1];
        bool const listed = draft.list == drafts[i].list && drafts[i].role == Role::metonym;
        if (listed && draft.role == Role::other && draft.setting.link == Link::none &&
            can_stand_for_government(context, draft) && !draft.binds) {
            draft.role = Role::metonym;
        }
    }
}

/// «من حاجز A وB وC على D»: what «و» adds at once to a place of origin is one more; «من الضفة الغربية لنهر A»
/// names the bank of a river.
bool adds_to_origin(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    if (index == 0 || drafts[index - 1].role != Role::origin || draft.setting.role) {
        return false;
    }
    Gap const gap = gap_between(context, drafts[index - 1].setting, draft.setting);
    std::size_t const end = drafts[index - 1].setting.phrase.end;
    auto const value = draft.place == no_place
                           ? std::nullopt
                           : std::optional{context.gazetteer.feature_class_of(draft.place)};
    bool const natural = value == gazetteer::FeatureClass::natural || value == gazetteer::FeatureClass::line;
    bool const has_bank =
        natural && draft.tokens.begin == end + 1 && context.text.codes(end).starts_with(text::code(U'ل'));
    return has_bank ||
           (gap == Gap::separator && draft.setting.conjunction && draft.setting.link == Link::none);
}

} // namespace

namespace {

/// «جولة شملت القاهرة وطهران»: what is said of the first of a list holds for all.
bool is_on_tour(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    std::size_t first = index;
    while (first > 0 && drafts[first - 1].list == drafts[index].list) {
        --first;
    }
    return first < index && is_gone_to(context, drafts[first]);
}

} // namespace

void assign_roles(Context const& context, std::vector<Draft>& drafts) {
    std::string_view const home = main_country(context, drafts);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        // «مصدرها مواقع النظام في X»: the farther word says more than «النظام في», which tells of no
        // happening.
        bool const is_open = !draft.setting.role || *draft.setting.role == Role::other;
        bool const left =
            !draft.setting.role && (leads_from(context, drafts, i) || is_left(context, drafts, i));
        if (left || (is_open && is_distant_origin(context, drafts, i)) ||
            adds_to_origin(context, drafts, i)) {
            draft.role = Role::origin;
        } else if (draft.setting.role) {
            draft.role = *draft.setting.role;
        } else if (!is_on_tour(context, drafts, i) &&
                   (is_metonym(context, drafts, i) || speaks_in_heading(context, draft, home) ||
                    (draft.place != no_place && speaks_abroad(context, draft, home)))) {
            draft.role = Role::metonym;
        } else if (is_ruled_from(context, draft)) {
            draft.role = Role::scope;
            draft.binds = true;
        } else if (draft.binds || draft.setting.heading || frames(context, drafts, i)) {
            draft.role = Role::scope;
        } else if (draft.apposition && drafts[*draft.apposition].place == draft.place) {
            draft.role = drafts[*draft.apposition].role;
        }
    }
    join_subjects(context, drafts);
}

} // namespace kharita::geoparse
