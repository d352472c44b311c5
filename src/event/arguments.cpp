#include <algorithm>
#include <array>
#include <ranges>
#include <string>

#include <fmt/format.h>

#include "event/drafting.hpp"
#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

namespace {

/// Whether a country is named only as the other side of a border: «الحدود مع لبنان».
bool is_across_border(Scene const& scene, geoparse::Toponym const& toponym) {
    if (fineness(toponym) > 0) {
        return false; // a town near a border is a place
    }
    std::size_t const begin = toponym.tokens.begin;
    auto const before = scene.words_in({begin - std::min<std::size_t>(begin, 3), begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& word) {
        return word.kind == WordKind::zone && scene.lexicon().zone_words()[word.row].role == ZoneRole::border;
    });
}

/// «المقاومة الإسلامية في العراق», «حرب الخليج»: part of the name of those who act, or of a war.
bool is_in_name(Scene const& scene, geoparse::Toponym const& toponym) {
    constexpr std::size_t reach = 6;                                             // words of a name
    static std::array const named{text::fold_key("حرب"), text::fold_key("دول")}; // «دول الخليج»
    std::size_t const begin = toponym.tokens.begin;
    if (begin > 0 && (std::ranges::find(named, scene.text().codes(begin - 1)) != named.end() ||
                      scene.text().codes(begin - 1) == text::fold_key("ودول"))) {
        return true;
    }
    auto const words = scene.words_in({begin - std::min(begin, reach), begin});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::actor && word.match.tokens.end >= toponym.tokens.end;
    });
}

/// «هاجموا مواقع الجيش المتمركزة في X»: where those are stationed who are attacked, not those who attack.
bool is_of_target(Scene const& scene, Draft const& draft, geoparse::Toponym const& toponym) {
    TriggerClass const& type = scene.lexicon().classes()[draft.type];
    std::size_t const begin = toponym.tokens.begin;
    std::size_t const end = draft.tokens.end;
    if ((type.rule != Rule::aim && type.name != "attack" && type.name != "shelling") ||
        draft.part != Part::perfect || begin < end) {
        return false;
    }
    for (Word const& word : scene.words_in({end, begin})) {
        bool const stands = scene.has_listed(word.match.tokens, "stationed");
        if (stands) {
            return scene.has_cue({end, word.match.tokens.begin}, Cue::object);
        }
    }
    return false;
}

/// «ونقل إلى مشفى X»: whether somebody is brought somewhere; «سيارة إسعاف» is a thing.
bool is_carried_on(Scene const& scene, text::TokenRange range) {
    auto const words = scene.words_in(range);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        std::size_t const begin = word.match.tokens.begin;
        return word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "carried" &&
               !scene.has_listed({begin - std::min<std::size_t>(begin, 1), begin}, "civil_target");
    });
}

/// «استخدام قاعدة X», «أقلعت من قاعدة X»: from where others fly, and not what they hit.
bool is_flown_from(Scene const& scene, geoparse::Toponym const& toponym) {
    constexpr std::size_t reach = 4;
    std::size_t const begin = toponym.tokens.begin;
    bool const is_base = toponym.mention.place && toponym.mention.place->feature == "AIRB";
    return is_base && scene.has_listed({begin - std::min(begin, reach), begin}, "using_base");
}

/// «خطفوا مقاتلين مدربين في X», «تلقوا تدريبات عسكرية في X»: where people learnt to fight.
bool is_trained_at(Scene const& scene, geoparse::Toponym const& toponym) {
    constexpr std::size_t reach = 3;
    std::size_t const begin = toponym.tokens.begin;
    std::size_t const sentence = scene.text().sentences()[scene.text().sentence_of(begin)].begin;
    text::TokenRange const before{std::max(sentence, begin - std::min(begin, reach)), begin};
    return scene.has_listed(before, "trained") && scene.places_in(before).empty();
}

