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
#include "gazetteer/word_memo.hpp"

namespace kharita::gazetteer {

/// A run of words that may be a name, from some letter of its first word on.
struct NameProbe {
    std::uint64_t hash = 0;  ///< of its letters
    std::uint32_t from = 0;  ///< code
    std::uint32_t begin = 0; ///< words
    std::uint32_t end = 0;
};

/// Asks a filter of names and of their beginnings for every run of words, through every reading of the first
/// word's proclitics. What a memo knows of single words it is not asked for.
///
/// Each step is a loop without branches over all words of a batch, for what decides (sizes, letters, answers)
/// follows no pattern that a processor could guess; it asks for the memory that the next one reads.
class NameProbes {
public:
    /// How many words are looked at together: what is noted of them stays in the first-level cache.
    static constexpr std::size_t batch_size = 192;

    /// `filter` must not be empty. No run of more than `longest` letters is a name.
    NameProbes(HashFilter filter, std::size_t longest, text::Simd simd);

    /// The runs that begin with one of the words that a memo has recalled, from `begin` on, and may be names,
    /// in the order of the words they begin with; valid until the next call. Single words are among them if
    /// the memo missed them; of these it notes the beginnings. At most batch_size words.
    std::span<NameProbe const> ask(ScanWords const& words, std::size_t begin, WordMemo& memo);

private:
    /// A word read in one way: the code from which on, and in the upper half its index.
    using Start = std::uint64_t;
    static constexpr std::uint32_t from_of(Start start) noexcept { return static_cast<std::uint32_t>(start); }
    static constexpr std::uint32_t word_of(Start start) noexcept {
        return static_cast<std::uint32_t>(start >> 32U);
    }
    static constexpr std::size_t most_readings = 4;

    /// What a filter is asked for, and its answers.
    struct Round {
        std::vector<Start> starts;
        std::vector<std::uint64_t> hashes;
        std::vector<std::uint8_t> marks; ///< 1 if the next word may be joined
        std::size_t count = 0;
        std::vector<std::uint32_t> named;
        std::vector<std::uint32_t> beginnings;
        FilterAnswers answers; ///< in these two

        explicit Round(std::size_t room);
    };
    /// Up to four numbers of letters to skip.
    struct Steps {
        std::array<Start, most_readings> skips{};
        std::size_t count = 0;
    };
    static Steps steps_of(unsigned mask) noexcept;

    void read_clitics(ScanWords const& words, std::size_t begin, std::span<std::uint32_t const> missed);
    void hash_starts(ScanWords const& words);
    void ask_filter(Round& round) const;
    void note_beginnings(ScanWords const& words, std::size_t begin, WordMemo& memo);
    void read_beginnings(ScanWords const& words, std::size_t begin, WordMemo& memo);
    void pair_up(ScanWords const& words);
    void go_on(ScanWords const& words, NameProbe const& run, bool in_filter);
    void ask_for_longer(ScanWords const& words);
    std::uint64_t hash(ScanWords const& words, NameProbe const& run, std::size_t size);
    void merge(ScanWords const& words);

    HashFilter m_filter;
    std::size_t m_longest;
    FilterKernel m_ask_filter;
    CliticSkips m_skips;
    std::array<Steps, 32> m_steps; ///< by what of a word is left: bit n that n letters are skipped
    Round m_words;                 ///< single words that the memo missed
    std::vector<Start> m_begun;    ///< words that names of several begin with
    std::size_t m_begun_count = 0;
    Round m_pairs;                   ///< two words, sixteen letters at most, one space between
    std::vector<Start> m_rare;       ///< beginnings behind which something else stands
    std::vector<NameProbe> m_asked;  ///< longer runs, this time round
    std::vector<NameProbe> m_longer; ///< the next time round
    std::vector<NameProbe> m_found;  ///< longer runs that may be names
    std::vector<NameProbe> m_probes;
    std::string m_room;
};

} // namespace kharita::gazetteer
