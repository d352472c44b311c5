#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "eval/pairing.hpp"
#include "eval/score.hpp"

namespace kharita::eval {

namespace {

bool is_small(std::string_view precision) {
    return precision == "settlement" || precision == "neighbourhood" || precision == "facility" ||
           precision == "natural";
}

/// A spurious point counts among small places unless it is said to be a unit or country.
bool is_small_said(SaidMention const& said) {
    return !said.feature.starts_with("ADM") && !said.feature.starts_with("PCL");
}

/// How a name matched, from the first words of its reason.
std::string_view match_of(SaidMention const& said) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kinds{
        {{"exact name", "exact"},
         {"same name but for spelling marks", "folded"},
         {"name but for the article", "article"},
         {"name but for joined words", "joined"},
         {"similar name", "fuzzy"}}};
    for (auto const& [words, kind] : kinds) {
        if (said.why.starts_with(words)) {
            return kind;
        }
    }
    return "other";
}

/// Scores the mentions of one document.
class MentionScorer {
public:
    MentionScorer(LabelledDocument const& labelled, SaidDocument const& said,
                  gazetteer::Gazetteer const& gazetteer, Scores& scores)
        : m_labelled{labelled},
          m_said{said},
          m_gazetteer{gazetteer},
          m_scores{scores},
          m_sums{scores.mentions},
          m_said_of(labelled.mentions.size()),
          m_label_of(said.mentions.size()) {}

    void run() {
        pair();
        for (std::size_t i = 0; i < m_labelled.mentions.size(); ++i) {
            locate(m_labelled.mentions[i], m_said_of[i]);
        }
        for (std::size_t j = 0; j < m_said.mentions.size(); ++j) {
            count_unfounded(m_said.mentions[j], m_label_of[j]);
        }
    }

private:
    void pair() {
        auto const pairs =
            best_pairs(m_labelled.mentions.size(), m_said.mentions.size(), [&](std::size_t i, std::size_t j) {
                return static_cast<double>(overlap(m_labelled.mentions[i].range, m_said.mentions[j].range));
            });
        for (auto const& [i, j] : pairs) {
            LabelledMention const& label = m_labelled.mentions[i];
            SaidMention const& said = m_said.mentions[j];
            m_said_of[i] = &said;
            m_label_of[j] = &label;
            m_sums.exact_span.count(label.range == said.range ? 1 : 0);
            if (!label.role.empty()) {
                m_sums.role.count(label.role == said.role ? 1 : 0);
                ++m_sums.roles[{label.role, said.role}];
                if (label.role != said.role) {
                    note(Mistake::Kind::role, label.range, label.text,
                         fmt::format("labelled {}, said {}", label.role, said.role));
                }
            }
        }
        m_sums.found.paired += pairs.size();
        m_sums.found.spurious += m_said.mentions.size() - pairs.size();
        m_sums.found.missed += m_labelled.mentions.size() - pairs.size();
        for (std::size_t i = 0; i < m_said_of.size(); ++i) {
            LabelledMention const& label = m_labelled.mentions[i];
            if (m_said_of[i] == nullptr) {
                note(Mistake::Kind::missed, label.range, label.text,
                     fmt::format("{} {}", label.role, label.precision));
            }
        }
        for (std::size_t j = 0; j < m_label_of.size(); ++j) {
            SaidMention const& said = m_said.mentions[j];
            if (m_label_of[j] == nullptr) {
                note(Mistake::Kind::spurious, said.range, said.text,
                     fmt::format("{} {}, confidence {:.2f}", said.feature, said.place_name, said.confidence));
            }
        }
    }