/// «قال في مؤتمر صحفي عقده بأنقرة», «قال X الذي يعمل في بيروت إن»: where somebody speaks of what happened
/// elsewhere.
bool is_spoken_at(Scene const& scene, geoparse::Toponym const& toponym) {
    constexpr std::size_t reach = 4;
    constexpr std::size_t opening = 3;
    static std::array const that{text::fold_key("إن"), text::fold_key("أن"), text::fold_key("بأن")};
    text::TokenRange const tokens = toponym.tokens;
    std::size_t const sentence = scene.text().sentences()[scene.text().sentence_of(tokens.begin)].begin;
    std::size_t const first = std::max(sentence, tokens.begin - std::min(tokens.begin, reach));
    if (scene.has_listed({first, tokens.begin}, "speech") && scene.places_in({first, tokens.begin}).empty()) {
        return true;
    }
    return scene.has_cue({sentence, std::min(sentence + opening, tokens.begin)}, Cue::report) &&
           scene.has_cue({sentence, tokens.begin}, Cue::relative) &&
           std::ranges::find(that, scene.text().codes(tokens.end)) != that.end();
}

} // namespace

bool PlaceFinder::can_be_argument(Draft const& draft, geoparse::Toponym const& toponym) const {
    std::string const& type = m_scene.lexicon().classes()[draft.type].name;
    switch (toponym.mention.role) {
    case Role::other:
    case Role::event:
        if (toponym.mention.place && toponym.mention.place->feature == "BLDO" && may_speak(toponym)) {
            return false; // «أعلن الكرملين أن …»
        }
        // «شرق الفرات» is half a country.
        if (toponym.mention.place && toponym.mention.place->feature == "STM" && is_bearing(toponym)) {
            return false;
        }
        return !is_across_border(m_scene, toponym) && !is_companion(toponym) &&
               !is_in_name(m_scene, toponym) && !is_spoken_at(m_scene, toponym) &&
               !is_trained_at(m_scene, toponym) && (type == "base_use" || !is_flown_from(m_scene, toponym)) &&
               !(names_pact(draft, toponym) && is_abroad(toponym));
    case Role::origin: // who withdraws leaves the place, all others come or fire from it
        if (is_of_target(m_scene, draft, toponym)) {
            return true;
        }
        // «خرج أهالي X في مظاهرة»
        return type == "protest" || type == "withdraw" || type == "gunfire" || type == "expel" ||
               type == "base_use";
    case Role::heading:
        return type == "buildup" || type == "advance" || type == "talks" || type == "launch" ||
               type == "disarm" || m_scene.has_listed(draft.tokens, "infiltration"); // «محاولة تقدم نحو X»
    case Role::scope:
    case Role::metonym:
        return false;
    }
    return false;
}

