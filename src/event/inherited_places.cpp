#include <algorithm>
#include <array>
#include <ranges>
#include <string>

#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"

// Where a draft happened whose own words name no place: the place named last, the one that is talked about.

namespace kharita::event {

/// «ممثل الائتلاف في واشنطن», where «واشنطن» elsewhere stands for a government: a capital that the report
/// talks of and not from.
bool PlaceFinder::is_seat_of_power(std::size_t place) const {
    auto const& seat = m_scene.places()[place].mention.place;
    auto const places = m_scene.places();
    return seat && seat->feature == "PPLC" &&
           std::any_of(places.begin(), places.end(), [&](geoparse::Toponym const& each) {
               return each.mention.role == Role::metonym && each.mention.place &&
                      each.mention.place->id == seat->id;
           });
}

/// The last place a draft could be at that is named between token `first` and the draft, of some fineness.
std::optional<std::size_t> PlaceFinder::place_before(Draft const& draft, std::size_t first, int least) const {
    auto const places = m_scene.places_in({first, draft.tokens.begin});
    for (std::size_t const i : std::ranges::reverse_view{places}) {
        if (can_be_argument(draft, m_scene.places()[i]) && fineness(m_scene.places()[i]) >= least &&
            !is_of_time(draft, i) && !may_speak(m_scene.places()[i]) && !is_road_end(i) &&
            !is_seat_of_power(i) && !is_fired_from({first, draft.tokens.begin}, m_scene.places()[i])) {
            return inmost_of(draft, i, first);
        }
    }
    return std::nullopt;
}

/// The town behind a quarter, where a draft's words speak of «المدينة».
std::optional<std::size_t> PlaceFinder::town_around(std::size_t quarter, Draft const& draft) const {
    static std::array const towns{text::fold_key("المدينة"), text::fold_key("البلدة")};
    auto const is_of = [&](std::size_t i, gazetteer::FeatureClass kind) {
        auto const& place = m_scene.places()[i].mention.place;
        return place && gazetteer::feature_class(place->feature) == kind;
    };
    bool speaks_of_town = false;
    for (std::size_t token = draft.stretch.begin; token < draft.stretch.end; ++token) {
        speaks_of_town = speaks_of_town ||
                         std::find(towns.begin(), towns.end(), m_scene.text().codes(token)) != towns.end();
    }
    std::size_t const next = quarter + 1;
    bool const is_quarter =
        is_of(quarter, gazetteer::FeatureClass::neighbourhood) || !m_scene.places()[quarter].mention.place;
    bool const has_town = speaks_of_town && is_quarter && next < m_scene.places().size() &&
                          m_scene.places()[next].mention.role == Role::scope &&
                          m_scene.places()[next].tokens.begin < draft.tokens.begin &&
                          is_of(next, gazetteer::FeatureClass::settlement);
    return has_town ? std::optional{next} : std::nullopt;
}

/// «سيطروا على المطار»: the last place before that was called one («مطار منغ»), for nouns of sites.
std::optional<std::size_t> PlaceFinder::site_meant(Draft const& draft) const {
    static std::string const article = text::fold_key("ال");
    for (text::TokenRange const range : {draft.stretch, draft.before}) {
        for (Word const& word : m_scene.words_in(range)) {
            std::size_t const token = word.match.tokens.begin;
            std::string_view codes = m_scene.text().codes(token);
            bool const is_site = is_cue(word, Cue::same_place) && word.match.tokens.size() == 1 &&
                                 m_scene.has_listed({token, token + 1}, "site_noun");
            std::size_t const at = codes.find(article);
            if (!is_site || at == std::string_view::npos || at > 1) {
                continue;
            }
            codes.remove_prefix(at + article.size());
            for (std::size_t i = m_scene.places().size(); i-- > 0;) {
                std::size_t const begin = m_scene.places()[i].tokens.begin;
                std::size_t const first = begin - std::min<std::size_t>(begin, 1);
                bool const is_called = m_scene.text().codes(begin).ends_with(codes) ||
                                       m_scene.text().codes(first).ends_with(codes);
                if (begin < token && is_called && can_be_argument(draft, m_scene.places()[i])) {
                    return i;
                }
            }
        }
    }
    return std::nullopt;
}

/// The settlement that «المدينة», «البلدة» stand for: the one named most often so far, of those the last.
/// Pronouns («عليها») stand for no such thing.
std::optional<std::size_t> PlaceFinder::place_meant(Draft const& draft) const {
    if (auto const site = site_meant(draft)) {
        return site;
    }
    static std::array const towns{text::fold_key("المدينة"), text::fold_key("البلدة"),
                                  text::fold_key("القرية")};
    bool by_noun = false;
    bool by_town = false;
    for (text::TokenRange const range : {draft.before, draft.stretch}) {
        for (Word const& word : m_scene.words_in(range)) {
            bool const names = is_cue(word, Cue::same_place) &&
                               m_scene.words_of(word.match.tokens).find("ال") != std::string_view::npos;
            std::string_view const noun = m_scene.text().codes(word.match.tokens.begin);
            by_noun = by_noun || names;
            by_town = by_town || (names && std::find(towns.begin(), towns.end(), noun) != towns.end());
        }
    }
    text::TokenRange const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence];
    // «مدينة X، في ريف Y، … قصفت المدينة»: a town, not the region that it lies in.
    auto const town_before =
        by_town ? place_before(draft, sentence.begin, fineness_of_town) : std::optional<std::size_t>{};
    if (auto const near = town_before ? town_before : place_before(draft, sentence.begin); by_noun && near) {
        // «في حي X بمدينة Y … على نصف المدينة»: Y, though it only says where X lies.
        auto const town = town_around(*near, draft);
        return town ? town : near;
    }
    if (!by_noun) {
        return std::nullopt;
    }
    if (auto const told = place_told_last(draft)) {
        return told;
    }
    return most_named({0, draft.tokens.begin}, draft);
}

