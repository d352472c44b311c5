#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "event/lexicon.hpp"
#include "event/morphology.hpp"
#include "model/actor.hpp"
#include "model/names.hpp"

namespace kharita::event {

namespace {

namespace fs = std::filesystem;

template <typename Enum, std::size_t Size>
using Names = std::array<std::pair<std::string_view, Enum>, Size>;

constexpr Names<Rule, 4> rules{
    {{"fixed", Rule::fixed}, {"weapon", Rule::weapon}, {"aim", Rule::aim}, {"seize", Rule::seize}}};
constexpr Names<Effect, 6> effects{{{"killed", Effect::killed},
                                    {"killed_people", Effect::killed_people},
                                    {"injured", Effect::injured},
                                    {"injured_people", Effect::injured_people},
                                    {"hit", Effect::hit},
                                    {"none", Effect::none}}};
constexpr Names<Victim, 6> victim_classes{{{"civilian", Victim::civilian},
                                           {"combatant", Victim::combatant},
                                           {"child", Victim::child},
                                           {"woman", Victim::woman},
                                           {"person", Victim::person},
                                           {"other", Victim::other}}};
constexpr Names<Amount, 6> amounts{{{"amount", Amount::amount},
                                    {"more", Amount::more},
                                    {"fewer", Amount::fewer},
                                    {"about", Amount::about},
                                    {"least", Amount::least},
                                    {"most", Amount::most}}};
constexpr Names<Cue, 32> cues{{{"clause", Cue::clause},
                               {"relative", Cue::relative},
                               {"consequence", Cue::consequence},
                               {"report", Cue::report},
                               {"according", Cue::according},
                               {"void", Cue::void_noun},
                               {"fail", Cue::fail},
                               {"attempt", Cue::attempt},
                               {"plan", Cue::plan},
                               {"threat", Cue::threat},
                               {"deny", Cue::deny},
                               {"negate", Cue::negate},
                               {"past", Cue::past},
                               {"maybe", Cue::maybe},
                               {"habit", Cue::habit},
                               {"agent", Cue::agent},
                               {"object", Cue::object},
                               {"same_place", Cue::same_place},
                               {"this", Cue::this_one},
                               {"earlier", Cue::earlier},
                               {"subset", Cue::subset},
                               {"support", Cue::support},
                               {"purpose", Cue::purpose},
                               {"suffer", Cue::suffer},
                               {"being", Cue::being},
                               {"perform", Cue::perform},
                               {"bearing", Cue::bearing},
                               {"landmark", Cue::landmark},
                               {"update", Cue::update},
                               {"alike", Cue::alike},
                               {"tally", Cue::tally},
                               {"verb_clause", Cue::verb_clause}}};
constexpr Names<ZoneRole, 7> zone_roles{{{"kind", ZoneRole::kind},
                                         {"status", ZoneRole::status},
                                         {"border", ZoneRole::border},
                                         {"depth", ZoneRole::depth},
                                         {"length", ZoneRole::length},
                                         {"unit", ZoneRole::unit},
                                         {"named", ZoneRole::named}}};

template <typename Enum, std::size_t Size>
Enum named(Names<Enum, Size> const& names, Tsv const& table, std::size_t row, std::size_t column) {
    std::string_view const word = table.cell(row, column);
    auto const found =
        std::find_if(names.begin(), names.end(), [&](auto const& each) { return each.first == word; });
    if (found == names.end()) {
        std::string known;
        for (auto const& each : names) {
            known += known.empty() ? "" : ", ";
            known += each.first;
        }
        fail<InputError>("{}: \"{}\" is none of {}", table.where(row), word, known);
    }
    return found->second;
}

std::vector<WordForm> forms_of(std::string_view language, std::string_view words, Part part) {
    bool const arabic = language == "ar";
    switch (part) {
    case Part::perfect:
    case Part::imperfect:
        return arabic ? inflect_arabic_verb(words) : inflect_english_verb(words);
    case Part::noun:
        return arabic ? inflect_arabic_noun(words) : inflect_english_noun(words);
    case Part::phrase:
        break;
    }
    return {{std::string{words}, Part::phrase, Number::none, Pronoun::none}};
}

} // namespace

/// Fills a Lexicon table by table.
class LexiconLoader {
public:
    explicit LexiconLoader(fs::path const& data_dir)
        : m_folder{data_dir / "gazetteer" / "vocabulary" / "event"} {
        m_lexicon.m_ontology = Ontology::load(data_dir / "schemas" / "ontology");
        load_classes();
        load_categories();
        load_words();
        load_weapons();
        load_triggers();
        load_casualties();
        load_quantities();
        load_cues();
        load_zones();
        load_countries_and_forces();
        load_actors(data_dir / "gazetteer" / "actors.tsv");
        load_alliances();
    }