    /// A labelled place, and what was said of it, if anything.
    void locate(LabelledMention const& label, SaidMention const* said) {
        if (!label.at || !label.sure) {
            return;
        }
        bool const small = is_small(label.precision);
        Located& by_class = m_sums.by_class[label.precision.empty() ? "any" : label.precision];
        ++m_sums.all.labelled;
        ++by_class.labelled;
        m_sums.small.labelled += small ? 1U : 0U;
        if (said == nullptr) {
            return;
        }
        std::size_t const rank = rank_of_right(label, *said);
        m_sums.candidates.count(rank > 0 ? 1 : 0);
        m_sums.reciprocal_rank += rank > 0 ? 1 / static_cast<double>(rank) : 0;
        if (!said->at) {
            left_open(label, *said);
            return;
        }
        double const km = distance_km(*label.at, *said->at);
        bool const right = is_right(label, *said);
        std::size_t const one = right ? 1U : 0U;
        for (Located* const sum : {&m_sums.all, &by_class}) {
            ++sum->said;
            sum->right += one;
        }
        for (std::size_t i = 0; i < reach_km.size(); ++i) {
            m_sums.within.at(i) += km <= reach_km.at(i) ? 1U : 0U;
        }
        if (small) {
            ++m_sums.small.said;
            m_sums.small.right += one;
            m_sums.small_within_1_km += km <= 1 ? 1U : 0U;
            m_sums.small_within_25_km += km <= 25 ? 1U : 0U;
        }
        m_sums.by_match[std::string{match_of(*said)}].count(one);
        calibrate(*said, right);
        if (!right) {
            note(Mistake::Kind::far, label.range, label.text,
                 fmt::format("{:.1f} km off: {} {}; {}", km, said->feature, said->place_name, said->why));
        }
    }

    /// A point for what is no place, or for a place that nobody can locate, is a wrong point.
    void count_unfounded(SaidMention const& said, LabelledMention const* label) {
        if (!said.at || (label != nullptr && label->at)) {
            return;
        }
        ++m_sums.all.said;
        m_sums.small.said += is_small_said(said) ? 1U : 0U;
        m_sums.by_match[std::string{match_of(said)}].count(0);
        calibrate(said, false);
    }

    void calibrate(SaidMention const& said, bool right) {
        auto const bin =
            static_cast<std::size_t>(std::clamp(said.confidence, 0.0, 0.999999) * calibration_bins);
        m_sums.calibration.bins.at(bin).confidence += said.confidence;
        m_sums.calibration.bins.at(bin).right.count(right ? 1 : 0);
    }

    /// Which of the candidates is right: 1 for the chosen or best one; 0 for none.
    std::size_t rank_of_right(LabelledMention const& label, SaidMention const& said) const {
        std::size_t rank = 0;
        if (said.at) {
            ++rank;
            if (is_right(label, said)) {
                return rank;
            }
        }
        for (std::string const& id : said.alternatives) {
            ++rank;
            if (is_right_candidate(label, id)) {
                return rank;
            }
        }
        return 0;
    }

    bool is_right_candidate(LabelledMention const& label, std::string const& id) const {
        auto const found = m_gazetteer.find(id);
        if (!found) {
            return false;
        }
        Place const& place = m_gazetteer.place(*found);
        SaidMention candidate;
        candidate.at = place.at;
        candidate.feature = place.feature;
        candidate.refs = place.refs;
        return is_right(label, candidate);
    }

    void left_open(LabelledMention const& label, SaidMention const& said) {
        bool const wise = said.alternatives.empty() || !is_right_candidate(label, said.alternatives.front());
        m_sums.abstained.count(wise ? 1 : 0);
        note(Mistake::Kind::unplaced, label.range, label.text, said.why);
    }

    void note(Mistake::Kind kind, Range range, std::string const& text, std::string detail) {
        m_scores.mistakes.push_back(
            {kind, m_labelled.id, range, text, std::move(detail), context_of(m_labelled, range)});
    }

    LabelledDocument const& m_labelled;
    SaidDocument const& m_said;
    gazetteer::Gazetteer const& m_gazetteer;
    Scores& m_scores;
    MentionScores& m_sums;
    std::vector<SaidMention const*> m_said_of; ///< of each label; null: missed
    std::vector<LabelledMention const*> m_label_of;
};

} // namespace

void score_mentions(LabelledDocument const& labelled, SaidDocument const& said,
                    gazetteer::Gazetteer const& gazetteer, Scores& scores) {
    MentionScorer{labelled, said, gazetteer, scores}.run();
}

} // namespace kharita::eval
