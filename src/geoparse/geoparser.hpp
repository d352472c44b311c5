#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "model/document.hpp"
#include "model/mention.hpp"
#include "text/tokens.hpp"

namespace kharita::geoparse {

/// A mention of a place with what later stages need of its setting.
struct Toponym {
    /// Complete but for one thing: the role is never `event`. A toponym that is no scope, origin, heading or
    /// metonym is `other`, until event coding finds that something happened there.
    Mention mention;
    text::TokenRange tokens;                           ///< of the name; proclitics are in the first token
    gazetteer::PlaceIndex place = gazetteer::no_place; ///< no_place while unresolved
    /// Shared by the members of one coordinated list («A، وB، وC»), in text order; a place named alone is a
    /// list of one.
    std::size_t list = 0;
    /// Words before it say that something is or happens there («في», «على», «قرب», «مدينة»).
    bool is_located = false;
    bool is_introduced = false;  ///< of these, a preposition or another word than of its kind
    bool follows_border = false; ///< «الحدود مع X»
    bool is_aside = false; ///< a country behind whoever is there («داعش في X»), of which no more is said
    /// Something is told to have happened there, of whatever kind («لقي رجلان حتفهما في X»).
    bool is_told_of = false;
    bool binds = false; ///< other mentions lie in it («بريف X»), or it heads a bulletin's section
};

/// Finds the places that a text names and resolves each against the gazetteer.
///
/// What a name may be is the gazetteer's, whether a stretch of text is a name is decided by evidence around
/// it, and which of its places it is by scope, type words, neighbours and prominence, in that order. Cue
/// words (gazetteer/vocabulary/geoparse/*.tsv) and weights (schemas/geoparse/weights.tsv) are data.
/// Immutable once loaded; shared by threads.
class Geoparser {
public:
    /// Loads cue words and weights from `data_dir`. The gazetteer must outlive the geoparser.
    /// Throws InputError with file and line for a malformed row.
    static Geoparser load(std::filesystem::path const& data_dir, gazetteer::Gazetteer const& gazetteer);

    Geoparser(Geoparser&&) noexcept;
    Geoparser& operator=(Geoparser&&) noexcept;
    Geoparser(Geoparser const&) = delete;
    Geoparser& operator=(Geoparser const&) = delete;
    ~Geoparser();

    /// All toponyms in text order, none overlapping; mention ids are m1, m2 … in that order.
    std::vector<Toponym> parse(text::TokenizedText const& text) const;

private:
    struct State;
    explicit Geoparser(std::unique_ptr<State const> state);
    std::unique_ptr<State const> m_state;
};

} // namespace kharita::geoparse