/// Whether a token is a word for two places named before: «القريتين», «البلدتين».
bool PlaceFinder::is_pair_word(std::size_t token) const {
    static std::array const pairs{text::fold_key("القريتين"),  text::fold_key("البلدتين"),
                                  text::fold_key("المدينتين"), text::fold_key("القريتان"),
                                  text::fold_key("البلدتان"),  text::fold_key("الحيين"),
                                  text::fold_key("الحيان")};
    return std::find(pairs.begin(), pairs.end(), m_scene.text().codes(token)) != pairs.end() ||
           is_group_word(token);
}

/// «البلدات الثلاث», «القرى المذكورة»: all of a list named before.
bool PlaceFinder::is_group_word(std::size_t token) const {
    return m_scene.has_listed({token, token + 1}, "towns") &&
           m_scene.has_listed({token + 1, token + 2}, "so_many");
}

/// «وقصفت القوات القريتين»: a verb or noun whose object are two places named before.
bool PlaceFinder::names_pair(Draft const& draft) const {
    constexpr std::size_t reach = 4; // a subject and «على» may stand between
    std::size_t const end = std::min(draft.tokens.end + reach, draft.stretch.end);
    for (std::size_t token = draft.tokens.end; token < end; ++token) {
        if (is_pair_word(token)) {
            // not «القريتين A وB», «البلدات الأربع المحاصرة، وهي A وB …»
            constexpr std::size_t name_reach = 6;
            return m_scene.places_in({draft.tokens.end, token + 2}).empty() &&
                   !m_scene.has_listed({token + 1, token + name_reach}, "namely");
        }
    }
    return false;
}

/// «سيطر على البلدة الواقعة قرب X»: a noun with the article for a place named before, and where that one
/// lies.
bool PlaceFinder::names_known_place(Draft const& draft) const {
    constexpr std::size_t reach = 5; // a subject and «على» may stand between
    std::size_t const end = std::min(draft.tokens.end + reach, draft.stretch.end);
    static std::string const region = text::fold_key("المنطقة"); // «المنطقة الحدودية مع X» names itself
    for (std::size_t token = draft.tokens.end; token < end; ++token) {
        bool const is_noun = m_scene.has_cue({token, token + 1}, Cue::same_place) &&
                             m_scene.text().codes(token) != region &&
                             m_scene.text().codes(token).starts_with(text::fold_key("ال"));
        if (is_noun && m_scene.has_listed({token + 1, token + 2}, "located")) {
            return m_scene.places_in({draft.tokens.end, token + 1}).empty();
        }
    }
    return false;
}

