#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "geoparse/cues.hpp"
#include "geoparse/senses.hpp"
#include "geoparse/weights.hpp"
#include "model/mention.hpp"
#include "text/numbers.hpp"
#include "text/tokens.hpp"

namespace kharita::geoparse {

/// What all stages of parsing one text look at.
struct Context {
    text::TokenizedText const& text;
    gazetteer::Gazetteer const& gazetteer;
    CueTable const& table;
    CueMap const& cues;
    Weights const& weights;
    Senses const& senses;
    text::NumberWords const& numbers;
};

/// The words round a name that say what it is and does: «في ريف مدينة X الشمالي» is one phrase.
struct Setting {
    text::TokenRange phrase; ///< from the first cue to the last, the name included
    std::optional<TypeWord> type;
    bool type_of_list = false; ///< the type word stands at the head of the list («قرى A وB»)
    Link link = Link::none;    ///< preposition, as a word or a proclitic
    Nearness nearness = Nearness::none;
    std::optional<Compass> compass;   ///< before the name
    std::optional<Metres> distance;   ///< «10 كم شرق X», at most longest_distance
    bool absurd_distance = false;     ///< one beyond that was stated, and is left out of account
    std::optional<Degrees> attribute; ///< after it: «X الشمالي»
    std::optional<Role> role;         ///< origin or heading, where a cue says so
    bool aside_of_country = false;    ///< the cue says so of countries alone («المعارضة في»)
    bool government_in = false;       ///< and of a capital that it is the government («النظام في»)
    bool belongs = false;             ///< «التابعة لـ»: the place before lies in it
    bool governed = false;            ///< «بدعم من»: stands for a government
    bool conjunction = false;         ///< و or ف at the start of the phrase
    bool quoted = false;
    std::string_view country; ///< id of the country that an adjective behind the name tells («X التركية»)
    bool heading = false; ///< «حلب:: …» and «حلب: …»: all that follows is there
    Bearer bearer = Bearer::none;
    bool after_person = false; ///< one word stands between a title or given name and the name
};

/// Reports measure within a country or two; what states more measures no way from the place that it names,
/// or is a slip of the pen.
inline constexpr Metres longest_distance{1'000'000};

/// How a draft came to its scope.
enum class Bond : std::uint8_t { none, stated, inherited };

/// A toponym in the making.
struct Draft {
    text::TokenRange tokens;
    text::CliticReading clitics;
    Span span;
    std::vector<gazetteer::Candidate> candidates;
    Setting setting;
    double evidence = 0;     ///< log odds that it names a place
    bool known = true;       ///< false where only context says that a place stands here
    bool by_epithet = false; ///< «المملكة»: a country that the text names elsewhere
    bool with_head = false; ///< found by its name and the type word of its list («جزل» in «حقلي A وجزل»)

    std::size_t list = 0;
    std::optional<std::size_t> scope; ///< index of the draft that binds it
    Bond bond = Bond::none;
    bool binds = false; ///< is the scope of another
    Role role = Role::other;
    bool told_of = false;                  ///< something happened there, in the words of its sentence
    std::optional<std::size_t> apposition; ///< index of the draft that names the same place («X (Y)»)

    gazetteer::PlaceIndex place = gazetteer::no_place;
    gazetteer::MatchKind kind = gazetteer::MatchKind::exact;
    double confidence = 0;
    std::string why;
    std::vector<Alternative> alternatives;
};

} // namespace kharita::geoparse