std::vector<std::size_t> PlaceFinder::arguments_in(Draft const& draft, text::TokenRange range) const {
    std::vector<std::size_t> places = m_scene.places_in(range);
    std::erase_if(places, [&](std::size_t i) { return !can_be_argument(draft, m_scene.places()[i]); });
    drop_pacts(draft, places);
    bool const has_origin = std::any_of(places.begin(), places.end(), [&](std::size_t i) {
        return m_scene.places()[i].mention.role == Role::origin;
    });
    if (has_origin) { // «انسحبت من X باتجاه Y»
        std::erase_if(places,
                      [&](std::size_t i) { return m_scene.places()[i].mention.role != Role::origin; });
    }
    // «استعاد X من مقاتلي Y في Z», «انسحب من قاعدة X»
    bool takes = type_of(draft).rule == Rule::seize || type_of(draft).name == "withdraw" ||
                 type_of(draft).name == "base_use"; // «سمحت … بالإقلاع من قاعدة X»
    takes = takes || type_of(draft).plover != "ASSAULT"; // «داهمت عدداً من المقار في X»
    std::erase_if(places, [&](std::size_t i) { return !takes && is_fired_from(range, m_scene.places()[i]); });
    // «انطلق القصف من مدينة X»
    static std::string const from = text::fold_key("من");
    bool const comes_from = draft.part == Part::noun && m_scene.text().codes(draft.tokens.end) == from;
    std::size_t const first = draft.tokens.begin;
    bool const sets_out = m_scene.has_listed({first - std::min<std::size_t>(first, 2), first}, "setting_out");
    // «… من مدينة X في أقصى جنوب شرق D»: and where that lies.
    std::optional<std::size_t> origin;
    for (std::size_t const i : m_scene.places_in({draft.tokens.end, range.end})) {
        origin = !origin && sets_out && is_led_by(i, "من") ? std::optional{i} : origin;
    }
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        bool const at_once = comes_from && begin > draft.tokens.end && begin <= draft.tokens.end + 2;
        bool const holds_origin = origin && i > *origin && fineness(m_scene.places()[i]) == 0;
        return !takes && (at_once || (origin && i == *origin) || holds_origin);
    });
    // «فتح مسلحون في X النار على …»: a country between the verb and its object is whose they are.
    if (type_of(draft).name == "launch" && is_verb(draft.part)) {
        std::erase_if(places, [&](std::size_t i) {
            std::size_t const begin = m_scene.places()[i].tokens.begin;
            auto const behind = m_scene.words_in({begin, range.end});
            return fineness(m_scene.places()[i]) == 0 && begin > draft.tokens.end &&
                   std::any_of(behind.begin(), behind.end(),
                               [](Word const& word) { return word.kind == WordKind::weapon; });
        });
    }
    // «قتل رجل من بلدة X في Y»: whence the dead came.
    if (places.size() > 1) {
        std::vector<std::size_t> elsewhere = places;
        std::erase_if(elsewhere, [&](std::size_t i) { return is_home(m_scene.places()[i]); });
        places = elsewhere.empty() ? places : elsewhere;
    }
    // «تسلم الجيش معبر X», but «تسلم الوزير رسالة في X»: what is handed over stands behind nothing.
    // «إعلاميا يعمل بالسعودية»: where somebody lives.
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        return m_scene.has_listed({begin - std::min<std::size_t>(begin, 2), begin}, "residing");
    });
    if (type_of(draft).name == "receive") {
        std::erase_if(places, [&](std::size_t i) {
            bool const is_set = is_led_by(i, "في") || is_led_by(i, "من") || is_led_by(i, "إلى") ||
                                m_scene.places()[i].tokens.begin > draft.tokens.end + 8;
            return is_set ||
                   m_scene.text().codes(m_scene.places()[i].tokens.begin).front() == text::code(U'ب');
        });
    }
    // «استهدف شبانا يرغبون في إعادة إعمار X»
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        return begin > draft.tokens.end && m_scene.has_listed({draft.tokens.end, begin}, "wish");
    });
    std::erase_if(places, [&](std::size_t i) { return is_of_suspicion(draft, m_scene.places()[i]); });
    // What is taken beside a place is not that place.
    // «سيطر على حاجز مطل على بلدة X»: where nothing else is named, it says where that is.
    bool const is_post =
        !places.empty() &&
        m_scene.has_listed({draft.tokens.end, m_scene.places()[places.front()].tokens.begin}, "post_word");
    if (!is_post || !std::ranges::all_of(places, [&](std::size_t i) { return is_landmark(i); })) {
        bool const first_counts =
            type_of(draft).rule == Rule::seize || (!places.empty() && !is_landmark(places.front()));
        std::erase_if(places, [&](std::size_t i) { return first_counts && is_landmark(i); });
    }
    // «استقدمت تعزيزات من X إلى Y»: they are at Y now.
    bool const has_goal =
        type_of(draft).name == "buildup" &&
        std::any_of(places.begin(), places.end(), [&](std::size_t i) { return is_led_by(i, "إلى"); });
    std::erase_if(places, [&](std::size_t i) { return has_goal && is_led_by(i, "من"); });
    // «مظاهرة تطالب بفتح معبر X»
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        return type_of(draft).name == "protest" && begin > draft.tokens.end &&
               m_scene.has_listed({draft.tokens.end, begin}, "demand");
    });
    if (m_scene.has_listed(draft.tokens, "infiltration")) {
        std::erase_if(places, [&](std::size_t i) { return is_led_by(i, "من"); });
    }
    // «أصيب في X ونقل إلى مشفى Y»: where they were brought.
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        return type_of(draft).name != "buildup" && begin > draft.tokens.end &&
               is_carried_on(m_scene, {draft.tokens.end, begin});
    });
    drop_containers(places);
    drop_road_ends(draft, places);
    drop_behind_dash(places);
    drop_elsewhere(places);
    keep_finest(places);
    keep_joined(places);
    return places;
}