/// «القريتين», «البلدتين»: both places of a pair that was named together.
std::vector<std::size_t> PlaceFinder::both_of(Draft const& draft, std::size_t place) const {
    bool is_pair = false;
    for (std::size_t token = draft.before.begin; token < draft.stretch.end; ++token) {
        if (is_group_word(token)) {
            return all_listed_with(place);
        }
        is_pair = is_pair || is_pair_word(token);
    }
    std::vector<std::size_t> both;
    for (std::size_t i = 0; is_pair && i < m_scene.places().size(); ++i) {
        bool const is_sibling = m_scene.places()[i].list == m_scene.places()[place].list;
        if (is_sibling && fineness(m_scene.places()[i]) == fineness(m_scene.places()[place])) {
            both.push_back(i);
        }
    }
    return both.size() == 2 ? both : std::vector{place};
}

/// «امتد التوتر إلى X وY، حيث …»: what «حيث» tells is of all places right before it.
bool PlaceFinder::is_explained(Draft const& draft) const {
    static std::string const where = text::fold_key("حيث");
    Clause const& clause = m_scene.clauses()[draft.clause];
    return clause.opening == Clause::Opening::cue && m_scene.text().codes(clause.tokens.begin) == where;
}

/// A place and those of its list.
std::vector<std::size_t> PlaceFinder::all_listed_with(std::size_t place) const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < m_scene.places().size(); ++i) {
        if (i == place || (m_scene.places()[i].list == m_scene.places()[place].list &&
                           fineness(m_scene.places()[i]) == fineness(m_scene.places()[place]))) {
            all.push_back(i);
        }
    }
    return all;
}

/// «اشتباكات في X وY وسط قصف جوي»: what goes along with a happening is where that was, all of it.
std::vector<std::size_t> PlaceFinder::beside_of(Draft const& draft, std::size_t index,
                                                std::size_t place) const {
    bool const is_noun = draft.part == Part::noun || draft.part == Part::phrase;
    if (index == 0 || !is_noun) {
        return {place};
    }
    Draft const& before = m_drafts[index - 1];
    bool const is_its = std::find(before.places.begin(), before.places.end(), place) != before.places.end();
    bool const same_sentence =
        m_scene.clauses()[before.clause].sentence == m_scene.clauses()[draft.clause].sentence;
    return is_its && same_sentence && !before.place_inherited ? before.places : std::vector{place};
}

/// «هجوم في X. الاشتباكات مستمرة، وترافقت مع قصف … وقصف من الطيران»: what goes along with a happening that
/// was told before is where that was.
std::vector<std::size_t> PlaceFinder::places_beside_retold(Draft const& draft, std::size_t index) const {
    bool const is_noun = draft.part == Part::noun || draft.part == Part::phrase;
    std::size_t const sentence = m_scene.clauses()[draft.clause].sentence;
    std::size_t first = index;
    while (first > 0 && m_scene.clauses()[m_drafts[first - 1].clause].sentence == sentence) {
        --first;
    }
    if (!is_noun || first == index || !m_drafts[first].places.empty() || !m_drafts[first].is_definite ||
        !m_scene.has_listed({m_drafts[first].tokens.end, draft.tokens.begin}, "accompanying") ||
        !is_retold(m_drafts[first], first)) {
        return {};
    }
    for (std::size_t i = first; i-- > 0;) {
        if (m_drafts[i].sub_event_type == m_drafts[first].sub_event_type && !m_drafts[i].places.empty()) {
            return m_drafts[i].places;
        }
    }
    return {};
}

