#include "event/lexicon.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace kharita::event {

namespace {

/// Whether one of two overlapping words of a kind must give way: actors' aliases may share a spelling, and a
/// cue may be two cues at once; all else is one thing.
bool may_share(Word const& a, Word const& b) {
    return a.match.tokens.begin == b.match.tokens.begin && a.match.tokens.end == b.match.tokens.end &&
           (a.kind == WordKind::actor || a.kind == WordKind::cue || a.kind == WordKind::zone ||
            a.kind == WordKind::trigger);
}

bool overlap(text::TokenRange a, text::TokenRange b) {
    return a.begin < b.end && b.begin < a.end;
}

/// Puts a word among those of its first token: by kind; within a kind the longest first, of those the one
/// that strips least, of those the one that came first. They are few.
void insert_by_rank(Word const& word, std::vector<Word>& words) {
    auto const before = [](Word const& a, Word const& b) {
        return std::tuple{a.kind, b.match.tokens.size(), a.match.clitics.length} <
               std::tuple{b.kind, a.match.tokens.size(), b.match.clitics.length};
    };
    words.insert(std::upper_bound(words.begin(), words.end(), word, before), word);
}

} // namespace

std::vector<Word> Lexicon::find(text::TokenizedText const& text) const {
    std::vector<PhraseMatch> const matches = m_table.match(text);
    std::vector<Word> kept;
    kept.reserve(matches.size());
    std::array<std::size_t, word_kinds> last_of_kind{}; // index of `kept` plus one
    std::vector<Word> here;
    for (std::size_t begin = 0; begin < matches.size();) {
        std::size_t const token = matches[begin].tokens.begin;
        here.clear();
        for (; begin < matches.size() && matches[begin].tokens.begin == token; ++begin) {
            Entry const& entry = m_entries[matches[begin].entry];
            insert_by_rank({entry.kind, entry.row, matches[begin]}, here);
        }
        for (Word const& word : here) {
            std::size_t& last = last_of_kind[static_cast<std::size_t>(word.kind)];
            // A word may stand on several lists, each of which is looked at alone.
            bool const rival = last != 0 && word.kind != WordKind::list_word &&
                               overlap(kept[last - 1].match.tokens, word.match.tokens);
            if (!rival || may_share(kept[last - 1], word)) {
                kept.push_back(word);
                last = kept.size();
            }
        }
    }
    return kept;
}

std::optional<std::size_t> Lexicon::list_id(std::string_view name) const {
    std::size_t const* const found = m_list_ids.find(name);
    return found == nullptr ? std::nullopt : std::optional{*found};
}

bool Lexicon::are_allies(std::string_view a, std::string_view b) const {
    std::size_t const* const first = m_alliances.find(a);
    std::size_t const* const second = m_alliances.find(b);
    return a == b || (first != nullptr && second != nullptr && *first == *second);
}

bool Lexicon::is_unarmed(Word const& weapon) const {
    return m_categories[m_weapons[weapon.row].category].sub_event_type.empty();
}

} // namespace kharita::event