    Lexicon take() { return std::move(m_lexicon); }

private:
    void add(WordKind kind, std::size_t row, std::vector<WordForm> const& forms) {
        // All forms of one row are one entry, so that a verb and its noun written alike are known as such.
        auto& entries = m_lexicon.m_entries;
        if (entries.empty() || entries.back().kind != kind || entries.back().row != row) {
            entries.push_back({kind, row});
        }
        auto const entry = static_cast<std::uint32_t>(entries.size() - 1);
        for (WordForm const& form : forms) {
            m_lexicon.m_table.add(form, entry);
        }
    }

    /// All forms of the words in a cell.
    void add_cell(WordKind kind, std::size_t value, Tsv const& table, std::size_t row, std::size_t column,
                  Part part, std::string_view language) {
        for (std::string_view const words : table.list(row, column)) {
            add(kind, value, forms_of(language, words, part));
        }
    }

    static std::string_view language(Tsv const& table, std::size_t row, std::size_t column) {
        std::string_view const lang = table.cell(row, column);
        if (lang != "ar" && lang != "en") {
            fail<InputError>("{}: lang is \"{}\"; expected ar or en", table.where(row), lang);
        }
        return lang;
    }

    void check_type(Tsv const& table, std::size_t row, std::string_view sub, std::string_view plover,
                    std::string_view mode) const {
        if (!sub.empty() && m_lexicon.m_ontology.event_type_of(sub).empty()) {
            fail<InputError>("{}: \"{}\" is no sub-event type of schemas/ontology/acled.tsv",
                             table.where(row), sub);
        }
        if (!plover.empty() && !m_lexicon.m_ontology.knows_plover(plover, mode)) {
            fail<InputError>(R"({}: "{}" with mode "{}" is not in schemas/ontology/plover.tsv)",
                             table.where(row), plover, mode);
        }
    }

    void load_classes();
    void load_categories();
    void load_words();
    void load_weapons();
    void load_triggers();
    void add_need(Trigger& trigger, Tsv const& table, std::size_t row, std::string_view need) const;
    void load_casualties();
    void load_quantities();
    void load_cues();
    void load_zones();
    void load_countries_and_forces();
    void load_actors(fs::path const& file);
    void load_alliances();
    void add_alias(ActorAlias const& alias);