/// «قصف جوي على مناطق الاشتباكات»: all places of the clash told before it.
std::vector<std::size_t> PlaceFinder::places_of_clash(Draft const& draft, std::size_t index) const {
    // «قصف بالقذائف وقصف جوي على مناطق الاشتباك»: said of both.
    text::TokenRange const words{draft.tokens.end, m_scene.clauses()[draft.clause].tokens.end};
    if (type_of(draft).plover != "ASSAULT" || !m_scene.has_listed(words, "clash_area")) {
        return {};
    }
    std::size_t const paragraph = m_scene.text().paragraph_of(draft.tokens.begin);
    for (std::size_t i = index; i-- > 0;) {
        Draft const& clash = m_drafts[i];
        if (m_scene.text().paragraph_of(clash.tokens.begin) != paragraph) {
            return {};
        }
        if (clash.sub_event_type == "Armed clash" && !clash.places.empty()) {
            return clash.places;
        }
    }
    return {};
}

/// The settlement at which the sentence before tells what happened.
std::optional<std::size_t> PlaceFinder::place_told_last(Draft const& draft) const {
    std::size_t const sentence = m_scene.clauses()[draft.clause].sentence;
    for (Draft const& earlier : std::ranges::reverse_view{m_drafts}) {
        if (earlier.tokens.begin >= draft.tokens.begin || earlier.places.empty()) {
            continue;
        }
        geoparse::Toponym const& place = m_scene.places()[earlier.places.back()];
        bool const is_town = place.mention.place && gazetteer::feature_class(place.mention.place->feature) ==
                                                        gazetteer::FeatureClass::settlement;
        bool const is_near = m_scene.clauses()[earlier.clause].sentence + 1 >= sentence;
        // What a relative clause tells is said of its place by the way.
        bool const tells = earlier.modality == Modality::occurred &&
                           m_scene.clauses()[earlier.clause].opening != Clause::Opening::relative;
        return is_town && is_near && tells ? std::optional{earlier.places.back()} : std::nullopt;
    }
    return std::nullopt;
}

/// Of the settlements that a draft could be at the one that a range names most often; of those the last.
std::optional<std::size_t> PlaceFinder::most_named(text::TokenRange range, Draft const& draft) const {
    std::optional<std::size_t> best;
    std::size_t best_count = 0;
    auto const places = m_scene.places_in(range);
    for (std::size_t const i : places) {
        if (!can_be_argument(draft, m_scene.places()[i]) || fineness(m_scene.places()[i]) < 4 ||
            is_seat_of_power(i)) {
            continue;
        }
        auto const count = static_cast<std::size_t>(std::count_if(
            places.begin(), places.end(), [&](std::size_t each) { return each == i || is_same(each, i); }));
        if (count >= best_count) {
            best = i;
            best_count = count;
        }
    }
    return best;
}

/// «الهجوم في X والهجوم الذي أوقع …»: what «و» adds and a relative clause of its own tells is another one.
bool PlaceFinder::is_told_apart(Draft const& draft) const {
    std::size_t const next = draft.clause + 1;
    return draft.clitics.conjunction && next < m_scene.clauses().size() &&
           m_scene.clauses()[next].tokens.begin == draft.tokens.end &&
           m_scene.clauses()[next].opening == Clause::Opening::relative;
}

/// «الهجوم», «التفجير» after an attack was told speak of that one, whatever else their sentence names.
bool PlaceFinder::is_retold(Draft const& draft, std::size_t index) const {
    if (!draft.is_definite || draft.part != Part::noun || is_told_apart(draft)) {
        return false;
    }
    return std::any_of(m_drafts.begin(), m_drafts.begin() + static_cast<std::ptrdiff_t>(index),
                       [&](Draft const& each) {
                           bool const fits = each.sub_event_type == draft.sub_event_type ||
                                             (type_of(draft).name == "attack" && each.plover == draft.plover);
                           return fits && !each.places.empty();
                       });
}

/// «ضحايا الهجوم»: a blow that everybody knows of; its place is not what the sentence happens to name.
bool PlaceFinder::is_known(Draft const& draft) const {
    Rule const rule = type_of(draft).rule;
    std::string const& name = type_of(draft).name;
    bool const is_blow = rule == Rule::weapon || rule == Rule::aim || name == "suicide" ||
                         name == "execute" || name == "abduct";
    bool const is_noun = draft.part == Part::noun || draft.part == Part::phrase;
    return draft.is_definite && is_noun && is_blow;
}

