#include "gazetteer/import/merge.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace kharita::gazetteer {

namespace {

/// Sources do have places twice: two ids of one within this distance, of one name, are one place.
constexpr float twice_limit = 700;

class Union {
public:
    Union(std::size_t size, std::uint32_t first_new, std::vector<std::uint64_t> sources)
        : m_roots(size),
          m_first_new{first_new},
          m_sources{std::move(sources)} {
        std::iota(m_roots.begin(), m_roots.end(), 0U);
    }

    std::uint32_t root(std::uint32_t record) noexcept {
        while (m_roots[record] != record) {
            m_roots[record] = m_roots[m_roots[record]];
            record = m_roots[record];
        }
        return record;
    }

    /// Unites the two, or tells why not.
    Verdict unite(RecordPair const& pair) noexcept {
        std::uint32_t const a = root(pair.older);
        std::uint32_t const b = root(pair.newer);
        if (a == b) {
            return pair.verdict;
        }
        if (a < m_first_new && b < m_first_new) {
            return Verdict::ambiguous;
        }
        bool const by_name = pair.evidence != Evidence::id;
        bool const other_id = (m_sources[a] & m_sources[b]) != 0;
        bool const sound = pair.evidence >= Evidence::arabic_spelling;
        if (by_name && other_id && (sound || pair.distance > twice_limit)) {
            return Verdict::other_id;
        }
        std::uint32_t const root = std::min(a, b);
        m_roots[std::max(a, b)] = root;
        m_sources[root] |= m_sources[std::max(a, b)];
        return pair.verdict;
    }

private:
    std::vector<std::uint32_t> m_roots;
    std::uint32_t m_first_new;
    std::vector<std::uint64_t> m_sources;
};

/// One line for each two records: the weightiest thing that is said of them.
void keep_one_each(std::vector<RecordPair>& decisions) {
    std::ranges::sort(decisions, {}, [](RecordPair const& pair) {
        return std::tuple{pair.newer, pair.older, !is_merge(pair.verdict), pair.score, pair.verdict};
    });
    auto const rest = std::ranges::unique(decisions, {}, [](RecordPair const& pair) {
        return std::pair{pair.newer, pair.older};
    });
    decisions.erase(rest.begin(), rest.end());
}

} // namespace

std::string_view verdict_name(Verdict verdict) noexcept {
    constexpr std::array<std::string_view, 8> names{"same",     "same_moved",  "far_id",   "twice",
                                                    "far_name", "other_admin", "other_id", "ambiguous"};
    return names[static_cast<std::size_t>(verdict)];
}

std::string_view evidence_name(Evidence evidence) noexcept {
    constexpr std::array<std::string_view, 5> names{"id", "arabic_name", "latin_name", "arabic_spelling",
                                                    "latin_sound"};
    return names[static_cast<std::size_t>(evidence)];
}

MergeResult merge(std::vector<RecordPair> pairs, std::uint32_t first_new,
                  std::vector<std::uint64_t> sources) {
    std::size_t const size = sources.size();
    Union records{size, first_new, std::move(sources)};
    MergeResult result;
    std::ranges::sort(pairs, {}, [](RecordPair const& pair) {
        return std::tuple{pair.score, pair.older, pair.newer, pair.evidence};
    });
    for (RecordPair const& pair : pairs) {
        if (pair.verdict == Verdict::twice || (pair.verdict == Verdict::far_id && pair.own)) {
            result.set_aside.push_back(pair.newer);
            result.decisions.push_back(pair);
        }
    }
    std::ranges::sort(result.set_aside);
    auto const repeated = std::ranges::unique(result.set_aside);
    result.set_aside.erase(repeated.begin(), repeated.end());
    auto const out = [&](std::uint32_t record) {
        return std::ranges::binary_search(result.set_aside, record);
    };
    std::vector<RecordPair> conflicts;
    for (RecordPair pair : pairs) {
        if (pair.verdict == Verdict::twice || out(pair.older) || out(pair.newer)) {
            continue;
        }
        if (!is_merge(pair.verdict)) {
            conflicts.push_back(pair);
            continue;
        }
        bool const united = records.root(pair.older) == records.root(pair.newer);
        pair.verdict = records.unite(pair);
        if (!united) {
            result.decisions.push_back(pair);
        }
    }
    // Of records that found their place, homonyms further away say nothing.
    std::uint32_t told = 0xFFFF'FFFF;
    std::ranges::sort(conflicts, {}, [](RecordPair const& pair) {
        return std::tuple{pair.newer, pair.score, pair.older};
    });
    for (RecordPair const& pair : conflicts) {
        bool const alone = records.root(pair.newer) == pair.newer;
        if (pair.verdict == Verdict::far_id ? records.root(pair.newer) != records.root(pair.older)
                                            : alone && told != pair.newer) {
            result.decisions.push_back(pair);
            told = pair.newer;
        }
    }
    keep_one_each(result.decisions);
    result.roots.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        result.roots[i] = records.root(i);
    }
    return result;
}

} // namespace kharita::gazetteer
