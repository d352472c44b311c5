#include "event/lexicon.hpp"

#include <algorithm>
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

} // namespace

std::vector<Word> Lexicon::find(text::TokenizedText const& text) const {
    std::vector<Word> words;
    for (PhraseMatch const& match : m_table.match(text)) {
        Entry const& entry = m_entries[match.entry];
        words.push_back({entry.kind, entry.row, match});
    }
    // Within a kind: leftmost first, of those the longest, of those the one that strips least.
    std::stable_sort(words.begin(), words.end(), [](Word const& a, Word const& b) {
        return std::tuple{a.kind, a.match.tokens.begin, b.match.tokens.size(), a.match.clitics.length} <
               std::tuple{b.kind, b.match.tokens.begin, a.match.tokens.size(), b.match.clitics.length};
    });
    std::vector<Word> kept;
    for (Word const& word : words) {
        // A word may stand on several lists, each of which is looked at alone.
        bool const rival = !kept.empty() && kept.back().kind == word.kind &&
                           word.kind != WordKind::list_word &&
                           overlap(kept.back().match.tokens, word.match.tokens);
        if (!rival || may_share(kept.back(), word)) {
            kept.push_back(word);
        }
    }
    std::stable_sort(kept.begin(), kept.end(), [](Word const& a, Word const& b) {
        return std::tuple{a.match.tokens.begin, a.kind} < std::tuple{b.match.tokens.begin, b.kind};
    });
    return kept;
}

std::optional<std::size_t> Lexicon::list_id(std::string_view name) const {
    std::size_t const* const found = m_list_ids.find(name);
    return found == nullptr ? std::nullopt : std::optional{*found};
}

bool Lexicon::is_unarmed(Word const& weapon) const {
    return m_categories[m_weapons[weapon.row].category].sub_event_type.empty();
}

} // namespace kharita::event