/// «اعتقل ثمانية يشتبه في صلتهم بمقاتلين في X»: the country of what they are suspected of.
bool PlaceFinder::is_of_suspicion(Draft const& draft, geoparse::Toponym const& toponym) const {
    return type_of(draft).name == "arrest" && fineness(toponym) == 0 &&
           m_scene.has_listed({draft.tokens.end, toponym.tokens.begin}, "suspected");
}

/// «رجل من بلدة X», «شابان من أبناء X»: where somebody is at home.
bool PlaceFinder::is_home(geoparse::Toponym const& toponym) const {
    constexpr std::size_t reach = 3; // «أبناء», a type word
    constexpr std::size_t people_reach = 2;
    std::size_t const begin = toponym.tokens.begin;
    static std::string const from = text::fold_key("من");
    for (std::size_t at = begin; at-- > begin - std::min(begin, reach);) {
        if (m_scene.text().codes(at) != from) {
            continue;
        }
        // «الشاب فلان المنحدر من بلدة X», «عائلة نازحة من X»
        if (at > 0 && m_scene.has_listed({at - 1, at}, "descending")) {
            return true;
        }
        std::size_t const first = at - std::min(at, people_reach);
        auto const before = m_scene.words_in({first, at});
        return std::any_of(before.begin(), before.end(), [&](Word const& word) {
            bool const is_person =
                word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "person";
            return (is_person || word.kind == WordKind::victim) && word.match.number != Number::plural;
        });
    }
    return false;
}

/// «من مواقع X في Y»: where the fire comes from.
bool PlaceFinder::is_fired_from(text::TokenRange range, geoparse::Toponym const& toponym) const {
    constexpr std::size_t reach = 6;
    std::size_t const begin = toponym.tokens.begin;
    static std::string const from = text::fold_key("من");
    static std::string const onto = text::fold_key("على");
    for (Word const& word :
         m_scene.words_in({std::max(range.begin, begin - std::min(begin, reach)), begin})) {
        std::size_t const at = word.match.tokens.begin;
        bool aimed = false; // «من مواقع X على Y»: Y is where it goes
        for (std::size_t token = at; token < begin; ++token) {
            aimed = aimed || m_scene.text().codes(token) == onto;
        }
        // «من مواقعها في X بلدة Y»: the first place behind the word is where the fire comes from.
        bool const is_first = m_scene.places_in({at, begin}).empty();
        bool const are_people = m_scene.has_listed(word.match.tokens, "cell"); // «شنه مسلحون من خلايا X في Y»
        if (is_cue(word, Cue::object) && !are_people && at > 0 && m_scene.text().codes(at - 1) == from &&
            !aimed && is_first) {
            return true;
        }
    }
    return false;
}

/// «تضامنا مع مدينة X»: nothing happened there.
bool PlaceFinder::is_companion(geoparse::Toponym const& toponym) const {
    static std::string const with = text::fold_key("مع");
    std::size_t const begin = toponym.tokens.begin;
    return (begin > 0 && m_scene.text().codes(begin - 1) == with) ||
           (begin > 1 && m_scene.text().codes(begin - 2) == with);
}

