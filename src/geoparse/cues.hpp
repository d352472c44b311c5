#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "model/mention.hpp"
#include "text/code_map.hpp"
#include "text/tokens.hpp"

namespace kharita::geoparse {

/// A set of feature classes.
using ClassSet = std::uint16_t;

constexpr ClassSet class_bit(gazetteer::FeatureClass value) noexcept {
    return static_cast<ClassSet>(1U << static_cast<unsigned>(value));
}

/// What words like «مدينة» and «قرى» announce.
struct TypeWord {
    enum class Number : std::uint8_t { one, two, many };
    Number number = Number::one;
    ClassSet classes = 0; ///< what the place may be
    gazetteer::FeatureClass likeliest = gazetteer::FeatureClass::settlement;
    bool is_village = false;   ///< what is named is no city
    bool opens = false;        ///< a name must follow, even one that the gazetteer lacks
    bool often_opens = false;  ///< a name follows where a preposition stands before
    bool scoped_opens = false; ///< and where words of scope stand behind the name as well
};

/// A compass word.
struct Compass {
    enum class Form : std::uint8_t {
        noun,      ///< «جنوب X»: outside the place named
        adjective, ///< «غربي X»: as likely a part of it
        attribute, ///< «ريف X الشمالي»: after the name
    };
    Form form = Form::noun;
    Degrees azimuth;
    friend bool operator==(Compass const&, Compass const&) = default;
};

/// Words that place something relative to the name after them.
enum class Nearness : std::uint8_t { none, countryside, near, outskirts, axis, road, between, centre };

/// Prepositions and participles before a name.
enum class Link : std::uint8_t { none, in, on, from, to, at, with, belonging };

/// What makes a name after it part of something that is no place.
enum class Bearer : std::uint8_t { none, organisation, fixed_phrase, title, kunya, given_name };

/// What a word is to a name that tells what an organisation is for («الهيئة السورية لإغاثة اللاجئين في X»).
enum class Naming : std::uint8_t {
    none,
    body,     ///< what bears such a name
    campaign, ///< likewise, where it gives relief; what it takes or frees is a place
    relief,   ///< what it gives («نصرة»)
    cause     ///< what else it is for («تحرير»)
};

/// What a word tells of a place named with it.
enum class Happening : std::uint8_t {
    none,
    there,     ///< that something happened there
    to_it,     ///< or was done to it
    fired,     ///< that something is fired at it, or from it behind «من»
    launched,  ///< that something is fired there, or from it behind «من»
    moved,     ///< that somebody comes from it, behind «من»
    left_it,   ///< that somebody leaves it
    visited,   ///< that somebody visits it
    witnessed, ///< that it lived through something, and does nothing itself
    suffered   ///< that something was done to it, likewise («تعرضت X»)
};

/// All that a word or phrase of the vocabulary says; a phrase may say several things («منطقة», «جبهة»).
struct CueWord {
    std::optional<TypeWord> type;
    std::optional<Compass> compass;
    Nearness nearness = Nearness::none;
    Link link = Link::none;
    std::optional<Role> role;      ///< origin, heading, or other where nothing is told of the place
    bool aside_of_country = false; ///< and nothing only of a country («المعارضة في X»)
    bool government_in = false;    ///< and a capital after it is the government («النظام في X»)
    Bearer bearer = Bearer::none;
    Naming naming = Naming::none;
    bool cites = false;  ///< «وفقا لـ»: a person or government is quoted
    bool office = false; ///< «مدير»: a person's name stands before it, who holds it
    Happening happening = Happening::none;
    bool around = false;     ///< «حول»: near it where something strikes, else «about»
    bool strikes = false;    ///< «الغارات»: told of before, but makes «حول» a place
    bool tie = false;        ///< what is between two parties and no places («تعاون»)
    bool names_axis = false; ///< an axis or front that is called after what follows («محور X»)
    bool lies = false;       ///< «تبعد»: the place before it is as far from the next as it says
    bool human = false;      ///< «رجلا»: one of the people of the country whose adjective follows
    bool border = false;     ///< «الحدود مع»
    bool frontier = false;   ///< «الحدود»
    bool acts = false;       ///< a verb whose subject decides or speaks
    bool governs = false;    ///< the capital or country after it stands for its government
    char governs_behind = 0; ///< or only behind this letter («الموالية لـ»), or 0
    bool urges = false;      ///< «حث»: moves a government to something
    bool meets = false;      ///< a meeting called after the place of it («مؤتمر …»)
    bool is_paper = false;   ///< what is called after a place that is not meant («بيان …»)
    bool declares = false;   ///< or where the place declares («إعلان أنقرة أن …»)
    bool titles = false;     ///< a quotation behind it is a title («حملة "…"»)
    bool heads_name = false; ///< begins names of two words
    bool furniture = false;  ///< what follows in the line is not the report's text
    bool tags = false;       ///< so is what follows this single word, where the line is no sentence
    double metres = 0;       ///< of a unit of distance
    std::vector<std::string> stands_for; ///< ids of countries of which the word with its article may say one
    std::vector<std::string> each; ///< of a type word of several: what one is called («حقل» of «حقلي»)
    char clitic = 0; ///< letter code of the preposition that the next word must carry («التابعة لـ»), or 0
};

/// A cue word in a text.
struct CueHit {
    text::TokenRange tokens;
    text::CliticReading clitics; ///< of the first token
    CueWord const* word = nullptr;
};

/// The vocabulary of cue words, from gazetteer/vocabulary/geoparse/*.tsv. Immutable.
class CueTable {
public:
    /// Throws InputError with file and line for a malformed row.
    static CueTable load(std::filesystem::path const& folder);

