#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gazetteer/import/match_entries.hpp"

namespace kharita::gazetteer {

/// What was found out about two records.
enum class Verdict : std::uint8_t {
    same,        ///< the same place: merged
    same_moved,  ///< the same id and merged, but the positions differ more than they should
    far_id,      ///< the same id, too far away to be the same place: kept apart or set aside
    twice,       ///< the same id twice in one source: the later one is set aside
    far_name,    ///< the same name in the same unit, too far away to be the same place: kept apart
    other_admin, ///< the same name close by, in another governorate: kept apart
    other_id,    ///< the same name close by, but with another id of the same source: kept apart
    ambiguous,   ///< merged with a nearer place; this one has the name too
};
std::string_view verdict_name(Verdict verdict) noexcept;
std::string_view evidence_name(Evidence evidence) noexcept;
constexpr bool is_merge(Verdict verdict) noexcept {
    return verdict == Verdict::same || verdict == Verdict::same_moved;
}

/// Two records that have something in common; `older` is the lower number.
struct RecordPair {
    std::uint32_t older = 0;
    std::uint32_t newer = 0;
    float distance = 0; ///< metres
    float score = 0;    ///< the lower, the likelier
    Evidence evidence = Evidence::id;
    Verdict verdict = Verdict::same;
    bool own = false; ///< both by their own ids
};

/// Looks for pairs among entries of one division, sorted as EntryBuckets::sorted() gives them: pairs of an
/// imported record (its number is `first_new` or higher) with any other. Near ones of the same name are
/// `same` or `other_admin`, far ones of the same unit `far_name`; others of the same name are homonyms and
/// not given.
///
/// How near is near depends on the kind: 3 km for villages, 8 km for hills, 150 km for rivers; half of that
/// where only the sound of the name agrees. Of records that both have an Arabic name, it must agree.
void find_pairs(std::span<MatchEntry const> entries, std::uint32_t first_new, std::vector<RecordPair>& pairs);

/// What becomes of imported records.
struct MergeResult {
    std::vector<std::uint32_t> roots;  ///< by record number: the record it is united with; itself for others
    std::vector<RecordPair> decisions; ///< every merge and conflict, by the newer record's number
    std::vector<std::uint32_t> set_aside; ///< records whose id stands already; ascending
};

/// Unites records, the likeliest pairs first. Never two existing places, and never two records of different
/// ids of one source unless they stand within 700 m (sources do have places twice).
/// `sources[i]` has a bit for each source that record i has an id of.
MergeResult merge(std::vector<RecordPair> pairs, std::uint32_t first_new, std::vector<std::uint64_t> sources);

} // namespace kharita::gazetteer
