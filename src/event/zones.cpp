#include "event/zones.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "event/actors.hpp"
#include "event/ids.hpp"
#include "event/zone_sections.hpp"

namespace kharita::event {

namespace {

/// A border named in a text: one country, or both.
struct Border {
    std::vector<std::string> countries;
    std::size_t token = 0;
};

/// A word before whoever a zone is proposed to, or agreed with, and who does not declare it.
bool is_party(std::string_view codes) {
    return codes == text::fold_key("على") || codes == text::fold_key("مع") ||
           codes == text::fold_key("إلى") || codes == "to" || codes == "with" || codes == "from";
}

class ZoneReader {
public:
    explicit ZoneReader(Scene const& scene) : m_scene{scene}, m_actors{find_actor_mentions(scene)} {}

    std::optional<Zone> read(Word const& word) const;

private:
    ZoneWord const& zone_word(Word const& word) const { return m_scene.lexicon().zone_words()[word.row]; }
    bool is_role(Word const& word, ZoneRole role) const {
        return word.kind == WordKind::zone && zone_word(word).role == role;
    }
    std::optional<Border> border_near(Word const& zone, text::TokenRange sentence) const;
    void set_along(Zone& zone, Word const& word, text::TokenRange sentence) const;
    std::string country_within(text::TokenRange range) const;
    std::string commonest_country(std::vector<std::string> const& among) const;
    std::string declarer_country(Zone const& zone) const;
    std::string road_in(text::TokenRange range) const;
    void set_side(Zone& zone, Border const& border, text::TokenRange between) const;
    void set_area(Zone& zone, text::TokenRange range) const;
    void set_section(Zone& zone, Word const& word, text::TokenRange sentence) const;
    std::optional<ZoneRole> measured_by(text::TokenRange number, Word const& unit, Zone const& zone) const;
    void set_lengths(Zone& zone, text::TokenRange sentence) const;
    void set_name(Zone& zone, text::TokenRange range) const;
    void set_status(Zone& zone, Word const& word, text::TokenRange sentence) const;
    void set_declarer(Zone& zone, Word const& word, text::TokenRange sentence) const;

