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

NameProbes::Round::Round(std::size_t room)
    : starts(room + filter_kernel_room),
      hashes(starts.size()),
      marks(starts.size()),
      named(starts.size()),
      beginnings(starts.size()) {
    answers.named = named.data();
    answers.beginnings = beginnings.data();
}

NameProbes::NameProbes(HashFilter filter, std::size_t longest, text::Simd simd)
    : m_filter{filter},
      m_longest{longest},
      m_ask_filter{filter_kernel(simd)},
      m_words{batch_size * most_readings},
      m_begun(m_words.starts.size()),
      m_pairs{batch_size * most_readings},
      m_rare(m_words.starts.size()) {
    for (unsigned mask = 0; mask < m_steps.size(); ++mask) {
        m_steps[mask] = steps_of(mask);
    }
}

NameProbes::Steps NameProbes::steps_of(unsigned mask) noexcept {
    Steps steps;
    for (unsigned letters = 0; letters <= WordMemo::most_skipped; ++letters) {
        // No word has all five: where four can be skipped three cannot, or the other way round.
        if ((mask & (1U << letters)) != 0 && steps.count < most_readings) {
            steps.skips[steps.count++] = letters;
        }
    }
    return steps;
}

std::span<NameProbe const> NameProbes::ask(ScanWords const& words, std::size_t begin, WordMemo& memo) {
    m_found.clear();
    m_longer.clear();
    read_clitics(words, begin, memo.missed());
    hash_starts(words);
    ask_filter(m_words);
    note_beginnings(words, begin, memo);
    read_beginnings(words, begin, memo);
    pair_up(words);
    ask_filter(m_pairs);
    for (std::size_t i = 0; i < m_pairs.answers.named_count; ++i) {
        std::uint32_t const pair = m_pairs.named[i];
        auto const word = word_of(m_pairs.starts[pair]);
        m_found.push_back({m_pairs.hashes[pair], from_of(m_pairs.starts[pair]), word, word + 2});
    }
    for (std::size_t i = 0; i < m_pairs.answers.beginning_count; ++i) {
        std::uint32_t const pair = m_pairs.beginnings[i] >> 1U;
        auto const word = word_of(m_pairs.starts[pair]);
        go_on(words, {m_pairs.hashes[pair], from_of(m_pairs.starts[pair]), word, word + 2},
              (m_pairs.beginnings[i] & 1U) != 0);
    }
    std::size_t const in_order = m_found.size();
    while (!m_longer.empty()) {
        m_asked.swap(m_longer);
        m_longer.clear();
        ask_for_longer(words);
    }
    if (m_found.size() > in_order) {
        std::ranges::sort(m_found, [](NameProbe const& a, NameProbe const& b) {
            return a.from != b.from ? a.from < b.from : a.end < b.end;
        });
    }
    merge(words);
    return m_probes;
}

void NameProbes::ask_filter(Round& round) const {
    m_ask_filter(m_filter, {round.hashes.data(), round.marks.data(), round.count}, round.answers);
}

// The loops below have what they use in variables of their own: the compiler must take what is written
// through one pointer for what all members may have become.

void NameProbes::read_clitics(ScanWords const& words, std::size_t begin,
                              std::span<std::uint32_t const> missed) {
    char const* const codes = words.folded().codes().data();
    std::uint32_t const* const begins = words.spans().begins() + begin;
    std::uint32_t const* const ends = words.spans().ends() + begin;
    Start* start = m_words.starts.data();
    std::uint8_t* marks = m_words.marks.data();
    for (std::uint32_t const i : missed) {
        std::uint32_t const size = ends[i] - begins[i];
        unsigned const skips = m_skips.of(codes + begins[i], size);
        Steps const& steps = m_steps[(skips << 1U) | 1U];
        Start const bare = (std::uint64_t{begin + i} << 32U) | begins[i];
        for (std::size_t reading = 0; reading < most_readings; ++reading) {
            start[reading] = bare + steps.skips[reading];
        }
        // A run of letters this long goes on, for a text's divisions are no longer told apart.
        unsigned const is_long = size >= longest_division ? 1U : 0U;
        std::memset(marks, static_cast<int>(is_long | joins_next(codes[ends[i]])), most_readings);
        start += steps.count;
        marks += steps.count;
    }
    m_words.count = static_cast<std::size_t>(start - m_words.starts.data());
}

void NameProbes::hash_starts(ScanWords const& words) {
    char const* const codes = words.folded().codes().data();
    std::uint32_t const* const ends = words.spans().ends();
    Start const* const starts = m_words.starts.data();
    std::uint64_t* const hashes = m_words.hashes.data();
    std::size_t const count = m_words.count;
    HashFilter const filter = m_filter;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t const from = from_of(starts[i]);
        std::size_t const size = ends[word_of(starts[i])] - from;
        std::uint64_t const hash = size <= LetterBlock::size
                                       ? block_hash(LetterBlock::read(codes + from, size))
                                       : padded_letters_hash(codes + from, size);
        prefetch(filter.address(hash));
        hashes[i] = hash;
    }
}