/// «بعد سيطرة X عليه»: what was taken earlier in the report.
std::optional<std::size_t> PlaceFinder::place_taken_before(Draft const& draft, std::size_t index) const {
    bool const is_retelling = type_of(draft).rule == Rule::seize && draft.part != Part::perfect &&
                              draft.part != Part::imperfect && arguments_in(draft, draft.stretch).empty();
    text::TokenRange const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence];
    // «معارك في A تحضيرا لاقتحام المدينة»: the town of its own sentence.
    if (!is_retelling || place_before(draft, sentence.begin, fineness_of_town)) {
        return std::nullopt;
    }
    for (std::size_t i = index; i-- > 0;) {
        Draft const& earlier = m_drafts[i];
        if (type_of(earlier).rule == Rule::seize && earlier.places.size() == 1 &&
            earlier.modality == Modality::occurred) {
            return earlier.places.front();
        }
    }
    return std::nullopt;
}

/// «وفي مروي هاجمت طائرات المحطة»: a sentence that is set in something nobody knows. What happened there
/// happened at no place told before.
bool PlaceFinder::has_unknown_setting(Draft const& draft) const {
    static std::array const in{text::fold_key("في"), text::fold_key("وفي")};
    text::TokenRange const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence];
    std::size_t const next = sentence.begin + 1;
    if (std::find(in.begin(), in.end(), m_scene.text().codes(sentence.begin)) == in.end() ||
        m_scene.text().tokens()[next].kind != text::Token::Kind::word || next >= draft.tokens.begin) {
        return false;
    }
    bool const is_dated = std::ranges::any_of(m_scene.dates(), [&](auto const& date) {
        return date.tokens.contains(next) || date.tokens.contains(next - 1);
    });
    bool const is_known =
        !m_scene.words_in({next, next + 1}).empty() || m_scene.has_listed({next, next + 1}, "setting");
    return !is_dated && !is_known && m_scene.places_in({sentence.begin, draft.tokens.begin}).empty();
}

/// «• عفرين: انفجار دراجة مفخخة»: the places that head the line before a colon, whatever else lies in them.
std::vector<std::size_t> PlaceFinder::places_of_heading(Draft const& draft) const {
    constexpr std::size_t longest = 8;
    std::size_t const begin =
        m_scene.text().paragraphs()[m_scene.text().paragraph_of(draft.tokens.begin)].begin;
    std::size_t colon = begin;
    while (colon < std::min(begin + longest, draft.tokens.begin) && m_scene.text().codes(colon) != ":") {
        ++colon;
    }
    if (colon == begin + longest || colon >= draft.tokens.begin) {
        return {};
    }
    std::vector<std::size_t> places = m_scene.places_in({begin, colon});
    bool const ends_there = !places.empty() && m_scene.places()[places.back()].tokens.end == colon;
    bool const is_told = std::ranges::any_of(m_scene.words_in({begin, colon}), [](Word const& word) {
        return word.kind == WordKind::trigger || word.kind == WordKind::actor;
    });
    std::erase_if(places, [&](std::size_t i) {
        Role const role = m_scene.places()[i].mention.role;
        return fineness(m_scene.places()[i]) == 0 || role == Role::metonym || role == Role::origin;
    });
    return ends_there && !is_told ? places : std::vector<std::size_t>{};
}

/// «تبنت الجبهة أمس خطف المجموعة»: the verb stands close before what is claimed, and both open the sentence.
bool PlaceFinder::claims(Draft const& draft) const {
    constexpr std::size_t reach = 6;
    std::size_t const begin = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence].begin;
    return draft.tokens.begin <= begin + reach && m_scene.has_listed({begin, draft.tokens.begin}, "claiming");
}

