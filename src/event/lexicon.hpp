#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/ontology.hpp"
#include "event/phrase_table.hpp"
#include "model/actor.hpp"
#include "model/zone.hpp"
#include "text/code_map.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// How a class of triggers finds its sub-event type; see the head of classes.tsv.
enum class Rule : std::uint8_t { fixed, weapon, aim, seize };

/// What triggers of one kind are coded as.
struct TriggerClass {
    std::string name;
    Rule rule = Rule::fixed;
    std::string sub_event_type; ///< empty: only a weapon gives it one
    std::string plover;
    std::string plover_mode;
    bool needs_place = true;
};

/// Words that tell an event.
struct Trigger {
    std::string id;
    std::size_t type = 0;                ///< index into classes()
    std::vector<std::size_t> categories; ///< weapon categories, one of which must be near; with `lists`
    std::vector<std::size_t> lists;      ///< word lists, one of which must be near
    std::vector<std::size_t> barred;     ///< word lists, none of which may follow at once
    bool needs_weapon = false;           ///< of any category
    bool has_needs() const noexcept { return needs_weapon || !categories.empty() || !lists.empty(); }
};

struct WeaponCategory {
    std::string name;
    std::string sub_event_type;
    std::string plover;
    std::string plover_mode;

    /// Guns of any kind; a sniper's tells more of whom it is aimed at.
    bool is_gun() const noexcept { return name == "firearm" || name == "sniper"; }
};

struct Weapon {
    std::string id;
    std::size_t category = 0; ///< index into categories()
};

/// What a word of casualties.tsv says.
enum class Effect : std::uint8_t { killed, killed_people, injured, injured_people, hit, none };

/// Who is counted.
enum class Victim : std::uint8_t { civilian, combatant, child, woman, person, other };

/// What a word of quantities.tsv does to a number.
enum class Amount : std::uint8_t { amount, more, fewer, about, least, most };

struct Quantity {
    Amount role = Amount::amount;
    std::int64_t low = 0;
    std::optional<std::int64_t> best; ///< empty where nothing can be counted
    std::int64_t high = 0;
};

/// See the head of cues.tsv.
enum class Cue : std::uint8_t {
    clause,
    verb_clause,
    relative,
    consequence,
    report,
    according,
    void_noun,
    fail,
    attempt,
    plan,
    threat,
    deny,
    negate,
    past,
    maybe,
    habit,
    alike,
    tally,
    agent,
    object,
    same_place,
    this_one,
    earlier,
    subset,
    support,
    purpose,
    suffer,
    being,
    perform,
    bearing,
    landmark,
    update,
};

/// See the head of zones.tsv.
enum class ZoneRole : std::uint8_t { kind, status, border, depth, length, unit, named };

struct ZoneWord {
    ZoneRole role = ZoneRole::kind;
    ZoneKind kind = ZoneKind::safe_zone;
    ZoneStatus status = ZoneStatus::proposed;
    double kilometres = 1; ///< of a unit
};

/// A country as borders are named after it: its name, or its adjective.
struct CountryWord {
    std::string iso;
    bool adjective = false;
};

/// What a form of vocabulary stands for.
enum class WordKind : std::uint8_t {
    trigger,
    weapon,
    list_word, ///< of words.tsv
    casualty,
    victim,
    quantity,
    cue,
    zone,
    country,
    force,     ///< of the military; row 0
    authority, ///< police or government; the row is the Branch
    actor,
};
inline constexpr std::size_t word_kinds = static_cast<std::size_t>(WordKind::actor) + 1;

/// A form found in a text, and the row of its table.
struct Word {
    WordKind kind = WordKind::cue;
    std::size_t row = 0; ///< index into the table of its kind; of a cue, the Cue itself
    PhraseMatch match;
};

/// An alias of an actor.
struct Alias {
    std::size_t actor = 0; ///< index into actors()
    double certainty = 1;  ///< less where others go by it too
};

/// All vocabulary of event coding, loaded from gazetteer/vocabulary/event/*.tsv and gazetteer/actors.tsv.
/// Immutable; shared by threads.
class Lexicon {
public:
    /// Throws InputError with file and line for a malformed row, a class, category or list that no table
    /// knows, a sub-event type or PLOVER code that is not of the ontology.
    static Lexicon load(std::filesystem::path const& data_dir);

    /// All words found in a text, in text order. Of words of one kind that overlap only the longest stay.
    std::vector<Word> find(text::TokenizedText const& text) const;

    /// Whether a weapon's word only looks like one («قاعدة جوية»).
    bool is_unarmed(Word const& weapon) const;

    Ontology const& ontology() const noexcept { return m_ontology; }
    std::vector<TriggerClass> const& classes() const noexcept { return m_classes; }
    std::vector<Trigger> const& triggers() const noexcept { return m_triggers; }
    std::vector<WeaponCategory> const& categories() const noexcept { return m_categories; }
    std::vector<Weapon> const& weapons() const noexcept { return m_weapons; }
    /// Name of a list of words.tsv, by the row of a WordKind::list_word.
    std::string const& list_name(std::size_t list) const { return m_lists[list]; }
    std::size_t list_count() const noexcept { return m_lists.size(); }
    /// The index of a list by its name; empty for a name that no row has.
    std::optional<std::size_t> list_id(std::string_view name) const;
    std::vector<Effect> const& casualties() const noexcept { return m_casualties; }
    std::vector<Victim> const& victims() const noexcept { return m_victims; }
    std::vector<Quantity> const& quantities() const noexcept { return m_quantities; }
    std::vector<ZoneWord> const& zone_words() const noexcept { return m_zone_words; }
    std::vector<CountryWord> const& countries() const noexcept { return m_countries; }
    std::vector<Actor> const& actors() const noexcept { return m_actors; }
    std::vector<Alias> const& aliases() const noexcept { return m_aliases; }
    /// Whether two actors, by their ids, are one or of one alliance of alliances.tsv.
    bool are_allies(std::string_view a, std::string_view b) const;

private:
    friend class LexiconLoader;

    struct Entry {
        WordKind kind = WordKind::cue;
        std::size_t row = 0;
    };

    Ontology m_ontology;
    std::vector<TriggerClass> m_classes;
    std::vector<Trigger> m_triggers;
    std::vector<WeaponCategory> m_categories;
    std::vector<Weapon> m_weapons;
    std::vector<std::string> m_lists;
    text::CodeMap<std::size_t> m_list_ids; ///< by name
    std::vector<Effect> m_casualties;
    std::vector<Victim> m_victims;
    std::vector<Quantity> m_quantities;
    std::vector<ZoneWord> m_zone_words;
    std::vector<CountryWord> m_countries;
    std::vector<Actor> m_actors;
    std::vector<Alias> m_aliases;
    text::CodeMap<std::size_t> m_alliances; ///< by the id of a member
    std::vector<Entry> m_entries;           ///< what the table's entries stand for
    PhraseTable m_table;
};

} // namespace kharita::event