    fs::path m_folder;
    Lexicon m_lexicon;
};

void LexiconLoader::load_classes() {
    Tsv const table{m_folder / "classes.tsv",
                    {"class", "rule", "sub_event_type", "plover", "mode", "needs_place", "note"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        check_type(table, row, table.cell(row, 2), table.cell(row, 3), table.cell(row, 4));
        m_lexicon.m_classes.push_back({std::string{table.cell(row, 0)}, named(rules, table, row, 1),
                                       std::string{table.cell(row, 2)}, std::string{table.cell(row, 3)},
                                       std::string{table.cell(row, 4)}, table.cell(row, 5) != "no"});
    }
}

void LexiconLoader::load_categories() {
    Tsv const table{m_folder / "weapon_categories.tsv", {"category", "sub_event_type", "plover", "mode"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        check_type(table, row, table.cell(row, 1), table.cell(row, 2), table.cell(row, 3));
        m_lexicon.m_categories.push_back({std::string{table.cell(row, 0)}, std::string{table.cell(row, 1)},
                                          std::string{table.cell(row, 2)}, std::string{table.cell(row, 3)}});
    }
}

void LexiconLoader::load_words() {
    Tsv const table{m_folder / "words.tsv", {"list", "lang", "verbs", "nouns", "phrases"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string const name{table.cell(row, 0)};
        auto& lists = m_lexicon.m_lists;
        auto const found = std::find(lists.begin(), lists.end(), name);
        auto const list = static_cast<std::size_t>(found - lists.begin());
        if (found == lists.end()) {
            lists.push_back(name);
            m_lexicon.m_list_ids[name] = list;
        }
        std::string_view const lang = language(table, row, 1);
        add_cell(WordKind::list_word, list, table, row, 2, Part::perfect, lang);
        add_cell(WordKind::list_word, list, table, row, 3, Part::noun, lang);
        add_cell(WordKind::list_word, list, table, row, 4, Part::phrase, lang);
    }
}

void LexiconLoader::load_weapons() {
    Tsv const table{m_folder / "weapons.tsv", {"id", "lang", "category", "nouns", "phrases"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const& categories = m_lexicon.m_categories;
        auto const found = std::find_if(categories.begin(), categories.end(),
                                        [&](auto const& each) { return each.name == table.cell(row, 2); });
        if (found == categories.end()) {
            fail<InputError>("{}: \"{}\" is no category of weapon_categories.tsv", table.where(row),
                             table.cell(row, 2));
        }
        std::size_t const weapon = m_lexicon.m_weapons.size();
        m_lexicon.m_weapons.push_back(
            {std::string{table.cell(row, 0)}, static_cast<std::size_t>(found - categories.begin())});
        std::string_view const lang = language(table, row, 1);
        add_cell(WordKind::weapon, weapon, table, row, 3, Part::noun, lang);
        add_cell(WordKind::weapon, weapon, table, row, 4, Part::phrase, lang);
    }
}

void LexiconLoader::add_need(Trigger& trigger, Tsv const& table, std::size_t row,
                             std::string_view need) const {
    bool const is_barred = need.starts_with('!');
    need.remove_prefix(is_barred ? 1 : 0);
    auto const& categories = m_lexicon.m_categories;
    auto const category = std::find_if(categories.begin(), categories.end(),
                                       [&](auto const& each) { return each.name == need; });
    auto const list = std::find(m_lexicon.m_lists.begin(), m_lexicon.m_lists.end(), need);
    if (is_barred && list != m_lexicon.m_lists.end()) {
        trigger.barred.push_back(static_cast<std::size_t>(list - m_lexicon.m_lists.begin()));
    } else if (need == "weapon" && !is_barred) {
        trigger.needs_weapon = true;
    } else if (category != categories.end() && !is_barred) {
        trigger.categories.push_back(static_cast<std::size_t>(category - categories.begin()));
    } else if (list != m_lexicon.m_lists.end()) {
        trigger.lists.push_back(static_cast<std::size_t>(list - m_lexicon.m_lists.begin()));
    } else {
        fail<InputError>("{}: needs \"{}\", which is neither a weapon category nor a list of words.tsv",
                         table.where(row), need);
    }
}

void LexiconLoader::load_triggers() {
    Tsv const table{m_folder / "triggers.tsv", {"id", "lang", "class", "verbs", "nouns", "phrases", "needs"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const& classes = m_lexicon.m_classes;
        auto const found = std::find_if(classes.begin(), classes.end(),
                                        [&](auto const& each) { return each.name == table.cell(row, 2); });
        if (found == classes.end()) {
            fail<InputError>("{}: \"{}\" is no class of classes.tsv", table.where(row), table.cell(row, 2));
        }
        Trigger trigger;
        trigger.id = std::string{table.cell(row, 0)};
        trigger.type = static_cast<std::size_t>(found - classes.begin());
        for (std::string_view const need : table.list(row, 6)) {
            add_need(trigger, table, row, need);
        }
        std::size_t const index = m_lexicon.m_triggers.size();
        m_lexicon.m_triggers.push_back(std::move(trigger));
        std::string_view const lang = language(table, row, 1);
        add_cell(WordKind::trigger, index, table, row, 3, Part::perfect, lang);
        add_cell(WordKind::trigger, index, table, row, 4, Part::noun, lang);
        add_cell(WordKind::trigger, index, table, row, 5, Part::phrase, lang);
    }
}

void LexiconLoader::load_casualties() {
    Tsv const table{m_folder / "casualties.tsv", {"id", "lang", "effect", "verbs", "nouns", "phrases"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::size_t const index = m_lexicon.m_casualties.size();
        m_lexicon.m_casualties.push_back(named(effects, table, row, 2));
        std::string_view const lang = language(table, row, 1);
        add_cell(WordKind::casualty, index, table, row, 3, Part::perfect, lang);
        add_cell(WordKind::casualty, index, table, row, 4, Part::noun, lang);
        add_cell(WordKind::casualty, index, table, row, 5, Part::phrase, lang);
    }
    Tsv const people{m_folder / "victims.tsv", {"class", "lang", "nouns", "phrases"}};
    for (std::size_t row = 0; row < people.size(); ++row) {
        std::size_t const index = m_lexicon.m_victims.size();
        m_lexicon.m_victims.push_back(named(victim_classes, people, row, 0));
        std::string_view const lang = language(people, row, 1);
        add_cell(WordKind::victim, index, people, row, 2, Part::noun, lang);
        add_cell(WordKind::victim, index, people, row, 3, Part::phrase, lang);
    }
}

void LexiconLoader::load_quantities() {
    Tsv const table{m_folder / "quantities.tsv", {"words", "lang", "low", "best", "high", "role"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        Quantity quantity;
        quantity.role = named(amounts, table, row, 5);
        quantity.low = static_cast<std::int64_t>(table.number_or(row, 2, 0));
        quantity.high = static_cast<std::int64_t>(table.number_or(row, 4, 0));
        if (!table.cell(row, 3).empty()) {
            quantity.best = static_cast<std::int64_t>(table.number(row, 3));
        }
        std::size_t const index = m_lexicon.m_quantities.size();
        m_lexicon.m_quantities.push_back(quantity);
        add_cell(WordKind::quantity, index, table, row, 0, Part::phrase, language(table, row, 1));
    }
}

void LexiconLoader::load_cues() {
    Tsv const table{m_folder / "cues.tsv", {"cue", "lang", "verbs", "nouns", "phrases"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const cue = static_cast<std::size_t>(named(cues, table, row, 0));
        std::string_view const lang = language(table, row, 1);
        add_cell(WordKind::cue, cue, table, row, 2, Part::perfect, lang);
        add_cell(WordKind::cue, cue, table, row, 3, Part::noun, lang);
        add_cell(WordKind::cue, cue, table, row, 4, Part::phrase, lang);
    }
}

void LexiconLoader::load_zones() {
    Tsv const table{m_folder / "zones.tsv", {"role", "value", "lang", "nouns", "phrases"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        ZoneWord word;
        word.role = named(zone_roles, table, row, 0);
        if (word.role == ZoneRole::kind) {
            auto const kind = parse_name<ZoneKind>(table.cell(row, 1));
            if (!kind) {
                fail<InputError>("{}: \"{}\" is no kind of zone", table.where(row), table.cell(row, 1));
            }
            word.kind = *kind;
        } else if (word.role == ZoneRole::status) {
            auto const status = parse_name<ZoneStatus>(table.cell(row, 1));
            if (!status) {
                fail<InputError>("{}: \"{}\" is no status of a zone", table.where(row), table.cell(row, 1));
            }
            word.status = *status;
        } else if (word.role == ZoneRole::unit) {
            word.kilometres = table.number(row, 1);
        }
        std::size_t const index = m_lexicon.m_zone_words.size();
        m_lexicon.m_zone_words.push_back(word);
        std::string_view const lang = language(table, row, 2);
        add_cell(WordKind::zone, index, table, row, 3, Part::noun, lang);
        add_cell(WordKind::zone, index, table, row, 4, Part::phrase, lang);
    }
}

void LexiconLoader::load_countries_and_forces() {
    Tsv const table{m_folder / "countries.tsv", {"iso", "names", "adjectives"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string const iso{table.cell(row, 0)};
        std::size_t const name = m_lexicon.m_countries.size();
        m_lexicon.m_countries.push_back({iso, false});
        m_lexicon.m_countries.push_back({iso, true});
        add_cell(WordKind::country, name, table, row, 1, Part::phrase, "");
        for (std::string_view const adjective : table.list(row, 2)) {
            std::vector<WordForm> forms;
            for (std::string_view const ending : {"", "ة", "ين", "ون", "ان", "تين", "تان"}) {
                forms.push_back({std::string{adjective} + std::string{ending}});
            }
            add(WordKind::country, name + 1, forms);
        }
    }
    Tsv const forces{m_folder / "forces.tsv", {"branch", "lang", "nouns", "phrases"}};
    for (std::size_t row = 0; row < forces.size(); ++row) {
        auto const branch = branch_named(forces.cell(row, 0));
        if (!branch || *branch == Branch::none || *branch == Branch::air) {
            fail<InputError>("{}: branch is \"{}\"; expected military, police or government",
                             forces.where(row), forces.cell(row, 0));
        }
        bool const is_military = *branch == Branch::military;
        WordKind const kind = is_military ? WordKind::force : WordKind::authority;
        std::size_t const index = is_military ? 0 : static_cast<std::size_t>(*branch);
        std::string_view const lang = language(forces, row, 1);
        add_cell(kind, index, forces, row, 2, Part::noun, lang);
        add_cell(kind, index, forces, row, 3, Part::phrase, lang);
    }
}

void LexiconLoader::add_alias(ActorAlias const& alias) {
    std::size_t const index = m_lexicon.m_aliases.size();
    m_lexicon.m_aliases.push_back({m_lexicon.m_actors.size() - 1, alias.certainty});
    // The article belongs to the name only where the name needs it to be one.
    constexpr std::string_view article = "ال";
    bool const bare = alias.name.starts_with(article) && alias.name.find(' ') != std::string::npos;
    add(WordKind::actor, index,
        {{bare ? alias.name.substr(article.size()) : alias.name, Part::phrase, Number::none, Pronoun::none}});
}

void LexiconLoader::load_actors(fs::path const& file) {
    for (Actor& actor : read_actors(file)) {
        auto const aliases = std::exchange(actor.aliases, {});
        m_lexicon.m_actors.push_back(std::move(actor));
        for (ActorAlias const& alias : aliases) {
            add_alias(alias);
        }
    }
}

void LexiconLoader::load_alliances() {
    Tsv const table{m_folder / "alliances.tsv", {"alliance", "members", "note"}};
    auto const& actors = m_lexicon.m_actors;
    for (std::size_t row = 0; row < table.size(); ++row) {
        for (std::string_view const member : table.list(row, 1)) {
            bool const is_known = std::any_of(actors.begin(), actors.end(),
                                              [&](Actor const& each) { return each.id == member; });
            if (!is_known) {
                fail<InputError>("{}: \"{}\" is no actor of actors.tsv", table.where(row), member);
            }
            m_lexicon.m_alliances[std::string{member}] = row;
        }
    }
}

Lexicon Lexicon::load(fs::path const& data_dir) {
    return LexiconLoader{data_dir}.take();
}

} // namespace kharita::event
