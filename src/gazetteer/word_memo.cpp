#include "gazetteer/word_memo.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace kharita::gazetteer {

namespace {

/// Lines at first, and most of them, as powers of two. Short texts have few words, and clearing much memory
/// for each takes longer than reading it.
constexpr unsigned least_line_bits = 8;
constexpr unsigned most_line_bits = 15;

/// Of names that were forgotten or not; beyond, those that were are swept out.
constexpr std::size_t least_names = 65'536;

/// In front of a line's others, the last of which is forgotten.
void insert(MemoLine& line, MemoLine::Entry const& entry) noexcept {
    std::ranges::copy_backward(line.entries.begin(), line.entries.end() - 1, line.entries.end());
    line.entries[0] = entry;
}

} // namespace

WordMemo::WordMemo(std::size_t batch_size, text::Simd simd)
    : m_kernels{memo_kernels(simd)},
      m_line_bits{least_line_bits},
      m_lines(std::size_t{1} << m_line_bits),
      m_most_names{least_names},
      m_keys(batch_size + memo_kernel_room),
      m_places(m_keys.size()),
      m_states(m_keys.size()),
      m_missed(m_keys.size()),
      m_having(m_keys.size()) {}

void WordMemo::recall(ScanWords const& words, std::size_t begin, std::size_t end) {
    if (m_names.size() > m_most_names) {
        sweep_names();
    }
    if (m_kept > 2 * m_lines.size() && m_line_bits < most_line_bits) {
        grow();
    }
    m_count = end - begin;
    make_keys(words, begin);
    m_missed_count = m_kernels.recall(
        m_lines.data(), {m_keys.data(), m_places.data(), m_count, m_states.data(), m_missed.data()});
}

void WordMemo::make_keys(ScanWords const& words, std::size_t begin) {
    m_kernels.make_keys({words.folded().codes().data(), words.folded().written().data(),
                         words.spans().begins() + begin, words.spans().ends() + begin, m_count, m_keys.data(),
                         m_places.data(), m_line_bits});
    MemoLine const* const lines = m_lines.data();
    std::uint32_t const* const places = m_places.data();
    for (std::size_t i = 0; i < m_count; ++i) {
        __builtin_prefetch(lines + places[i]);
    }
    for (ScanArticle const& article : words.articles()) {
        if (article.word >= begin && article.word < begin + m_count) {
            m_keys[article.word - begin] = {};
        }
    }
}

std::span<std::uint32_t const> WordMemo::having(State bits) noexcept {
    return std::span{m_having}.first(m_kernels.select(m_states.data(), m_count, bits, m_having.data()));
}

void WordMemo::keep(std::size_t word, std::span<ScanName const> names) {
    MemoKey const& key = m_keys[word];
    auto const& entries = m_lines[m_places[word]].entries;
    bool const is_kept = std::ranges::any_of(entries, [&](MemoLine::Entry const& entry) {
        return entry.low == key.low && entry.high == key.high;
    });
    if (is_kept ||
        names.size() > count_mask >> count_bit) { // it stands in this batch twice, or has many names
        return;
    }
    auto const first = static_cast<State>(m_names.size());
    insert(m_lines[m_places[word]],
           {key.low, key.high,
            (m_states[word] & beginnings_mask) | (static_cast<State>(names.size()) << count_bit) |
                (first << first_bit)});
    m_names.insert(m_names.end(), names.begin(), names.end());
    ++m_kept;
}

/// Four times as many lines, with the same words.
void WordMemo::grow() {
    std::vector<MemoLine> const before = std::move(m_lines);
    m_line_bits = std::min(m_line_bits + 2, most_line_bits);
    m_lines.assign(std::size_t{1} << m_line_bits, MemoLine{});
    m_kept = 0;
    for (MemoLine const& line : before) {
        for (MemoLine::Entry const& entry : std::ranges::reverse_view{line.entries}) { // the oldest first
            MemoKey const key{entry.low, entry.high, 0};
            if (entry != MemoLine::Entry{}) {
                insert(m_lines[memo_place(key, m_line_bits)], entry);
            }
        }
    }
}

/// Leaves the names of words that are still kept.
void WordMemo::sweep_names() {
    std::vector<ScanName> kept;
    kept.reserve(m_names.capacity());
    for (MemoLine& line : m_lines) {
        for (MemoLine::Entry& entry : line.entries) {
            std::span<ScanName const> const names = this->names(entry.state);
            auto const first = static_cast<State>(kept.size());
            entry.state = (entry.state & ((State{1} << first_bit) - 1)) | (first << first_bit);
            kept.insert(kept.end(), names.begin(), names.end());
        }
    }
    m_names.swap(kept);
    m_most_names = std::max(least_names, 2 * m_names.size());
    constexpr std::size_t most = std::size_t{1} << 18U; // twice as many, and those of a batch, can be told
    if (m_most_names > most) {
        m_names.clear();
        m_most_names = least_names;
        std::ranges::fill(m_lines, MemoLine{});
    }
}

} // namespace kharita::gazetteer
