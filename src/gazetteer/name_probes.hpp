#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gazetteer/clitic_skips.hpp"
#include "gazetteer/filter_kernels.hpp"
#include "gazetteer/letter_hash.hpp"
#include "gazetteer/scan_words.hpp"

namespace kharita::gazetteer {

/// A run of words that may be a name, from some letter of its first word on.
struct NameProbe {
    std::uint64_t hash = 0;  ///< of its letters
    std::uint32_t from = 0;  ///< code
    std::uint32_t begin = 0; ///< words
    std::uint32_t end = 0;
};

/// Asks a filter of names and of their beginnings for every run of words, through every reading of the first
/// word's proclitics.
///
/// Each step is a loop without branches over all words of a batch, for what decides (sizes, letters, answers)
/// follows no pattern that a processor could guess; it asks for the memory that the next one reads.
class NameProbes {
public:
    /// How many words are looked at together: what is noted of them stays in the first-level cache.
    static constexpr std::size_t batch_size = 192;

    /// `filter` must not be empty. No run of more than `longest` letters is a name.
    NameProbes(HashFilter filter, std::size_t longest, text::Simd simd);

    /// The runs that begin with one of words [begin, end) and may be names, in the order of the words they
    /// begin with; valid until the next call. At most batch_size words.
    std::span<NameProbe const> ask(ScanWords const& words, std::size_t begin, std::size_t end);

private:
    /// A word read in one way.
    struct Start {
        std::uint32_t from = 0;
        std::uint32_t word = 0;
    };
    static constexpr std::size_t most_readings = 4;

    void read_clitics(ScanWords const& words, std::size_t begin, std::size_t end);
    void hash_starts(ScanWords const& words);
    void go_on(ScanWords const& words, NameProbe const& run, bool in_filter);
    void ask_for_longer(ScanWords const& words);
    std::uint64_t hash(ScanWords const& words, NameProbe const& run, std::size_t size);
    void merge(ScanWords const& words);

    HashFilter m_filter;
    std::size_t m_longest;
    FilterKernel m_ask_filter;
    CliticSkips m_skips;
    std::array<std::uint32_t, 16> m_steps{}; ///< by CliticSkips::Mask: numbers of letters, a byte each
    std::array<std::uint8_t, 16> m_counts{}; ///< by mask: how many readings, the bare one too
    std::array<std::uint8_t, 256> m_joins{}; ///< by the code behind a word: 1 if the next may be joined to it
    std::vector<Start> m_starts;
    std::size_t m_start_count = 0;
    std::vector<std::uint64_t> m_hashes; ///< of starts
    std::vector<std::uint8_t> m_marks;   ///< of starts: whether the next word may be joined to theirs
    std::vector<std::uint32_t> m_named;  ///< starts that may be names
    std::vector<std::uint32_t>
        m_beginnings;                ///< starts with which names may begin; `in_filter` in the lowest bit
    FilterAnswers m_answers;         ///< in these two
    std::vector<NameProbe> m_asked;  ///< longer runs, this time round
    std::vector<NameProbe> m_longer; ///< the next time round
    std::vector<NameProbe> m_found;  ///< longer runs that may be names
    std::vector<NameProbe> m_probes;
    std::string m_room;
};

} // namespace kharita::gazetteer
