#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/labelled.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::eval {

using extract::LabelledDocument;
using extract::LabelledEvent;
using extract::LabelledMention;
using extract::Range;
using extract::SaidDocument;
using extract::SaidEvent;
using extract::SaidMention;
using extract::ZoneLabel;

/// So many of so many.
struct Share {
    std::size_t right = 0;
    std::size_t of = 0;

    void count(std::size_t is_right) noexcept {
        right += is_right;
        ++of;
    }
    double value() const noexcept {
        return of == 0 ? 0 : static_cast<double>(right) / static_cast<double>(of);
    }
};

/// Pairs found, and what either side has beyond them.
struct Matches {
    std::size_t paired = 0;
    std::size_t spurious = 0;
    std::size_t missed = 0;

    double precision() const noexcept;
    double recall() const noexcept;
    double f1() const noexcept;
};

/// How well places were located: among what is labelled, and among what the system located.
struct Located {
    std::size_t labelled = 0; ///< located by the labels, and sure
    std::size_t said = 0;     ///< located by the system, spurious ones too
    std::size_t right = 0;
};

/// What is wrong with one thing, for people to read.
struct Mistake {
    enum class Kind { missed, spurious, far, unplaced, role, event_missed, event_spurious };
    Kind kind = Kind::missed;
    std::string document;
    Range range;         ///< of the labelled thing, or of the spurious one
    std::string text;    ///< the words of it
    std::string detail;  ///< what was labelled and what was said
    std::string context; ///< the text round it, on one line, the words in brackets
};

std::string_view name_of(Mistake::Kind kind) noexcept;

/// The bins of the calibration: confidences 0 to 0.1, … 0.9 to 1.
inline constexpr std::size_t calibration_bins = 10;

struct Calibration {
    struct Bin {
        double confidence = 0; ///< sum
        Share right;
    };
    std::array<Bin, calibration_bins> bins;

    /// The mean distance between confidence and accuracy, weighted by how many points a bin holds.
    double expected_error() const noexcept;
};

/// Distances that accuracies are given at, in kilometres.
inline constexpr std::array<double, 4> reach_km{1, 5, 25, 161};

struct MentionScores {
    Matches found;
    Share exact_span;
    Located all;
    Located small; ///< settlements, neighbourhoods, facilities, natural features
    std::size_t small_within_1_km = 0;
    std::size_t small_within_25_km = 0;
    std::array<std::size_t, reach_km.size()> within{}; ///< of all.labelled
    Share role;
    std::map<std::pair<std::string, std::string>, std::size_t> roles; ///< (labelled, said) → how many
    std::map<std::string, Located> by_class;                          ///< by labelled precision
    std::map<std::string, Share> by_match; ///< of located ones, by how the name matched
    Share candidates; ///< of labelled ones that were found: the right place is chosen or an alternative
    double reciprocal_rank =
        0; ///< sum over all.labelled: 1 for the chosen place, 1/2 for the first alternative …
    Calibration calibration;
    Share abstained; ///< of located labels found but left open: the best candidate would have been wrong
};

struct EventScores {
    Matches found;
    Share date;
    Share modality;
    Share killed;
    std::size_t killed_invented = 0;
    Share injured;
    Share initiator; ///< one of the actors labelled is said, or none where none is labelled
    Share target;
    Share weapon;
    Matches zones; ///< by kind and overlap
    Share zone_status;
};

struct Scores {
    std::size_t documents = 0;
    std::size_t missing = 0; ///< documents that the system says nothing of
    MentionScores mentions;
    EventScores events;
    std::vector<Mistake> mistakes; ///< in the order of the documents
};

/// Scores what a system says against labels, documents paired by id.
///
/// Mentions pair one to one by overlap. A place is right when it carries the labelled source id, or lies
/// within the tolerance of its kind (settlement, neighbourhood, facility 2 km; natural 5; admin3 10; admin2
/// 20; admin1 60; region 150; country 500); an administrative unit or country must be of that kind as well.
/// Where the labels hold no kind, 161 km. Events pair one to one so that most pairs, then most agreeing
/// fields, are found: same sub-event type, right place. Alternatives are located by the gazetteer.
Scores score(std::vector<LabelledDocument> const& labelled, std::vector<SaidDocument> const& said,
             gazetteer::Gazetteer const& gazetteer);

// Steps of score(), each of one document.

/// Great-circle distance on a sphere of 6371 km.
double distance_km(LonLat a, LonLat b) noexcept;
bool is_right(LabelledMention const& labelled, SaidMention const& said);
std::size_t overlap(Range a, Range b) noexcept;
/// The text round a range, on one line, the range in brackets.
std::string context_of(LabelledDocument const& document, Range range);

void score_mentions(LabelledDocument const& labelled, SaidDocument const& said,
                    gazetteer::Gazetteer const& gazetteer, Scores& scores);
void score_events(LabelledDocument const& labelled, SaidDocument const& said, Scores& scores);

} // namespace kharita::eval
