#include "geoparse/resolve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <fmt/format.h>

#include "geoparse/plane.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::Candidate;
using gazetteer::FeatureClass;
using gazetteer::MatchKind;
using gazetteer::no_place;
using gazetteer::PlaceIndex;

bool is_wide(FeatureClass value) {
    return value == FeatureClass::country || value == FeatureClass::admin1 || value == FeatureClass::admin2 ||
           value == FeatureClass::admin3 || value == FeatureClass::region;
}

/// How the setting of a name speaks for classes where no type word does.
Sense sense_of(Context const& context, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    Setting const& setting = draft.setting;
    if (setting.heading) {
        return Sense::heading;
    }
    if (setting.nearness == Nearness::countryside) {
        return Sense::countryside;
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
    for (Draft const& bound : drafts) {
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

struct Scored {
    Candidate candidate;
    double score = 0;
    double probability = 0;
    std::string why;
    bool outside = false; ///< a little-known place outside the stated scope
};

/// Resolves the drafts of one text.
class Resolver {
public:
    Resolver(Context const& context, std::vector<Draft>& drafts) : m_context{context}, m_drafts{drafts} {}

    void run() {
        constexpr int rounds = 2; // first alone, then with the neighbours that the first round placed
        for (m_round = 0; m_round < rounds; ++m_round) {
            m_done.assign(m_drafts.size(), false);
            m_before.clear();
            for (Draft const& draft : m_drafts) {
                m_before.push_back(draft.place);
            }
            count_countries();
            for (std::size_t i = 0; i < m_drafts.size(); ++i) {
                decide(i);
            }
        }
    }

private:
    double weight(Feature feature) const { return m_context.weights[feature]; }
    Place const& place(PlaceIndex index) const { return m_context.gazetteer.place(index); }

    void count_countries() {
        std::unordered_map<std::string_view, int> counts;
        int most = 0;
        m_country = {};
        for (PlaceIndex const index : m_before) {
            if (index == no_place || m_context.gazetteer.feature_class_of(index) == FeatureClass::country) {
                continue;
            }
            std::string_view const country = place(index).country;
            int const count = ++counts[country];
            if (count > most || (count == most && country < m_country)) {
                most = count;
                m_country = country;
            }
        }
    }

    void decide(std::size_t index) {
        if (m_done[index]) {
            return;
        }
        m_done[index] = true;
        Draft& draft = m_drafts[index];
        if (draft.scope) {
            decide(*draft.scope);
        }
        if (draft.apposition) {
            decide(*draft.apposition);
        }
        std::vector<Scored> scored;
        scored.reserve(draft.candidates.size());
        for (Candidate const& candidate : draft.candidates) {
            scored.push_back(score(index, candidate));
        }
        choose(draft, scored);
    }

    Scored score(std::size_t index, Candidate const& candidate) {
        Scored result{candidate, 0, 0, {}};
        add_match(result);
        add_type(index, result);
        add_scope(index, result);
        add_neighbours(index, result);
        Place const& at = place(candidate.place);
        result.score += weight(Feature::place_prominence) * at.prominence;
        if (!is_wide(m_context.gazetteer.feature_class_of(candidate.place)) && at.population > 100) {
            result.score +=
                weight(Feature::place_population) * std::log10(static_cast<double>(at.population) / 100);
        }
        if (!m_country.empty() && at.country == m_country) {
            result.score += weight(Feature::place_same_country);
        }
        return result;
    }

    void add_match(Scored& result) const {
        switch (result.candidate.kind) {
        case MatchKind::exact:
            result.score += weight(Feature::place_exact);
            result.why = "exact name";
            break;
        case MatchKind::folded:
            result.score += weight(Feature::place_folded);
            result.why = "same name but for spelling marks";
            break;
        case MatchKind::article:
            result.score += weight(Feature::place_article);
            result.why = "name but for the article";
            break;
        case MatchKind::joined:
            result.score += weight(Feature::place_joined);
            result.why = "name but for joined words";
            break;
        case MatchKind::fuzzy:
            result.score += weight(Feature::place_fuzzy);
            result.why = "similar name";
            break;
        }
        if (result.candidate.primary) {
            result.score += weight(Feature::place_primary);
        }
    }

    void add_type(std::size_t index, Scored& result) const {
        Draft const& draft = m_drafts[index];
        auto const value = m_context.gazetteer.feature_class_of(result.candidate.place);
        if (draft.setting.type) {
            TypeWord const& type = *draft.setting.type;
            if ((type.classes & class_bit(value)) != 0) {
                result.score += weight(Feature::place_type_agrees);
                result.score += type.likeliest == value ? weight(Feature::place_type_likeliest) : 0;
                result.why += "; type word agrees";
            } else {
                result.score += weight(type.opens || type.often_opens ? Feature::place_type_disagrees
                                                                      : Feature::place_type_strays);
                result.why += "; type word disagrees";
            }
            if (draft.setting.nearness != Nearness::countryside) {
                return;
            }
        }
        Sense const sense = sense_of(m_context, m_drafts, index);
        // A governorate that is hardly larger than its city is that city where the name stands bare.
        constexpr double city_size = 15000;
        bool const is_city =
            value == FeatureClass::admin1 && place(result.candidate.place).uncertainty.value < city_size;
        result.score += is_city ? -1.0 : m_context.senses.weight(sense, value);
    }

    void add_scope(std::size_t index, Scored& result) const {
        Draft const& draft = m_drafts[index];
        if (!draft.scope || m_drafts[*draft.scope].place == no_place) {
            return;
        }
        Draft const& scope = m_drafts[*draft.scope];
        PlaceIndex const outer = scope.place;
        bool const stated = draft.bond == Bond::stated;
        bool const wide = is_wide(m_context.gazetteer.feature_class_of(outer));
        bool const headed = scope.setting.heading && place(outer).feature != "PPLC";
        if (!stated && ((!wide && !headed) || same_name(draft, scope))) {
            return;
        }
        Metres const far = distance(place(result.candidate.place).at, place(outer).at);
        bool inside = m_context.gazetteer.is_within(result.candidate.place, outer);
        if (result.candidate.place == outer || m_context.gazetteer.is_within(outer, result.candidate.place)) {
            result.score += stated ? weight(Feature::place_out_of_scope) : 0;
            return;
        }
        constexpr double reach_of_point = 60000; // of «شمال X» and «قرب X», where X is a town
        // Units have no outlines here, and reports draw their borders loosely.
        constexpr double loose_border = 15000;
        bool const near = far.value < (wide ? std::max(place(outer).uncertainty.value * 1.1, loose_border)
                                            : reach_of_point);
        inside = inside || (!wide && near);
        if (!stated) {
            if (scope.setting.heading) {
                result.score += weight(inside ? Feature::place_in_heading : Feature::place_out_of_heading);
            } else {
                result.score += weight(inside ? Feature::place_in_inherited_scope
                                              : Feature::place_out_of_inherited_scope);
            }
            result.why += inside ? "; inside " + place(outer).name + " named before" : "";
            return;
        }
        bool const in_reach = inside || near;
        if (scope.setting.distance) {
            inside = at_distance(far, *scope.setting.distance);
            result.score += weight(inside ? Feature::place_at_distance : Feature::place_off_distance);
            result.why += inside ? "; at the stated distance" : "; not at the stated distance";
        }
        result.score += weight(inside ? Feature::place_in_scope
                               : near ? Feature::place_near_scope
                                      : Feature::place_out_of_scope);
        result.why += fmt::format("; {} scope {}",
                                  inside ? "inside"
                                  : near ? "near"
                                         : "outside",
                                  place(outer).name);
        if (in_reach) {
            add_sector(scope, result);
        } else {
            exclude(outer, result);
        }
    }

    /// A small place that lies neither in the stated scope nor near it.
    void exclude(PlaceIndex outer, Scored& result) const {
        Place const& chosen = place(result.candidate.place);
        if (is_wide(m_context.gazetteer.feature_class_of(result.candidate.place)) ||
            chosen.feature == "PPLC") {
            return;
        }
        constexpr int well_known = 4;
        result.outside = chosen.prominence < well_known;
        if (chosen.country != place(outer).country) {
            result.score += weight(Feature::place_out_of_country);
        }
    }

    /// Reports round, and measure from anywhere in a town: within a quarter, or 4 km.
    static bool at_distance(Metres measured, Metres stated) {
        constexpr double least = 4000;
        return std::abs(measured.value - stated.value) <= std::max(stated.value / 4, least);
    }

    /// «جنوب حلب», «ريف حماة الشمالي»: on which side of the scope's centre the candidate lies.
    void add_sector(Draft const& scope, Scored& result) const {
        auto const azimuth = scope.setting.compass     ? std::optional{scope.setting.compass->azimuth}
                             : scope.setting.attribute ? scope.setting.attribute
                                                       : std::nullopt;
        if (!azimuth) {
            return;
        }
        LonLat centre = place(scope.place).at;
        for (Candidate const& other : scope.candidates) {
            // Of a city and its governorate, the sides are those of the city.
            if (m_context.gazetteer.feature_class_of(other.place) == FeatureClass::settlement &&
                m_context.gazetteer.is_within(other.place, scope.place)) {
                centre = place(other.place).at;
            }
        }
        double const off = angle_between(direction(centre, place(result.candidate.place).at), *azimuth);
        constexpr double on_side = 67.5;
        constexpr double off_side = 112.5;
        if (off <= on_side) {
            result.score += weight(Feature::place_in_sector);
            result.why += "; on the stated side";
        } else if (off >= off_side) {
            result.score += weight(Feature::place_out_of_sector);
            result.why += "; not on the stated side";
        }
    }

    void add_neighbours(std::size_t index, Scored& result) const {
        if (m_round == 0) {
            return;
        }
        Draft const& draft = m_drafts[index];
        double sibling = 0;
        double sentence = 0;
        double document = 0;
        bool same = false;
        std::string_view nearest;
        auto const here = m_context.text.sentence_of(draft.tokens.begin);
        for (std::size_t i = 0; i < m_drafts.size(); ++i) {
            PlaceIndex const other = m_before[i];
            if (i == index || other == no_place || (draft.scope == i && draft.bond == Bond::stated)) {
                continue;
            }
            // City and governorate of one name share the bonus: which of them is meant, the setting decides.
            bool const named_before = i < index && same_name(draft, m_drafts[i]);
            bool const explained = draft.apposition == i || m_drafts[i].apposition == index;
            same = same || ((named_before || explained) && agree(other, result.candidate.place));
            if (other == result.candidate.place || named_before) {
                continue;
            }
            if (is_wide(m_context.gazetteer.feature_class_of(other))) {
                continue;
            }
            double const gap = distance(place(result.candidate.place).at, place(other).at).value;
            double const beyond =
                std::max(0.0, gap - (is_wide(m_context.gazetteer.feature_class_of(result.candidate.place))
                                         ? place(result.candidate.place).uncertainty.value
                                         : 0.0));
            if (m_drafts[i].list == draft.list) {
                double const value = std::exp(-beyond / 20000);
                if (value > sibling) {
                    sibling = value;
                    nearest = place(other).name;
                }
            } else if (m_context.text.sentence_of(m_drafts[i].tokens.begin) == here) {
                sentence = std::max(sentence, std::exp(-beyond / 40000));
            } else {
                document = std::max(document, std::exp(-beyond / 60000));
            }
        }
        result.score += weight(Feature::place_near_sibling) * sibling +
                        weight(Feature::place_near_sentence) * sentence +
                        weight(Feature::place_near_document) * document;
        constexpr double worth_saying = 0.3;
        if (sibling > worth_saying) {
            result.why += fmt::format("; near {}", nearest);
        }
        if (same) {
            result.score += weight(Feature::place_same_sense);
            result.why += "; as before in the text";
        }
    }

    bool same_name(Draft const& a, Draft const& b) const {
        return a.span.of(m_context.text.source()) == b.span.of(m_context.text.source());
    }

    /// City, district and governorate of one name are one answer about where.
    bool agree(PlaceIndex a, PlaceIndex b) const {
        constexpr double same_spot = 5000;
        return a == b || m_context.gazetteer.is_within(a, b) || m_context.gazetteer.is_within(b, a) ||
               distance(place(a).at, place(b).at).value < same_spot;
    }

    /// A place that the gazetteer lacks would agree with the type word too, the more so with the words for
    /// small places, of which many are lacking.
    double unknown_of_type(Setting const& setting) const {
        if (!setting.type) {
            return 0;
        }
        return weight(Feature::place_type_agrees) +
               (setting.type->opens ? weight(Feature::place_type_likeliest) : 0);
    }

    void choose(Draft& draft, std::vector<Scored>& scored) const {
        std::stable_sort(scored.begin(), scored.end(),
                         [](Scored const& a, Scored const& b) { return a.score > b.score; });
        // Where the scope excludes all of them, a place inside it that the gazetteer lacks is as likely.
        bool const excluded = !scored.empty() && std::all_of(scored.begin(), scored.end(),
                                                             [](Scored const& each) { return each.outside; });
        double const unknown = weight(Feature::place_unknown) + unknown_of_type(draft.setting) +
                               (excluded ? weight(Feature::place_unknown_in_scope) : 0);
        double const temperature = weight(Feature::place_temperature);
        double total = std::exp(unknown / temperature);
        for (Scored& each : scored) {
            each.probability = std::exp(each.score / temperature);
            total += each.probability;
        }
        double agreeing = 0;
        for (Scored& each : scored) {
            each.probability /= total;
            agreeing += agree(each.candidate.place, scored.front().candidate.place) ? each.probability : 0;
        }
        draft.place = no_place;
        draft.alternatives.clear();
        draft.confidence = 0;
        bool const decided = agreeing >= weight(Feature::place_margin);
        if (decided) {
            Scored const& best = scored.front();
            draft.place = best.candidate.place;
            draft.kind = best.candidate.kind;
            draft.confidence = agreeing;
            draft.why = best.why;
        } else if (scored.empty()) {
            draft.why = "not in the gazetteer";
        } else {
            draft.why =
                (draft.known ? "undecided: " : "not in the gazetteer; ") +
                fmt::format("best is {}, {}", place(scored.front().candidate.place).name, scored.front().why);
        }
        constexpr std::size_t most = 5;
        constexpr double least = 0.001;
        for (std::size_t i = decided ? 1 : 0; i < scored.size() && draft.alternatives.size() < most; ++i) {
            if (scored[i].probability >= least || !decided) {
                draft.alternatives.push_back({place(scored[i].candidate.place).id, scored[i].probability});
            }
        }
    }

    Context const& m_context;
    std::vector<Draft>& m_drafts;
    std::vector<PlaceIndex> m_before; ///< what the round before decided
    std::vector<bool> m_done;
    std::string_view m_country; ///< that most places of the text lie in
    int m_round = 0;
};

} // namespace

void resolve(Context const& context, std::vector<Draft>& drafts) {
    Resolver{context, drafts}.run();
}

} // namespace kharita::geoparse
