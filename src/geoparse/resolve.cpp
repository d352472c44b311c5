#include "geoparse/resolve.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "geoparse/confidence.hpp"
#include "geoparse/neighbours.hpp"
#include "geoparse/plane.hpp"
#include "geoparse/town_or_unit.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::Candidate;
using gazetteer::FeatureClass;
using gazetteer::MatchKind;
using gazetteer::no_place;
using gazetteer::PlaceIndex;

struct Scored {
    Candidate candidate;
    double score = 0;
    double probability = 0;
    std::string why;
    bool outside = false; ///< a little-known place outside the stated scope
    bool remote = false;  ///< a little-known place far from the others of the text
};

struct MatchSays {
    Feature feature;
    std::string_view why;
};

MatchSays said_by(MatchKind kind) {
    switch (kind) {
    case MatchKind::exact:
        return {Feature::place_exact, "exact name"};
    case MatchKind::folded:
        return {Feature::place_folded, "same name but for spelling marks"};
    case MatchKind::article:
        return {Feature::place_article, "name but for the article"};
    case MatchKind::joined:
        return {Feature::place_joined, "name but for joined words"};
    case MatchKind::fuzzy:
        break;
    }
    return {Feature::place_fuzzy, "similar name"};
}

/// Resolves the drafts of one text.
class Resolver {
public:
    Resolver(Context const& context, std::vector<Draft>& drafts) : m_context{context}, m_drafts{drafts} {}

    void run() {
        constexpr int rounds = 2; // first alone, then with the neighbours that the first round placed
        for (m_round = 0; m_round < rounds; ++m_round) {
            m_done.assign(m_drafts.size(), false);
            m_neighbours.emplace(m_context, m_drafts);
            m_country = m_neighbours->main_country();
            for (std::size_t i = 0; i < m_drafts.size(); ++i) {
                decide(i);
            }
        }
    }

private:
    double weight(Feature feature) const { return m_context.weights[feature]; }
    Place const& place(PlaceIndex index) const { return m_context.gazetteer.place(index); }

    /// Decides a draft, before it the one that binds it, and before that one its own: in a list of what
    /// waits, since a text may bind each name to the next from its first to its last.
    void decide(std::size_t first) {
        enum class Next : std::uint8_t { scope, apposition, itself };
        struct Waiting {
            std::size_t draft = 0;
            Next next = Next::scope;
        };
        std::vector<Waiting> waiting;
        auto const add = [&](std::optional<std::size_t> draft) {
            if (draft && !m_done[*draft]) {
                m_done[*draft] = true;
                waiting.push_back({*draft, Next::scope});
            }
        };
        add(first);
        while (!waiting.empty()) {
            auto const [index, next] = waiting.back();
            switch (next) {
            case Next::scope:
                waiting.back().next = Next::apposition;
                add(m_drafts[index].scope);
                break;
            case Next::apposition:
                waiting.back().next = Next::itself;
                add(m_drafts[index].apposition);
                break;
            case Next::itself:
                waiting.pop_back();
                resolve(index);
                break;
            }
        }
    }

    void resolve(std::size_t index) {
        Draft const& draft = m_drafts[index];
        m_country_before = m_round > 0 ? m_neighbours->country_before(index) : std::string_view{};
        std::vector<Scored> scored(draft.candidates.size());
        std::ranges::transform(draft.candidates, scored.begin(),
                               [&](Candidate const& candidate) { return score(index, candidate); });
        add_misspelt(index, scored);
        choose(index, scored);
    }

    /// «كفرية» beside «الفوعة»: where all places of the name lie elsewhere, one of a like name may be meant.
    void add_misspelt(std::size_t index, std::vector<Scored>& scored) {
        Draft const& draft = m_drafts[index];
        bool const elsewhere =
            !scored.empty() && std::all_of(scored.begin(), scored.end(),
                                           [](Scored const& each) { return each.outside || each.remote; });
        if (!elsewhere || m_round == 0 || !draft.known) {
            return;
        }
        for (Candidate const& candidate : m_context.gazetteer.fuzzy(m_context.text, draft.tokens)) {
            bool const known = std::any_of(scored.begin(), scored.end(), [&](Scored const& each) {
                return each.candidate.place == candidate.place;
            });
            if (!known) {
                scored.push_back(score(index, candidate));
            }
        }
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
        std::string_view const country = m_country_before.empty() ? m_country : m_country_before;
        if (!country.empty() && at.country == country) {
            result.score +=
                weight(country == m_country ? Feature::place_same_country : Feature::place_country_before);
        }
        add_spelt_out(m_drafts[index], result);
        return result;
    }