/// «هجوم أوقع عشرة قتلى في X», «الغارات التي شنها الطيران على X»: the places of the clause that goes on about
/// the last happening of the one before.
std::vector<std::size_t> PlaceFinder::places_told_next(Draft const& draft, std::size_t index) const {
    std::size_t next = draft.clause + 1;
    // «الهجوم الذي أوقع …»: the relative is a clause of one word.
    if (next + 1 < m_scene.clauses().size() && m_scene.clauses()[next].tokens.size() == 1 &&
        m_scene.clauses()[next + 1].opening == Clause::Opening::consequence) {
        ++next;
    }
    bool const is_last = index + 1 == m_drafts.size() || m_drafts[index + 1].clause != draft.clause;
    if (!is_last || next >= m_scene.clauses().size()) {
        return {};
    }
    Clause const& clause = m_scene.clauses()[next];
    bool const goes_on =
        clause.sentence == m_scene.clauses()[draft.clause].sentence &&
        (clause.opening == Clause::Opening::consequence || clause.opening == Clause::Opening::relative);
    if (!goes_on) {
        return {};
    }
    std::size_t end = clause.tokens.end;
    if (index + 1 < m_drafts.size() && m_drafts[index + 1].clause == next) {
        end = m_drafts[index + 1].tokens.begin;
    }
    std::vector<std::size_t> places = arguments_in(draft, {clause.tokens.begin, end});
    if (places.empty() && clause.opening == Clause::Opening::relative) {
        // «الغارات التي نفذتها طائرات على مواقع في ريف X»: only the area is named.
        if (auto const scopes = scopes_in({clause.tokens.begin, end}); !scopes.empty()) {
            return {scopes.front()};
        }
    }
    // «الغارات التي شنتها الولايات المتحدة»: a country there is whoever did it, unless it stands behind «في».
    std::erase_if(places, [&](std::size_t i) {
        std::size_t const begin = m_scene.places()[i].tokens.begin;
        bool const placed = is_led_by(i, "في") || is_led_by(i, "in") ||
                            m_scene.text().codes(begin).front() == text::code(U'ب');
        return (fineness(m_scene.places()[i]) == 0 || may_speak(m_scene.places()[i])) && !placed;
    });
    return places;
}

/// «قتل في غارة في سوريا بينما كان يتنقل قرب بلدة X»: where at most a country is named, the finer place of
/// what the victim was doing.
std::vector<std::size_t> PlaceFinder::places_of_circumstance(Draft const& draft) const {
    constexpr std::size_t reach = 2; // «بينما كان»
    std::size_t const next = draft.clause + 1;
    bool const only_countries = std::all_of(draft.places.begin(), draft.places.end(), [&](std::size_t i) {
        return fineness(m_scene.places()[i]) == 0;
    });
    if (!only_countries || next >= m_scene.clauses().size() ||
        m_scene.clauses()[next].sentence != m_scene.clauses()[draft.clause].sentence) {
        return {};
    }
    text::TokenRange const clause = m_scene.clauses()[next].tokens;
    auto const inside = m_scene.words_in(clause);
    bool const tells = std::any_of(inside.begin(), inside.end(),
                                   [](Word const& word) { return word.kind == WordKind::trigger; });
    if (tells || !m_scene.has_cue({clause.begin, clause.begin + reach}, Cue::being)) {
        return {};
    }
    std::vector<std::size_t> places = arguments_in(draft, clause);
    std::erase_if(places, [&](std::size_t i) { return fineness(m_scene.places()[i]) == 0; });
    return places;
}

std::vector<std::size_t> PlaceFinder::scopes_in(text::TokenRange range) const {
    std::vector<std::size_t> places = m_scene.places_in(range);
    std::erase_if(places, [&](std::size_t i) { return m_scene.places()[i].mention.role != Role::scope; });
    return places;
}

/// «قال للصحافيين في أنقرة»: where it was said, not where it happened.
bool PlaceFinder::is_of_saying(geoparse::Toponym const& toponym) const {
    constexpr std::size_t reach = 9;
    std::size_t const begin = toponym.tokens.begin;
    bool const is_capital = toponym.mention.place && toponym.mention.place->feature == "PPLC";
    return is_capital && m_scene.has_cue({begin - std::min(begin, reach), begin}, Cue::report);
}