    Scene const& m_scene;
    std::vector<ActorMention> m_actors;
};

/// The border named nearest after a zone, else before it: «الحدود التركية», «الحدود مع سورية», "the Syrian-
/// Turkish border".
std::optional<Border> ZoneReader::border_near(Word const& zone, text::TokenRange sentence) const {
    std::optional<Border> found;
    std::size_t const at = zone.match.tokens.begin;
    for (Word const& word : m_scene.words_in(sentence)) {
        if (!is_role(word, ZoneRole::border)) {
            continue;
        }
        Border border{{}, word.match.tokens.begin};
        std::size_t const from =
            std::max(sentence.begin, border.token - std::min<std::size_t>(border.token, 3));
        for (Word const& country : m_scene.words_in({from, word.match.tokens.end + 4})) {
            bool const is_country = country.kind == WordKind::country;
            bool const is_before = country.match.tokens.begin < border.token;
            // Before the border only adjectives belong to it, and only in English.
            bool const is_arabic =
                is_country && text::is_arabic(m_scene.text().codes(country.match.tokens.begin).front());
            if (is_country && !(is_before && is_arabic)) {
                std::string const& iso = m_scene.lexicon().countries()[country.row].iso;
                if (std::find(border.countries.begin(), border.countries.end(), iso) ==
                    border.countries.end()) {
                    border.countries.push_back(iso);
                }
            }
        }
        bool const is_after = border.token > at;
        if (!border.countries.empty() && (!found || (is_after && found->token < at))) {
            found = border;
        }
    }
    return found;
}

/// The country named as a place in a range: «في شمال سورية».
std::string ZoneReader::country_within(text::TokenRange range) const {
    for (Word const& word : m_scene.words_in(range)) {
        if (word.kind == WordKind::country && !m_scene.lexicon().countries()[word.row].adjective) {
            return m_scene.lexicon().countries()[word.row].iso;
        }
    }
    return {};
}

/// Of these countries (of all, when none are given) the one in which most of the text's places lie.
std::string ZoneReader::commonest_country(std::vector<std::string> const& among) const {
    std::map<std::string, std::size_t> counts;
    for (geoparse::Toponym const& toponym : m_scene.places()) {
        if (toponym.mention.place && toponym.mention.role != Role::metonym) {
            std::string const& country = toponym.mention.place->country.empty()
                                             ? toponym.mention.place->id
                                             : toponym.mention.place->country;
            if (among.empty() || std::find(among.begin(), among.end(), country) != among.end()) {
                ++counts[country];
            }
        }
    }
    auto const most = std::max_element(counts.begin(), counts.end(),
                                       [](auto const& a, auto const& b) { return a.second < b.second; });
    return most == counts.end() ? std::string{} : most->first;
}

std::string ZoneReader::declarer_country(Zone const& zone) const {
    for (ActorRef const& ref : zone.declared_by) {
        for (Actor const& actor : m_scene.lexicon().actors()) {
            if (actor.id == ref.id) {
                return actor.country;
            }
        }
    }
    return {};
}

std::string ZoneReader::road_in(text::TokenRange range) const {
    for (std::size_t token = range.begin; token < range.end; ++token) {
        std::string_view const codes = m_scene.text().codes(token);
        if (codes.size() == 2 && codes[0] == 'm' && text::is_digit(codes[1])) {
            return fmt::format("M{}", codes[1]);
        }
    }
    return {};
}

/// On which side of its border a zone lies: the country it is said to be in; else not the declarer's own.
void ZoneReader::set_side(Zone& zone, Border const& border, text::TokenRange between) const {
    auto const is_of_border = [&](std::string const& iso) {
        return std::find(border.countries.begin(), border.countries.end(), iso) != border.countries.end();
    };
    std::string const within = country_within(between);
    std::string const declarer = declarer_country(zone);
    if (is_of_border(within)) {
        zone.side = within;
        zone.why += "; said to lie in " + within;
    } else if (is_of_border(declarer)) {
        zone.side = declarer == border.countries[0] ? border.countries[1] : border.countries[0];
        zone.why += "; declared from the other side";
        zone.confidence *= 0.9;
    } else {
        zone.side = commonest_country(border.countries);
        zone.why += "; on the side most of the text's places lie on";
        zone.confidence *= 0.7;
    }
}

void ZoneReader::set_along(Zone& zone, Word const& word, text::TokenRange sentence) const {
    text::TokenRange const after{word.match.tokens.end, sentence.end};
    auto border = border_near(word, sentence);
    if (!border) {
        zone.along = road_in(after);
        if (zone.along.empty()) {
            set_area(zone, after);
        }
        return;
    }
    text::TokenRange const between{std::min(word.match.tokens.begin, border->token),
                                   std::max(word.match.tokens.begin, border->token)};
    if (border->countries.size() == 1) {
        std::string other = country_within(between);
        other = other.empty() || other == border->countries[0] ? declarer_country(zone) : other;
        if (other.empty() || other == border->countries[0]) {
            other = commonest_country({});
        }
        if (other.empty() || other == border->countries[0]) {
            zone.why += "; only one side of the border is known";
            zone.side = other;
            return;
        }
        border->countries.push_back(other);
    }
    border->countries.resize(2);
    std::string const& a = std::min(border->countries[0], border->countries[1]);
    std::string const& b = std::max(border->countries[0], border->countries[1]);
    zone.along = fmt::format("{}-{} border", a, b);
    zone.why += "; along the border named with it";
    set_side(zone, *border, between);
}

/// A zone named after an area lies in its governorate, or country.
void ZoneReader::set_area(Zone& zone, text::TokenRange range) const {
    for (std::size_t const i : m_scene.places_in({range.begin, std::min(range.end, range.begin + 8)})) {
        auto const& place = m_scene.places()[i].mention.place;
        if (place && m_scene.places()[i].mention.role != Role::metonym) {
            zone.side = place->feature == "ADM1" ? place->id
                        : place->admin1          ? place->admin1->id
                                                 : place->country;
            zone.side = zone.side.empty() ? place->id : zone.side;
            zone.why += "; in the area named with it";
            return;
        }
    }
}

/// «بين X وY»: a zone that lies between two places reaches from one to the other, whatever governorate they
/// are in.
void ZoneReader::set_section(Zone& zone, Word const& word, text::TokenRange sentence) const {
    bool const is_road = !zone.along.empty() && !zone.along.ends_with(" border");
    auto const section = section_of_zone(m_scene, sentence, word.match.tokens.begin);
    if (!section || is_road) {
        return;
    }
    if (zone.along.empty()) {
        zone.side = section->country;
    }
    zone.along += (zone.along.empty() ? "" : " ") + section->words;
    zone.why += "; between the two places named with it";
}

/// Whether a distance is a depth or a length: the nearest word that says so before it, else the first after.
std::optional<ZoneRole> ZoneReader::measured_by(text::TokenRange number, Word const& unit,
                                                Zone const& zone) const {
    constexpr std::size_t before = 5;
    constexpr std::size_t after = 3;
    auto const is_open = [&](Word const& word) {
        return (is_role(word, ZoneRole::depth) && !zone.depth_km) ||
               (is_role(word, ZoneRole::length) && !zone.length_km);
    };
    std::optional<ZoneRole> found;
    std::size_t const from = number.begin - std::min(number.begin, before);
    for (Word const& word : m_scene.words_in({from, number.begin})) {
        if (is_role(word, ZoneRole::unit)) {
            found.reset(); // what stands before it measures that distance
        } else if (is_open(word)) {
            found = zone_word(word).role;
        }
    }
    for (Word const& word : m_scene.words_in({number.begin, unit.match.tokens.end + after})) {
        if (!found && is_open(word)) {
            found = zone_word(word).role;
        }
    }
    return found;
}

void ZoneReader::set_lengths(Zone& zone, text::TokenRange sentence) const {
    for (Word const& unit : m_scene.words_in(sentence)) {
        if (!is_role(unit, ZoneRole::unit)) {
            continue;
        }
        std::size_t const begin = unit.match.tokens.begin;
        std::optional<text::Number> number;
        for (std::size_t at = begin - std::min<std::size_t>(begin, 4); at < begin && !number; ++at) {
            auto const read = text::read_number(m_scene.text(), at, m_scene.numbers());
            bool const hyphen = read && m_scene.text().codes(read->tokens.end) == "-";
            if (read && read->tokens.end + (hyphen ? 1 : 0) == begin) {
                number = read;
            }
        }
        if (!number) {
            continue;
        }
        double const kilometres = static_cast<double>(number->value) * zone_word(unit).kilometres;
        auto const role = measured_by(number->tokens, unit, zone);
        if (role == ZoneRole::depth) {
            zone.depth_km = kilometres;
        } else if (role == ZoneRole::length) {
            zone.length_km = kilometres;
        }
    }
}

/// «يسمى «ممر السلام»»: the words in quotes, or the words up to the next sign.
void ZoneReader::set_name(Zone& zone, text::TokenRange range) const {
    for (Word const& word : m_scene.words_in(range)) {
        if (!is_role(word, ZoneRole::named)) {
            continue;
        }
        std::size_t begin = word.match.tokens.end;
        auto const is_sign = [&](std::size_t token) {
            return m_scene.text().tokens()[token].kind != text::Token::Kind::word;
        };
        while (begin < range.end && is_sign(begin)) {
            ++begin;
        }
        std::size_t end = begin;
        while (end < range.end && !is_sign(end) && end - begin < 5) {
            ++end;
        }
        zone.name = m_scene.words_of({begin, end});
        return;
    }
}

/// The nearest word of status before the zone, else the first after it.
void ZoneReader::set_status(Zone& zone, Word const& word, text::TokenRange sentence) const {
    zone.status = zone.kind == ZoneKind::deescalation ? ZoneStatus::in_force : ZoneStatus::proposed;
    bool decided = false;
    bool agreed_or_ended = false; // «اتفقت … على إقامة منطقة», «ألغت خطة منطقة»: the verb counts
    for (Word const& each : m_scene.words_in(sentence)) {
        bool const before = each.match.tokens.end <= word.match.tokens.begin;
        if (!is_role(each, ZoneRole::status) || (!before && decided)) {
            continue;
        }
        ZoneStatus const status = zone_word(each).status;
        if (!agreed_or_ended || status != ZoneStatus::proposed) {
            zone.status = status;
        }
        agreed_or_ended =
            agreed_or_ended || (before && (status == ZoneStatus::agreed || status == ZoneStatus::ended));
        decided = true;
    }
    // «هددت … ما لم تقم منطقة», "threatened … if a zone is not established": what is threatened for is not
    // there.
    bool const is_wished = m_scene.has_cue({sentence.begin, word.match.tokens.begin}, Cue::threat) ||
                           m_scene.has_cue({sentence.begin, word.match.tokens.begin}, Cue::maybe);
    if (is_wished && zone.status == ZoneStatus::in_force && zone.kind != ZoneKind::deescalation) {
        zone.status = ZoneStatus::proposed;
    }
    if (!decided) {
        zone.confidence *= 0.8;
    }
}

void ZoneReader::set_declarer(Zone& zone, Word const& word, text::TokenRange sentence) const {
    std::size_t previous_end = m_scene.text().size() + 1;
    for (ActorMention const& actor : m_actors) {
        bool const is_before =
            actor.tokens.begin >= sentence.begin && actor.tokens.end <= word.match.tokens.begin;
        bool const is_addressed =
            actor.clitics.preposition != 0 ||
            (actor.tokens.begin > 0 && is_party(m_scene.text().codes(actor.tokens.begin - 1)));
        if (!is_before || is_addressed || actor.inter == 7) {
            continue;
        }
        if (actor.clitics.conjunction && actor.tokens.begin == previous_end) { // «روسيا وتركيا»
            zone.declared_by.insert(zone.declared_by.end(), actor.actors.begin(), actor.actors.end());
        } else {
            zone.declared_by = actor.actors;
        }
        previous_end = actor.tokens.end;
    }
}

std::optional<Zone> ZoneReader::read(Word const& word) const {
    text::TokenRange const sentence =
        m_scene.text().sentences()[m_scene.text().sentence_of(word.match.tokens.begin)];
    Zone zone;
    zone.kind = zone_word(word).kind;
    zone.span = word.match.span;
    zone.date = m_scene.report().published;
    zone.confidence = 0.9;
    zone.why = fmt::format("«{}»", word.match.span.of(m_scene.text().source()));
    set_declarer(zone, word, sentence);
    set_along(zone, word, sentence);
    set_section(zone, word, sentence);
    set_status(zone, word, sentence);
    set_lengths(zone, sentence);
    set_name(zone, {word.match.tokens.end, sentence.end});
    bool const is_located = !zone.along.empty() || !zone.side.empty() || !zone.name.empty();
    bool const is_measured = zone.depth_km || zone.length_km;
    if (!is_located && !is_measured) {
        return std::nullopt;
    }
    if (!is_located) {
        zone.why += "; where is not said";
        zone.confidence *= 0.7;
    }
    return zone;
}

/// Whether two mentions speak of one zone.
bool is_same(Zone const& a, Zone const& b) {
    return a.kind == b.kind && a.along == b.along && a.side == b.side &&
           (a.name.empty() || b.name.empty() || a.name == b.name);
}

} // namespace

std::vector<Zone> find_zones(Scene const& scene) {
    ZoneReader const reader{scene};
    std::vector<Zone> zones;
    for (Word const& word : scene.words()) {
        bool const is_kind =
            word.kind == WordKind::zone && scene.lexicon().zone_words()[word.row].role == ZoneRole::kind;
        if (!is_kind || scene.is_aside(scene.text().sentence_of(word.match.tokens.begin))) {
            continue;
        }
        auto zone = reader.read(word);
        if (!zone) {
            continue;
        }
        auto const known =
            std::find_if(zones.begin(), zones.end(), [&](Zone const& each) { return is_same(each, *zone); });
        if (known == zones.end()) {
            zone->id = zone_id(scene.report().doc_id, zone->span, 0);
            zones.push_back(std::move(*zone));
            continue;
        }
        known->name = known->name.empty() ? zone->name : known->name;
        known->depth_km = known->depth_km ? known->depth_km : zone->depth_km;
        known->length_km = known->length_km ? known->length_km : zone->length_km;
        known->declared_by = known->declared_by.empty() ? zone->declared_by : known->declared_by;
    }
    return zones;
}

} // namespace kharita::event