/// The place at the head of the line, that of the clash which is spoken of, or what was taken before.
bool PlaceFinder::inherit_named(Draft& draft, std::size_t index, bool points_back) const {
    if (auto heading = places_of_heading(draft); !heading.empty()) {
        draft.places = std::move(heading);
        draft.note("named at the head of its line", 0.95);
        return true;
    }
    if (auto clash = places_of_clash(draft, index); !clash.empty()) {
        draft.places = std::move(clash);
        draft.place_inherited = true;
        draft.note("where the clash before it was", 0.9);
        return true;
    }
    if (auto const taken = points_back ? place_taken_before(draft, index) : std::nullopt) {
        draft.places = {*taken};
        draft.place_inherited = true;
        draft.note("told again", 0.9);
        return true;
    }
    return false;
}

/// The place that a pronoun, «المدينة» or a relative clause speaks of.
void PlaceFinder::inherit_antecedent(Draft& draft, bool points_back) const {
    text::TokenRange const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence];
    bool const names_none = points_back && (names_pair(draft) || names_known_place(draft) ||
                                            arguments_in(draft, draft.stretch).empty());
    auto found = names_none ? place_meant(draft) : std::nullopt;
    found = found ? found : place_before(draft, sentence.begin);
    if (!found && points_back) {
        std::size_t const paragraph = m_scene.text().paragraph_of(draft.tokens.begin);
        found = place_before(draft, m_scene.text().paragraphs()[paragraph].begin);
    }
    // «على البلدة التي سقطت في يد X»: the noun before the relative clause stands for the town told last.
    std::size_t const begin = m_scene.clauses()[draft.clause].tokens.begin;
    bool const follows_noun = !points_back && begin > 0 &&
                              m_scene.has_cue({begin - 1, begin}, Cue::same_place) &&
                              m_scene.text().codes(begin - 1).starts_with(text::fold_key("ال"));
    if (!found && follows_noun) {
        found = place_told_last(draft);
    }
    if (found) {
        draft.places = both_of(draft, *found);
        draft.place_inherited = true;
        draft.note("its place is the one named before", 0.8);
    }
}

/// A place that the sentence names before, of what stands first in it or goes on with what does.
void PlaceFinder::inherit_from_sentence(Draft& draft, std::size_t index) const {
    text::TokenRange const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence];
    bool const is_first = index == 0 || m_drafts[index - 1].tokens.begin < sentence.begin;
    bool const has_own_subject = after_other_subjects(draft).begin > draft.before.begin;
    // «تضامنا مع X، بعد معارك خاضها …»: set in time, it is of the place of what is told, if anything is.
    bool const is_time = draft.part == Part::noun && draft.tokens.begin > 0 &&
                         m_scene.has_listed({draft.tokens.begin - 1, draft.tokens.begin}, "after");
    if ((!is_first && !draft.continues) || has_own_subject || (is_first && is_time)) {
        return;
    }
    if (auto const goal = goal_explained(draft)) {
        draft.places = {*goal};
        draft.place_inherited = true;
        draft.note("on the way there", 0.85);
        return;
    }
    if (auto const found = place_before(draft, sentence.begin)) {
        draft.places = is_explained(draft) ? all_listed_with(*found) : beside_of(draft, index, *found);
        draft.place_inherited = true;
        draft.note("its place is named earlier in the sentence", 0.7);
    } else if (auto const scopes_before = scopes_in({sentence.begin, draft.tokens.begin});
               is_first && !scopes_before.empty()) {
        draft.places = {scopes_before.back()};
        draft.place_inherited = true;
        draft.note("only an area is named in the sentence", 0.7);
    }
}