    /// The longest phrase that begins at a token, through its proclitics; the reading that strips least.
    std::optional<CueHit> longest_at(text::TokenizedText const& text, std::size_t token) const;
    /// How likely a word that is also a common noun is a place where nothing around it says so; nothing for
    /// words that are not listed. `codes`: the folded name without proclitics.
    std::optional<double> common_prior(std::string_view codes) const;
    /// A word that never is a name by itself («التي», «كبيرة»).
    bool is_plain_word(std::string_view codes) const { return m_plain.contains(codes); }
    /// What an adjective behind a town's name makes of it: «X القديمة» is a part, «X الجديدة» another place.
    enum class Tail : std::uint8_t { none, part, other };
    Tail tail(std::string_view codes) const;
    /// A name that is as often a verb («تدمر»).
    bool is_verb_too(std::string_view codes) const { return m_verbs.contains(codes); }
    /// The id of the country of a definite adjective («التونسية»); empty for other words.
    std::string_view nationality(std::string_view codes) const;
    /// The id of the one place that is meant where a name is written so, vowel marks included («عُمان»); empty
    /// for other names.
    std::string_view vocalised(std::string_view name) const;

private:
    template <typename Value>
    using Map = text::CodeMap<Value>;

    CueWord& entry(std::string_view phrase);
    void load_type_words(std::filesystem::path const& folder);
    void load_relations(std::filesystem::path const& folder);
    void load_units(std::filesystem::path const& folder);
    void load_bearers(std::filesystem::path const& folder);
    void load_verbs(std::filesystem::path const& folder);
    void load_names(std::filesystem::path const& folder);
    std::optional<CueHit> phrase_at(text::TokenizedText const& text, std::size_t token,
                                    text::CliticReading const& reading) const;

    /// What words of the vocabulary's phrases, from the first on, are.
    struct Beginning {
        std::uint32_t phrase = 0; ///< index of m_words plus one where they are a phrase, else 0
        bool goes_on = false;     ///< a longer phrase begins with them
    };

    std::vector<CueWord> m_words;
    Map<Beginning> m_beginnings; ///< by folded words joined by a space
    Map<double> m_common;
    Map<bool> m_plain;
    Map<bool> m_verbs;
    Map<std::string> m_nationalities;
    Map<Tail> m_tails;
    Map<std::string> m_vocalised; ///< by the name as written
};

/// The cue words of one text. The table and the text must outlive it.
class CueMap {
public:
    CueMap(CueTable const& table, text::TokenizedText const& text);

    /// The longest cue that begins at a token; null where none does.
    CueHit const* starting(std::size_t token) const noexcept { return at(m_starting, token); }
    /// The longest cue whose last token this is; null where none does.
    CueHit const* ending(std::size_t token) const noexcept { return at(m_ending, token); }

private:
    CueHit const* at(std::vector<std::uint32_t> const& index, std::size_t token) const noexcept {
        return token < index.size() && index[token] != 0 ? &m_hits[index[token] - 1] : nullptr;
    }

    std::vector<CueHit> m_hits;
    std::vector<std::uint32_t> m_starting; ///< index of the hit plus one, 0 for none
    std::vector<std::uint32_t> m_ending;
};

} // namespace kharita::geoparse
