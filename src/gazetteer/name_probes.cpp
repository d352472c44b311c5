#include "gazetteer/name_probes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

/// Of beginnings this long a text's divisions are no longer told apart (WordBoundaries).
constexpr std::size_t longest_division = 64;

void prefetch(char const* address) noexcept {
    __builtin_prefetch(address);
}

} // namespace

NameProbes::NameProbes(HashFilter filter, std::size_t longest, text::Simd simd)
    : m_filter{filter},
      m_longest{longest},
      m_ask_filter{filter_kernel(simd)} {
    for (unsigned mask = 0; mask < m_steps.size(); ++mask) {
        unsigned shift = 0;
        for (unsigned letters = 1; letters <= 4; ++letters) {
            if ((mask & (1U << (letters - 1))) != 0) {
                m_steps[mask] |= shift < 24 ? letters << shift : 0;
                shift += 8;
            }
        }
        // No word has all four (CliticSkips); that room is kept for three makes sure of it.
        m_counts[mask] = static_cast<std::uint8_t>(std::min(1 + std::popcount(mask), 4));
    }
    for (unsigned code = 0; code < m_joins.size(); ++code) {
        auto const each = static_cast<char>(code);
        m_joins[code] = text::is_word(each) || each == '-' || each == '\'' || each == '_' ? 1 : 0;
    }
    m_starts.resize(batch_size * most_readings + filter_kernel_room);
    m_hashes.resize(m_starts.size());
    m_marks.resize(m_starts.size());
    m_named.resize(m_starts.size());
    m_beginnings.resize(m_starts.size());
    m_answers.named = m_named.data();
    m_answers.beginnings = m_beginnings.data();
}

std::span<NameProbe const> NameProbes::ask(ScanWords const& words, std::size_t begin, std::size_t end) {
    m_found.clear();
    m_longer.clear();
    read_clitics(words, begin, end);
    hash_starts(words);
    m_ask_filter(m_filter, {m_hashes.data(), m_marks.data(), m_start_count}, m_answers);
    for (std::size_t i = 0; i < m_answers.beginning_count; ++i) {
        std::uint32_t const start = m_beginnings[i] >> 1U;
        auto const& [from, word] = m_starts[start];
        go_on(words, {m_hashes[start], from, word, word + 1}, (m_beginnings[i] & 1U) != 0);
    }
    bool in_order = true;
    while (!m_longer.empty()) {
        in_order = in_order && m_found.empty();
        m_asked.swap(m_longer);
        m_longer.clear();
        ask_for_longer(words);
    }
    if (!in_order) {
        std::ranges::sort(m_found, [](NameProbe const& a, NameProbe const& b) {
            return a.from != b.from ? a.from < b.from : a.end < b.end;
        });
    }
    merge(words);
    return m_probes;
}

void NameProbes::read_clitics(ScanWords const& words, std::size_t begin, std::size_t end) {
    char const* const codes = words.folded().codes().data();
    Start* start = m_starts.data();
    std::uint8_t* marks = m_marks.data();
    for (std::size_t i = begin; i < end; ++i) {
        text::WordSpan const word = words[i];
        auto const mask = m_skips.of(codes + word.begin, word.end - word.begin);
        std::uint32_t const steps = m_steps[mask];
        auto const index = static_cast<std::uint32_t>(i);
        start[0] = {word.begin, index};
        start[1] = {word.begin + (steps & 0xFFU), index};
        start[2] = {word.begin + ((steps >> 8U) & 0xFFU), index};
        start[3] = {word.begin + (steps >> 16U), index};
        // A run of letters this long goes on, for a text's divisions are no longer told apart.
        unsigned const is_long = word.end - word.begin >= longest_division ? 1U : 0U;
        unsigned const joins = m_joins[static_cast<unsigned char>(codes[word.end])];
        std::memset(marks, static_cast<int>(is_long | joins), most_readings);
        start += m_counts[mask];
        marks += m_counts[mask];
    }
    m_start_count = static_cast<std::size_t>(start - m_starts.data());
}

void NameProbes::hash_starts(ScanWords const& words) {
    char const* const codes = words.folded().codes().data();
    for (std::size_t i = 0; i < m_start_count; ++i) {
        auto const [from, word] = m_starts[i];
        std::size_t const size = words[word].end - from;
        std::uint64_t const hash = size <= LetterBlock::size
                                       ? block_hash(LetterBlock::read(codes + from, size))
                                       : padded_letters_hash(codes + from, size);
        prefetch(m_filter.address(hash));
        m_hashes[i] = hash;
    }
}

/// Takes one more word to a run, where some name may go on.
void NameProbes::go_on(ScanWords const& words, NameProbe const& run, bool in_filter) {
    if (run.end >= words.size()) {
        return;
    }
    char const* const codes = words.folded().codes().data();
    std::uint32_t const end = words[run.end - 1].end;
    if (codes[end] != ' ' || words[run.end].begin != end + 1) { // else one space, as nearly always
        WordGap const gap = words.gap_before(run.end);
        if (gap.breaker || (gap.space && !in_filter && end - run.from < longest_division)) {
            return;
        }
    }
    NameProbe longer = run;
    ++longer.end;
    std::size_t size = words[longer.begin].end - longer.from;
    for (std::size_t i = longer.begin + 1; i < longer.end; ++i) {
        size += words[i].end - words[i].begin;
    }
    if (size <= m_longest) {
        longer.hash = hash(words, longer, size);
        prefetch(m_filter.address(longer.hash));
        m_longer.push_back(longer);
    }
}

/// Of a run of `size` letters.
std::uint64_t NameProbes::hash(ScanWords const& words, NameProbe const& run, std::size_t size) {
    if (size > LetterBlock::size) {
        return padded_letters_hash(words.letters(run.begin, run.end, run.from, m_room).data(), size);
    }
    char const* const codes = words.folded().codes().data();
    std::size_t count = words[run.begin].end - run.from;
    LetterBlock block = LetterBlock::read(codes + run.from, count);
    for (std::size_t i = run.begin + 1; i < run.end; ++i) {
        std::size_t const more = words[i].end - words[i].begin;
        block = block.then(LetterBlock::read(codes + words[i].begin, more), count);
        count += more;
    }
    return block_hash(block);
}

void NameProbes::ask_for_longer(ScanWords const& words) {
    char const* const codes = words.folded().codes().data();
    for (NameProbe const& run : m_asked) {
        HashFilter::Word const known = m_filter.word(run.hash);
        if (HashFilter::has_name(known, run.hash)) {
            m_found.push_back(run);
        }
        bool const in_filter = HashFilter::has_beginning(known, run.hash);
        std::uint32_t const end = words[run.end - 1].end;
        bool const joins = m_joins[static_cast<unsigned char>(codes[end])] != 0;
        if (in_filter || joins || end - run.from >= longest_division) {
            go_on(words, run, in_filter);
        }
    }
}

/// Single words that may be names, and longer runs, by the word they begin with.
void NameProbes::merge(ScanWords const& words) {
    m_probes.clear();
    auto longer = m_found.cbegin();
    for (std::size_t i = 0; i < m_answers.named_count; ++i) {
        auto const& [from, word] = m_starts[m_named[i]];
        for (; longer != m_found.cend() && longer->begin < word; ++longer) {
            m_probes.push_back(*longer);
        }
        if (words[word].end - from >= 2) { // no name has one letter
            m_probes.push_back({m_hashes[m_named[i]], from, word, word + 1});
        }
    }
    m_probes.insert(m_probes.end(), longer, m_found.cend());
}

} // namespace kharita::gazetteer