/// The places of a draft whose clause names none.
void PlaceFinder::inherit(Draft& draft, std::size_t index) {
    Clause const& clause = m_scene.clauses()[draft.clause];
    std::string const& plover = type_of(draft).plover;
    // «أطلقت عليها النار»: shots are fired at people, whom the pronoun stands for.
    bool const shoots = type_of(draft).name == "launch" && draft.category &&
                        m_scene.lexicon().categories()[*draft.category].is_gun();
    bool const points_back = !shoots && (m_scene.has_cue(draft.stretch, Cue::same_place) ||
                                         m_scene.has_cue(draft.before, Cue::same_place) || names_pair(draft));
    // An agreement is of its parties wherever they are.
    if (plover == "AGREE" || has_unknown_setting(draft) || inherit_named(draft, index, points_back)) {
        return;
    }
    if (clause.opening == Clause::Opening::relative || points_back) {
        inherit_antecedent(draft, points_back);
        return;
    }
    if (auto const scopes = scopes_in(draft.stretch); !scopes.empty()) {
        draft.places = {scopes.front()};
        draft.note("only the area is named", 0.9);
        return;
    }
    // «تبنت الحركة قتل شرطيين»: what is claimed may have been anywhere.
    bool const is_claim =
        (type_of(draft).name == "kill" && draft.part == Part::noun) || (draft.may_be_noun && claims(draft));
    if (is_retold(draft, index) || is_known(draft) || is_claim || plover == "CONSULT") {
        return;
    }
    inherit_from_sentence(draft, index);
    if (draft.places.empty()) {
        draft.places = places_beside_retold(draft, index);
        draft.place_inherited = !draft.places.empty();
    }
    if (draft.places.empty()) {
        draft.places = places_of_time(draft, index);
    }
    if (draft.places.empty()) {
        draft.places = country_before(draft, m_scene.text().sentences()[clause.sentence].begin);
    }
}

/// «الأراضي التي طهرت في شمال X … بعد أن قصفت طائرات مواقع»: air strikes are at least of the country that the
/// sentence places things in.
std::vector<std::size_t> PlaceFinder::country_before(Draft& draft, std::size_t first) const {
    if (draft.sub_event_type != "Air/drone strike") {
        return {};
    }
    auto const places = m_scene.places_in({first, draft.tokens.begin});
    for (std::size_t const i : std::ranges::reverse_view{places}) {
        bool const is_placed = is_led_by(i, "في") || is_led_by(i, "in");
        if (fineness(m_scene.places()[i]) == 0 && is_placed && can_be_argument(draft, m_scene.places()[i])) {
            draft.place_inherited = true;
            draft.note("only a country is named in the sentence", 0.7);
            return {i};
        }
    }
    return {};
}

/// Whether a noun or phrase ends in a pronoun.
bool PlaceFinder::has_owner(Draft const& draft) const {
    static std::array const endings{text::fold_key("ه"), text::fold_key("ها"), text::fold_key("هم")};
    std::size_t const last = draft.tokens.end - 1;
    std::string_view const written = m_scene.text().source_text(last);
    return draft.pronoun != Pronoun::none ||
           (!written.ends_with("ة") &&
            std::any_of(endings.begin(), endings.end(),
                        [&](std::string const& each) { return m_scene.text().codes(last).ends_with(each); }));
}

/// «خطف X عشرة أشخاص غداة سيطرته على Y»: the place of what says when it was.
std::vector<std::size_t> PlaceFinder::places_of_time(Draft& draft, std::size_t index) const {
    if (index + 1 >= m_drafts.size() || draft.part == Part::noun) {
        return {};
    }
    Draft const& next = m_drafts[index + 1];
    std::size_t const begin = next.tokens.begin;
    bool const same_sentence =
        m_scene.clauses()[next.clause].sentence == m_scene.clauses()[draft.clause].sentence;
    bool const is_time = m_scene.has_listed({begin - 1, begin + 1}, "after");
    // «سيطرته»: the same people's deed.
    if (!same_sentence || !is_time || !has_owner(next)) {
        return {};
    }
    std::vector<std::size_t> places = arguments_in(next, next.stretch);
    std::erase_if(places, [&](std::size_t i) { return fineness(m_scene.places()[i]) < 4; });
    if (places.size() != 1) {
        return {};
    }
    draft.place_inherited = true;
    draft.note("its place is that of what says when it was", 0.7);
    return places;
}

/// The place right before a relative clause, which it tells of.
std::vector<std::size_t> PlaceFinder::antecedent_of(Draft const& draft) const {
    constexpr std::size_t reach = 4; // scopes and adjectives may stand between
    std::size_t const begin = m_scene.clauses()[draft.clause].tokens.begin;
    auto const places = m_scene.places_in({begin - std::min(begin, reach), begin});
    for (std::size_t const i : places) {
        if (can_be_argument(draft, m_scene.places()[i])) {
            return {i};
        }
    }
    return {};
}

} // namespace kharita::event