/// A capital, or the seat of a government («الكرملين»), without a preposition may stand for those who sit in
/// it.
bool PlaceFinder::may_speak(geoparse::Toponym const& toponym) const {
    bool const is_seat = toponym.mention.place && toponym.mention.place->feature == "BLDO";
    bool const is_capital = is_seat || (toponym.mention.place && toponym.mention.place->feature == "PPLC");
    if (!is_capital || toponym.tokens.begin == 0) {
        return is_capital;
    }
    std::size_t const begin = toponym.tokens.begin;
    if (is_of_saying(toponym)) {
        return true;
    }
    std::string_view const before = m_scene.text().codes(begin - 1);
    std::string_view const own = m_scene.text().codes(toponym.tokens.begin);
    static std::string const in = text::fold_key("في");
    static std::string const city = text::fold_key("مدينة");
    static std::string const capital = text::fold_key("العاصمة");
    // «في العاصمة X», «بالعاصمة X»
    return before != in && !before.ends_with(city) && !before.ends_with(capital) && before != "in" &&
           own.front() != text::code(U'ب');
}

/// «روسيا تشن غارات», «تواصل تركيا هجماتها»: a country before an act, with nothing that says that it lies
/// there, is who acts.
bool PlaceFinder::is_doer(Draft const& draft, std::size_t place) const {
    geoparse::Toponym const& toponym = m_scene.places()[place];
    std::size_t const begin = toponym.tokens.begin;
    bool const is_placed = is_led_by(place, "في") || is_led_by(place, "in") || is_led_by(place, "داخل") ||
                           is_bearing(toponym) || m_scene.text().codes(begin).front() == text::code(U'ب');
    if (fineness(toponym) > 0 || is_placed || draft.plover == "CONSULT") {
        return false;
    }
    // «شهدت تركيا هجمات», «تركيا: …»
    auto const before = m_scene.words_in({begin - std::min<std::size_t>(begin, 2), begin});
    bool const is_struck = std::any_of(before.begin(), before.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "scene_of";
    });
    std::string_view const behind = m_scene.text().source_text(toponym.tokens.end);
    return !is_struck && behind != ":" && behind != "-" && behind != "..";
}

/// «بعد تفجير X، …»: a place of something that only says when the rest was.
bool PlaceFinder::is_of_time(Draft const& draft, std::size_t place) const {
    return std::any_of(m_drafts.begin(), m_drafts.end(), [&](Draft const& each) {
        std::size_t const begin = each.tokens.begin;
        bool const is_earlier = begin < draft.tokens.begin && begin > 0 && each.part == Part::noun;
        return is_earlier && each.stretch.contains(m_scene.places()[place].tokens.begin) &&
               (m_scene.has_listed({begin - 1, begin}, "after") ||
                m_scene.has_cue({begin - 1, begin}, Cue::earlier));
    });
}

/// Of talks and agreements a country is a party unless they are held «في» it.
void PlaceFinder::keep_venues(Draft& draft) const {
    static std::string const in = text::fold_key("في");
    std::erase_if(draft.places, [&](std::size_t i) {
        geoparse::Toponym const& toponym = m_scene.places()[i];
        std::size_t const begin = toponym.tokens.begin;
        bool const placed =
            begin > 0 && (m_scene.text().codes(begin - 1) == in || m_scene.text().codes(begin - 1) == "in");
        return fineness(toponym) == 0 && !placed;
    });
}

/// The words before a trigger that are its own: from an actor on whom «و» brings in («قتلى في X والمعارضة
/// تقصف …»), else from the clause's begin.
text::TokenRange PlaceFinder::after_other_subjects(Draft const& draft) const {
    text::TokenRange range = draft.before;
    for (Word const& word : m_scene.words_in(draft.before)) {
        bool const is_subject = word.kind == WordKind::actor && word.match.clitics.conjunction;
        if (is_subject && word.match.tokens.end == draft.tokens.begin) {
            range.begin = word.match.tokens.begin;
        }
    }
    return range;
}

/// «المواقع التي سيطر عليها»: a pronoun at once behind the verb of a relative clause.
bool PlaceFinder::points_at_object(Draft const& draft) const {
    std::size_t const end = draft.tokens.end;
    return m_scene.clauses()[draft.clause].opening == Clause::Opening::relative &&
           type_of(draft).rule == Rule::seize && draft.part == Part::perfect &&
           m_scene.has_cue({end, end + 1}, Cue::same_place) &&
           !m_scene.text().codes(end).starts_with(text::fold_key("ال"));
}

} // namespace kharita::event
