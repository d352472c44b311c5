#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/letter_hash.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// What single words of a text were found to be. A few thousand words make up most of any text, so most need
/// not be looked up and compared again; what is kept of them fits the second-level cache.
class WordMemo {
public:
    /// A word through the readings that take `skipped` letters off its front. Which names it is follows from
    /// this alone, as long as no letter is FoldedBlocks::written_other.
    struct Key {
        LetterBlock written; ///< the whole word
        std::uint32_t size = 0;
        std::uint32_t skipped = 0;
    };
    /// One name that it is.
    struct Name {
        std::uint32_t name = 0;
        PlaceIndex place = no_place;
        text::CliticReading clitics;
        MatchKind kind = MatchKind::exact;
        std::uint8_t flags = 0; ///< name_flag
    };
    /// Where the names of a word stand.
    struct Names {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };

    WordMemo();

    /// Makes room for the words of one more batch, if need be by forgetting everything.
    void begin_batch();
    /// Asks for the memory that find() and names() will read.
    void prefetch(std::uint64_t hash) const noexcept { __builtin_prefetch(&m_pairs[hash % pair_count]); }
    void prefetch(Names const& of) const noexcept { __builtin_prefetch(m_names.data() + of.first); }
    /// Finds the names of a word; false where it is not known. `hash` is that of its letters.
    bool find(std::uint64_t hash, Key const& key, Names& names) noexcept {
        Pair& pair = m_pairs[hash % pair_count];
        // Without branches but one, for nothing tells beforehand which words were seen lately.
        std::uint64_t const first = differences(pair.first.key, key);
        std::uint64_t const second = differences(pair.second.key, key);
        names = first == 0 ? pair.first.names : pair.second.names;
        if (second == 0) { // seen again: the next word that comes must not take its place
            std::swap(pair.first, pair.second);
        }
        return first == 0 || second == 0;
    }
    /// Valid until begin_batch(), whatever is kept meanwhile.
    std::span<Name const> names(Names const& of) const noexcept {
        return std::span{m_names}.subspan(of.first, of.count);
    }
    /// Keeps the names of a word, instead of what else had its place.
    void keep(std::uint64_t hash, Key const& key, std::span<Name const> names);

private:
    static constexpr std::size_t pair_count = 8192;

    struct Entry {
        Key key;
        Names names;
    };
    /// Two words that share a line of the cache; who comes takes the second place.
    struct alignas(64) Pair {
        Entry first;
        Entry second;
    };

    static std::uint64_t differences(Key const& a, Key const& b) noexcept {
        return (a.written.low ^ b.written.low) | (a.written.high ^ b.written.high) | (a.size ^ b.size) |
               (a.skipped ^ b.skipped);
    }

    std::vector<Pair> m_pairs;
    std::vector<Name> m_names;
};

} // namespace kharita::gazetteer
