#include "gazetteer/word_memo.hpp"

#include <algorithm>

namespace kharita::gazetteer {

namespace {

/// Of names that were forgotten or not; beyond, it is time to begin anew.
constexpr std::size_t most_names = 65'536;

} // namespace

WordMemo::WordMemo() : m_pairs(pair_count) {}

void WordMemo::begin_batch() {
    if (m_names.size() > most_names) {
        m_names.clear();
        std::ranges::fill(m_pairs, Pair{});
    }
}

void WordMemo::keep(std::uint64_t hash, Key const& key, std::span<Name const> names) {
    m_pairs[hash % pair_count].second = {
        key, {static_cast<std::uint32_t>(m_names.size()), static_cast<std::uint32_t>(names.size())}};
    m_names.insert(m_names.end(), names.begin(), names.end());
}

} // namespace kharita::gazetteer
