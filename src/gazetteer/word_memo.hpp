#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/letter_hash.hpp"
#include "gazetteer/memo_kernels.hpp"
#include "gazetteer/scan_words.hpp"
#include "gazetteer/scanner.hpp"
#include "text/simd.hpp"

namespace kharita::gazetteer {

/// What single words of a text were found to be: which names, and behind which proclitics names of several
/// words may begin. Some ten thousand words make up most of any text, so most need not be read letter by
/// letter, asked for and compared again. It grows with the number of different words, up to two megabytes.
///
/// It is asked for all words of a batch together, as a batch is what the steps of a scanner work on.
class WordMemo {
public:
    /// Of a word: from bit 0 on, whether names may begin with what is left when as many letters are taken off
    /// its front; then how many names it is, and where they stand.
    using State = std::uint32_t;
    static constexpr unsigned most_skipped = 4;
    static constexpr State beginnings_mask = (State{1} << (most_skipped + 1)) - 1;
    static constexpr State count_mask = State{0x7F} << (most_skipped + 1);

    /// `batch_size`: of how many words a batch is at most.
    WordMemo(std::size_t batch_size, text::Simd simd);

    /// Recalls words [begin, end); forgets the batch before.
    void recall(ScanWords const& words, std::size_t begin, std::size_t end);

    /// Of each word of the batch; 0 for those that are missed, which whoever finds out may change.
    std::span<State> states() noexcept { return std::span{m_states}.first(m_count); }
    /// Those words of the batch that are not known, in order.
    std::span<std::uint32_t const> missed() const noexcept {
        return std::span{m_missed}.first(m_missed_count);
    }
    /// Those words of the batch that have some of these bits, in order; valid until the next call.
    std::span<std::uint32_t const> having(State bits) noexcept;

    /// The names of a word with this state, each with the proclitics that it leaves. Valid until recall(),
    /// whatever is kept meanwhile.
    std::span<ScanName const> names(State state) const noexcept {
        return std::span{m_names}.subspan(state >> first_bit, (state & count_mask) >> count_bit);
    }
    /// Asks for the memory that names() will read.
    void prefetch_names(State state) const noexcept {
        __builtin_prefetch(m_names.data() + (state >> first_bit));
    }

    /// Whether what a word is follows from its characters alone, so that it may be kept: words that are not
    /// long, of characters that take a byte each, with a space or punctuation behind and no Latin article
    /// before them.
    bool may_keep(std::size_t word) const noexcept { return m_keys[word].low != 0; }
    /// Keeps a word of the batch, instead of what was kept longest where it has its place. Of its state only
    /// the beginnings are kept, and these names.
    void keep(std::size_t word, std::span<ScanName const> names);

private:
    static constexpr unsigned count_bit = most_skipped + 1;
    static constexpr unsigned first_bit = count_bit + 7;

    void make_keys(ScanWords const& words, std::size_t begin);
    void grow();
    void sweep_names();

    MemoKernels m_kernels;
    unsigned m_line_bits; ///< there are two to the power of these lines
    std::vector<MemoLine> m_lines;
    std::size_t m_kept = 0;        ///< words, since it has as many lines
    std::vector<ScanName> m_names; ///< those that were forgotten as well
    std::size_t m_most_names;      ///< then it is time to sweep
    std::size_t m_count = 0;       ///< words of the batch
    std::size_t m_missed_count = 0;
    std::vector<MemoKey> m_keys;
    std::vector<std::uint32_t> m_places; ///< lines of the batch's words
    std::vector<State> m_states;
    std::vector<std::uint32_t> m_missed;
    std::vector<std::uint32_t> m_having;
};

} // namespace kharita::gazetteer