/// Of words that the memo missed: which names begin with them goes into their states. Where the next word
/// may be joined, the run goes on at once, whatever the filter says.
void NameProbes::note_beginnings(ScanWords const& words, std::size_t begin, WordMemo& memo) {
    auto const states = memo.states();
    for (std::size_t i = 0; i < m_words.answers.beginning_count; ++i) {
        std::uint32_t const index = m_words.beginnings[i] >> 1U;
        std::uint32_t const from = from_of(m_words.starts[index]);
        auto const word = word_of(m_words.starts[index]);
        if (m_words.marks[index] != 0) {
            go_on(words, {m_words.hashes[index], from, word, word + 1}, (m_words.beginnings[i] & 1U) != 0);
        } else {
            states[word - begin] |= 1U << (from - words[word].begin);
        }
    }
}

/// The beginnings among single words.
void NameProbes::read_beginnings(ScanWords const& words, std::size_t begin, WordMemo& memo) {
    std::uint32_t const* const begins = words.spans().begins() + begin;
    auto const states = memo.states();
    Start* start = m_begun.data();
    for (std::uint32_t const i : memo.having(WordMemo::beginnings_mask)) {
        Steps const& steps = m_steps[states[i] & WordMemo::beginnings_mask];
        Start const bare = (std::uint64_t{begin + i} << 32U) | begins[i];
        for (std::size_t reading = 0; reading < most_readings; ++reading) {
            start[reading] = bare + steps.skips[reading];
        }
        start += steps.count;
    }
    m_begun_count = static_cast<std::size_t>(start - m_begun.data());
}

/// Takes the next word to them. What has few letters and one space is hashed here, whatever else apart.
void NameProbes::pair_up(ScanWords const& words) {
    char const* const codes = words.folded().codes().data();
    std::uint32_t const* const begins = words.spans().begins();
    std::uint32_t const* const ends = words.spans().ends();
    Start const* const begun = m_begun.data();
    std::size_t const count = m_begun_count;
    std::size_t const last = words.size() - 1;
    std::size_t const most = std::min(m_longest, LetterBlock::size);
    HashFilter const filter = m_filter;
    std::size_t pairs = 0;
    std::size_t rare = 0;
    Start* const pair_starts = m_pairs.starts.data();
    std::uint64_t* const hashes = m_pairs.hashes.data();
    std::uint8_t* const marks = m_pairs.marks.data();
    Start* const rare_ones = m_rare.data();
    for (std::size_t i = 0; i < count; ++i) {
        Start const start = begun[i];
        std::uint32_t const from = from_of(start);
        std::size_t const next = std::min<std::size_t>(word_of(start) + 1, last);
        std::uint32_t const end = ends[word_of(start)];
        std::size_t const size = std::min<std::size_t>(end - from, LetterBlock::size);
        std::size_t const more = std::min<std::size_t>(ends[next] - begins[next], LetterBlock::size);
        bool const plain = begins[next] == end + 1 && codes[end] == ' ' && size + more <= most;
        LetterBlock const letters =
            LetterBlock::read(codes + from, size).then(LetterBlock::read(codes + begins[next], more), size);
        std::uint64_t const hash = block_hash(letters);
        prefetch(filter.address(hash));
        pair_starts[pairs] = start;
        hashes[pairs] = hash;
        marks[pairs] = static_cast<std::uint8_t>(joins_next(codes[ends[next]]));
        rare_ones[rare] = start;
        pairs += plain ? 1U : 0U;
        rare += plain ? 0U : 1U;
    }
    m_pairs.count = pairs;
    for (std::size_t i = 0; i < rare; ++i) {
        auto const word = word_of(m_rare[i]);
        go_on(words, {0, from_of(m_rare[i]), word, word + 1}, true);
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
        bool const joins = joins_next(codes[end]) != 0;
        if (in_filter || joins || end - run.from >= longest_division) {
            go_on(words, run, in_filter);
        }
    }
}

/// Single words that may be names, and longer runs, by the word they begin with.
void NameProbes::merge(ScanWords const& words) {
    m_probes.clear();
    auto longer = m_found.cbegin();
    for (std::size_t i = 0; i < m_words.answers.named_count; ++i) {
        std::uint32_t const start = m_words.named[i];
        auto const from = from_of(m_words.starts[start]);
        auto const word = word_of(m_words.starts[start]);
        for (; longer != m_found.cend() && longer->begin < word; ++longer) {
            m_probes.push_back(*longer);
        }
        if (words[word].end - from >= 2) { // no name has one letter
            m_probes.push_back({m_words.hashes[start], from, word, word + 1});
        }
    }
    m_probes.insert(m_probes.end(), longer, m_found.cend());
}

} // namespace kharita::gazetteer