    /// «عُمان» and «عمّان», «صيدا اللبنانية»: what vowel marks and adjectives tell.
    void add_spelt_out(Draft const& draft, Scored& result) const {
        result.why = draft.by_epithet ? "the country of that kind that the text names" : result.why;
        Place const& at = place(result.candidate.place);
        auto const meant = m_context.table.vocalised(draft.span.of(m_context.text.source()));
        if (meant == at.id && !meant.empty()) {
            result.score += weight(Feature::place_vocalised);
            result.why += "; its vowel marks";
        }
        if (!draft.setting.country.empty() && at.country == draft.setting.country) {
            result.score += weight(Feature::place_nationality);
            result.why += "; in the country of the adjective";
        }
    }

    void add_match(Scored& result) const {
        auto const [feature, why] = said_by(result.candidate.kind);
        result.score += weight(feature);
        result.why = why;
        if (result.candidate.primary) {
            result.score += weight(Feature::place_primary);
        }
    }

    void add_type(std::size_t index, Scored& result) const {
        Draft const& draft = m_drafts[index];
        auto const value = m_context.gazetteer.feature_class_of(result.candidate.place);
        // «مقاطعة إسرائيل» is a boycott, «قاعدة المغرب» a branch of al-Qaida: no facility or unit is a
        // country.
        bool const said = draft.setting.type && (value != FeatureClass::country ||
                                                 (draft.setting.type->classes & class_bit(value)) != 0);
        if (said) {
            TypeWord const& type = *draft.setting.type;
            if ((type.classes & class_bit(value)) != 0) {
                result.score += weight(Feature::place_type_agrees);
                bool const likeliest =
                    type.likeliest == value && (!draft.with_head || value != FeatureClass::natural);
                result.score += likeliest ? weight(Feature::place_type_likeliest) : 0;
                result.why += why_of_type(type, value);
                if (is_province_capital(m_context, type, result.candidate.place)) {
                    result.score += weight(Feature::place_type_strays);
                }
                if (is_too_great(m_context, type, result.candidate.place)) {
                    result.score += weight(Feature::place_type_disagrees);
                    result.why += ", but for its size";
                }
            } else {
                result.score +=
                    weight(type.opens || type.often_opens ? Feature::place_type_disagrees
                                                          : Feature::place_type_strays) +
                    (is_no_province(type, value) || is_too_great(m_context, type, result.candidate.place)
                         ? 2 * weight(Feature::place_type_disagrees)
                         : 0);
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
            value == FeatureClass::admin1 &&
            (place(result.candidate.place).uncertainty.value < city_size ||
             (sense == Sense::bare && is_behind_its_city(m_context, draft, result.candidate)));
        result.score += is_city ? -1.0 : m_context.senses.weight(sense, value);
        if (sense == Sense::bare && value == FeatureClass::settlement && m_round > 0 &&
            !follows_office(m_context, draft) && is_town_by_context(m_context, m_drafts, index)) {
            result.score += weight(Feature::place_town_by_context);
        }
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
        double const extent = is_wide(m_context.gazetteer.feature_class_of(result.candidate.place))
                                  ? place(result.candidate.place).uncertainty.value
                                  : 0.0;
        double const apart = distance(place(result.candidate.place).at, place(outer).at).value;
        Metres const far{std::max(0.0, apart - extent)};
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
        auto const value = m_context.gazetteer.feature_class_of(result.candidate.place);
        bool const is_province = value == FeatureClass::admin1 || value == FeatureClass::country;
        inside = inside || (!wide && near && !is_province); // which lies in no town
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
        add_stated_scope(draft, {far, wide, near, inside}, result);
    }

    /// How a candidate lies to a scope.
    struct Reach {
        Metres far;
        bool wide = false; ///< the scope is an area
        bool near = false;
        bool inside = false;
    };

    void add_stated_scope(Draft const& draft, Reach const& reach, Scored& result) const {
        Draft const& scope = m_drafts[*draft.scope];
        PlaceIndex const outer = scope.place;
        bool inside = reach.inside;
        bool const in_reach = inside || reach.near;
        if (scope.setting.distance) {
            inside = is_at_distance(reach.far, *scope.setting.distance);
            result.score += weight(inside ? Feature::place_at_distance : Feature::place_off_distance);
            result.why += inside ? "; at the stated distance" : "; not at the stated distance";
        }
        result.score += weight(inside       ? Feature::place_in_scope
                               : reach.near ? Feature::place_near_scope
                                            : Feature::place_out_of_scope);
        result.why += fmt::format("; {} scope {}",
                                  inside       ? "inside"
                                  : reach.near ? "near"
                                               : "outside",
                                  place(outer).name);
        if (in_reach) {
            add_sector(scope, result);
        } else {
            exclude(draft, outer, result);
            constexpr double far_beyond_unit = 40000;
            constexpr double far_beyond_point = 150000;
            if (reach.far.value >
                (reach.wide ? place(outer).uncertainty.value * 2 + far_beyond_unit : far_beyond_point)) {
                result.score += weight(Feature::place_far_out_of_scope);
            }
        }
    }

    /// A small place that lies neither in the stated scope nor near it.
    void exclude(Draft const& draft, PlaceIndex outer, Scored& result) const {
        Place const& chosen = place(result.candidate.place);
        auto const value = m_context.gazetteer.feature_class_of(result.candidate.place);
        bool const called_after = is_called_after(draft, value);
        // «دور موسكو في سوريا» names a government, «مدرسة القدس في إدلب» no capital.
        if (is_wide(value) || (chosen.feature == "PPLC" && !called_after)) {
            return;
        }
        constexpr int well_known = 4;
        result.outside = chosen.prominence < well_known || called_after;
        result.score += called_after ? weight(Feature::place_called_after) : 0;
        if (chosen.country != place(outer).country) {
            result.score += weight(Feature::place_out_of_country);
        }
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
        Nearby const nearby = m_neighbours->nearby(index, result.candidate.place);
        result.score += weight(Feature::place_near_sibling) * nearby.sibling +
                        weight(Feature::place_near_sentence) * nearby.sentence +
                        weight(Feature::place_near_document) * nearby.document;
        constexpr double worth_saying = 0.3;
        if (nearby.sibling > worth_saying) {
            result.why += fmt::format("; near {}", nearby.nearest);
        }
        if (nearby.same_sense) {
            result.score += weight(Feature::place_same_sense);
            result.why += "; as before in the text";
        }
        bool const country =
            m_context.gazetteer.feature_class_of(result.candidate.place) == FeatureClass::country;
        if (nearby.among_countries && country) {
            result.score += weight(Feature::place_among_countries);
            result.why += "; among countries";
        }
        add_remoteness(index, nearby, result);
    }

    /// Whether a mention is one of three or more that are listed; villages that are listed lie together.
    bool is_listed(std::size_t index) const {
        auto const [begin, end] = drafts_near(index, m_drafts.size());
        std::size_t const list = m_drafts[index].list;
        return std::ranges::count(std::span{m_drafts}.subspan(begin, end - begin), list, &Draft::list) > 2;
    }

    /// A little-known place far from all others of its sentence, or of the text, is seldom meant, unless the
    /// text says where it lies.
    void add_remoteness(std::size_t index, Nearby const& nearby, Scored& result) const {
        Draft const& draft = m_drafts[index];
        Place const& at = place(result.candidate.place);
        auto const value = m_context.gazetteer.feature_class_of(result.candidate.place);
        bool const bound =
            draft.scope && m_drafts[*draft.scope].place != no_place &&
            (draft.bond == Bond::stated ||
             m_context.gazetteer.is_within(result.candidate.place, m_drafts[*draft.scope].place));
        bool const shares_name = is_called_after(draft, value);
        bool const own_name = shares_name && (draft.setting.type->opens || draft.setting.type->often_opens);
        if (own_name && !bound && at.feature != "PPLC" && !m_country.empty() && at.country != m_country) {
            result.score += weight(Feature::place_called_after);
            result.why += "; in another country";
        }
        if (is_well_known(at) || is_wide(value) || bound) {
            return;
        }
        // What is called after a town lies in its neighbourhood, if after that town at all.
        double const far_in_sentence = shares_name ? 30000 : 100000;
        double const far_in_document = shares_name ? 60000 : 150000;
        bool const has_sentence = std::isfinite(nearby.to_sentence.value);
        bool const typed = draft.setting.type && draft.setting.type->likeliest == value;
        constexpr int hardly_known = 1;
        if (has_sentence && nearby.to_sentence.value > far_in_sentence) {
            result.remote = true;
            // Hills and camps of one name are many: «تلال A وB» says little of a B that lies far away.
            // Streets and quarters are, too, and those of other towns are not in the news here.
            bool const are_many = shares_name || draft.with_head || is_listed(index) ||
                                  value == FeatureClass::neighbourhood || at.feature == "ST";
            result.score += weight(Feature::place_far_in_sentence) * (are_many ? 2 : 1);
            result.why += "; far from the places of its sentence";
        } else if (!has_sentence && std::isfinite(nearby.to_document.value) &&
                   nearby.to_document.value > far_in_document) {
            result.remote = true;
            result.score +=
                weight(shares_name ? Feature::place_far_in_sentence : Feature::place_far_in_document);
            result.why += "; far from the places of the text";
        } else if (!std::isfinite(nearby.to_document.value) && !typed && at.prominence <= hardly_known) {
            result.score += weight(Feature::place_alone);
            result.why += "; little known, and no other place near it";
        }
    }

    bool same_name(Draft const& a, Draft const& b) const {
        return a.span.of(m_context.text.source()) == b.span.of(m_context.text.source());
    }

    bool agree(PlaceIndex a, PlaceIndex b) const { return is_same_spot(m_context.gazetteer, a, b); }

    /// A place that the gazetteer lacks would agree with the type word too, the more so with the words for
    /// small places, of which many are lacking.
    double unknown_of_type(Setting const& setting) const {
        if (!setting.type) {
            return 0;
        }
        return weight(Feature::place_type_agrees) +
               (setting.type->opens ? weight(Feature::place_type_likeliest) : 0);
    }

    /// A country, province or capital: hardly any other place is called so.
    bool is_famous(Draft const& draft, std::vector<Scored> const& scored) const {
        if (scored.empty() || scored.front().candidate.kind > MatchKind::folded) {
            return false;
        }
        PlaceIndex const best = scored.front().candidate.place;
        auto const value = m_context.gazetteer.feature_class_of(best);
        bool const fits = !draft.setting.type || (draft.setting.type->classes & class_bit(value)) != 0;
        // A seat of government, or a region or sea of several countries, has no namesake.
        return fits &&
               (value == FeatureClass::country || is_seat(place(best)) || place(best).country.empty() ||
                value == FeatureClass::admin1 || place(best).feature == "PPLC");
    }

    /// The same name stood before for what could not be located: by its kind no known place, or in a scope
    /// that holds none of them.
    bool is_unknown_before(std::size_t index) const {
        Draft const& draft = m_drafts[index];
        if (draft.bond == Bond::stated || draft.setting.type_of_list) {
            return false;
        }
        auto const drafts = std::span{m_drafts};
        std::size_t const begin = drafts_near(index, drafts.size()).begin;
        return std::ranges::any_of(drafts.subspan(begin, index - begin), [&](Draft const& before) {
            return before.place == no_place && same_name(before, draft) &&
                   (!before.known || before.bond == Bond::stated);
        });
    }

    /// `scored`: best first.
    Lead lead_of(std::vector<Scored> const& scored, double unknown) const {
        Scored const& best = scored.front();
        Lead lead{best.score - unknown, std::numeric_limits<double>::infinity()};
        bool const wide = is_wide(m_context.gazetteer.feature_class_of(best.candidate.place));
        for (Scored const& each : std::span{scored}.subspan(1)) {
            double const by = best.score - each.score;
            if (!agree(each.candidate.place, best.candidate.place)) {
                lead.elsewhere = std::min(lead.elsewhere, by);
            } else if (wide != is_wide(m_context.gazetteer.feature_class_of(each.candidate.place))) {
                lead.same_name = std::min(lead.same_name, by);
            }
        }
        return lead;
    }

    void choose(std::size_t index, std::vector<Scored>& scored) const {
        Draft& draft = m_drafts[index];
        std::stable_sort(scored.begin(), scored.end(),
                         [](Scored const& a, Scored const& b) { return a.score > b.score; });
        // Where the scope excludes all of them, a place inside it that the gazetteer lacks is as likely.
        bool const excluded = !scored.empty() && std::all_of(scored.begin(), scored.end(),
                                                             [](Scored const& each) { return each.outside; });
        // «مدرسة القدس في إدلب»: however famous, it does not lie where the text says.
        bool const is_barred = excluded && draft.bond == Bond::stated;
        double const unknown = weight(Feature::place_unknown) + unknown_of_type(draft.setting) +
                               (excluded ? weight(Feature::place_unknown_in_scope) : 0) +
                               (is_unknown_before(index) ? weight(Feature::place_unknown_before) : 0) +
                               (!is_barred && is_famous(draft, scored) ? weight(Feature::place_famous) : 0);
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
            draft.confidence = confidence_of(m_context, draft, lead_of(scored, unknown));
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
    std::optional<NeighbourMap> m_neighbours; ///< as the round before decided
    std::vector<bool> m_done;
    std::string_view m_country;        ///< that most places of the text lie in
    std::string_view m_country_before; ///< of the place before that which is being resolved
    int m_round = 0;
};

} // namespace

void resolve(Context const& context, std::vector<Draft>& drafts) {
    Resolver{context, drafts}.run();
}

} // namespace kharita::geoparse
