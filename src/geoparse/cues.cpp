#include "geoparse/cues.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "text/folded_text.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

template <typename Value, std::size_t Size>
Value word_value(std::array<std::pair<std::string_view, Value>, Size> const& words, Tsv const& table,
                 std::size_t row, std::string_view word, std::string_view what) {
    for (auto const& [name, value] : words) {
        if (name == word) {
            return value;
        }
    }
    fail<InputError>("{}: \"{}\" is no {}", table.where(row), word, what);
}

constexpr std::array<std::pair<std::string_view, FeatureClass>, 10> class_names{
    {{"country", FeatureClass::country},
     {"admin1", FeatureClass::admin1},
     {"admin2", FeatureClass::admin2},
     {"admin3", FeatureClass::admin3},
     {"settlement", FeatureClass::settlement},
     {"neighbourhood", FeatureClass::neighbourhood},
     {"facility", FeatureClass::facility},
     {"natural", FeatureClass::natural},
     {"line", FeatureClass::line},
     {"region", FeatureClass::region}}};

constexpr std::array<std::pair<std::string_view, TypeWord::Number>, 3> number_names{
    {{"one", TypeWord::Number::one}, {"two", TypeWord::Number::two}, {"many", TypeWord::Number::many}}};

constexpr std::array<std::pair<std::string_view, Compass::Form>, 3> form_names{
    {{"noun", Compass::Form::noun},
     {"adjective", Compass::Form::adjective},
     {"attribute", Compass::Form::attribute}}};

constexpr std::array<std::pair<std::string_view, Nearness>, 8> nearness_names{
    {{"countryside", Nearness::countryside},
     {"near", Nearness::near},
     {"outskirts", Nearness::outskirts},
     {"axis", Nearness::axis},
     {"front", Nearness::axis},
     {"road", Nearness::road},
     {"between", Nearness::between},
     {"centre", Nearness::centre}}};

constexpr std::array<std::pair<std::string_view, Link>, 7> link_names{{{"in", Link::in},
                                                                       {"on", Link::on},
                                                                       {"from", Link::from},
                                                                       {"to", Link::to},
                                                                       {"at", Link::at},
                                                                       {"with", Link::with},
                                                                       {"belonging", Link::belonging}}};

constexpr std::array<std::pair<std::string_view, Role>, 3> role_names{
    {{"origin", Role::origin}, {"heading", Role::heading}, {"other", Role::other}}};

constexpr std::array<std::pair<std::string_view, Bearer>, 5> bearer_names{{{"head", Bearer::organisation},
                                                                           {"phrase", Bearer::fixed_phrase},
                                                                           {"title", Bearer::title},
                                                                           {"kunya", Bearer::kunya},
                                                                           {"given", Bearer::given_name}}};

constexpr std::array<std::pair<std::string_view, Naming>, 4> naming_names{{{"body", Naming::body},
                                                                           {"campaign", Naming::campaign},
                                                                           {"relief", Naming::relief},
                                                                           {"cause", Naming::cause}}};

constexpr std::array<std::pair<std::string_view, Happening>, 9> happening_names{
    {{"word", Happening::there},
     {"verb", Happening::to_it},
     {"fire", Happening::fired},
     {"launch", Happening::launched},
     {"move", Happening::moved},
     {"leave", Happening::left_it},
     {"visit", Happening::visited},
     {"witness", Happening::witnessed},
     {"suffer", Happening::suffered}}};

constexpr std::array<std::pair<std::string_view, CueTable::Tail>, 2> tail_names{
    {{"part", CueTable::Tail::part}, {"other", CueTable::Tail::other}}};

enum class Opening : std::uint8_t { yes, village, often, scoped, no };

constexpr std::array<std::pair<std::string_view, Opening>, 5> opening_names{{{"yes", Opening::yes},
                                                                             {"village", Opening::village},
                                                                             {"often", Opening::often},
                                                                             {"scoped", Opening::scoped},
                                                                             {"no", Opening::no}}};

/// The codes of a word without what a reading strips; with lam and article fused («للمدينة») the article
/// counts as stripped.
std::string_view rest_of(std::string_view codes, text::CliticReading const& reading) {
    return codes.substr(reading.length);
}

/// Whether tokens are parted by nothing but white space.
bool joins(text::Token const& token) {
    return token.kind == text::Token::Kind::word || token.kind == text::Token::Kind::number;
}

/// Joins two Latin words: no space on either side.
bool is_hyphen(text::TokenizedText const& text, std::size_t token) {
    auto const tokens = text.tokens();
    return token + 1 < text.size() && text.source_text(token) == "-" && !tokens[token].space_before &&
           !tokens[token + 1].space_before && joins(tokens[token + 1]) &&
           !text::is_arabic(text.codes(token + 1).front());
}

} // namespace

CueWord& CueTable::entry(std::string_view phrase) {
    std::string key = text::fold_key(phrase);
    char clitic = 0;
    // «التابعة ل»: the single letter is written on to the next word.
    if (key.size() > 2 && key[key.size() - 2] == ' ' && text::is_arabic(key.back())) {
        clitic = key.back();
        key.resize(key.size() - 2);
    }
    for (std::size_t space = key.find(' '); space != std::string::npos; space = key.find(' ', space + 1)) {
        m_beginnings[key.substr(0, space)].goes_on = true;
    }
    auto& index = m_beginnings[key].phrase;
    if (index == 0) {
        m_words.emplace_back();
        index = static_cast<std::uint32_t>(m_words.size());
    }
    CueWord& word = m_words[index - 1];
    word.clitic = clitic;
    return word;
}

CueTable CueTable::load(std::filesystem::path const& folder) {
    CueTable table;
    table.load_type_words(folder);
    table.load_relations(folder);
    table.load_units(folder);
    table.load_bearers(folder);
    table.load_verbs(folder);
    table.load_names(folder);
    return table;
}

void CueTable::load_type_words(std::filesystem::path const& folder) {
    Tsv const table{folder / "type_words.tsv", {"word", "number", "classes", "opens", "each"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        TypeWord type;
        type.number = word_value(number_names, table, row, table.cell(row, 1), "number (one, two, many)");
        auto const classes = table.list(row, 2);
        for (std::string_view const name : classes) {
            type.classes = static_cast<ClassSet>(
                type.classes | class_bit(word_value(class_names, table, row, name, "feature class")));
        }
        if (classes.empty()) {
            fail<InputError>("{}: no feature class", table.where(row));
        }
        type.likeliest = word_value(class_names, table, row, classes.front(), "feature class");
        auto const opens =
            word_value(opening_names, table, row, table.cell(row, 3), "yes, village, often, scoped or no");
        type.opens = opens == Opening::yes || opens == Opening::village;
        type.is_village = opens == Opening::village;
        type.often_opens = opens == Opening::often;
        type.scoped_opens = opens == Opening::scoped;
        CueWord& word = entry(table.cell(row, 0));
        word.type = type;
        auto const each = table.list(row, 4);
        word.each.assign(each.begin(), each.end());
    }
}

void CueTable::load_relations(std::filesystem::path const& folder) {
    Tsv const directions{folder / "directions.tsv", {"word", "form", "azimuth"}};
    for (std::size_t row = 0; row < directions.size(); ++row) {
        auto const form = word_value(form_names, directions, row, directions.cell(row, 1), "form");
        entry(directions.cell(row, 0)).compass = Compass{form, Degrees{directions.number(row, 2)}};
    }
    Tsv const relations{folder / "relations.tsv", {"word", "relation"}};
    for (std::size_t row = 0; row < relations.size(); ++row) {
        CueWord& word = entry(relations.cell(row, 0));
        std::string_view const kind = relations.cell(row, 1);
        word.border = kind == "border";
        word.frontier = word.frontier || kind == "frontier";
        word.tie = kind == "tie";
        word.strikes = kind == "strike";
        if (word.border || word.frontier || word.tie || word.strikes) {
            continue;
        }
        word.around = kind == "around";
        if (word.around) {
            word.nearness = Nearness::near;
            continue;
        }
        word.nearness = word_value(nearness_names, relations, row, relations.cell(row, 1), "relation");
        word.names_axis = relations.cell(row, 1) == "axis";
    }
    Tsv const links{folder / "links.tsv", {"word", "link"}};
    for (std::size_t row = 0; row < links.size(); ++row) {
        CueWord& word = entry(links.cell(row, 0));
        word.lies = links.cell(row, 1) == "lies";
        if (!word.lies) {
            word.link = word_value(link_names, links, row, links.cell(row, 1), "link");
        }
    }
    Tsv const roles{folder / "roles.tsv", {"word", "role"}};
    for (std::size_t row = 0; row < roles.size(); ++row) {
        CueWord& word = entry(roles.cell(row, 0));
        word.government_in = roles.cell(row, 1) == "government_in";
        word.aside_of_country = word.government_in || roles.cell(row, 1) == "other_of_country";
        word.role = word.aside_of_country ? Role::other
                                          : word_value(role_names, roles, row, roles.cell(row, 1), "role");
    }
}

void CueTable::load_units(std::filesystem::path const& folder) {
    Tsv const table{folder / "units.tsv", {"word", "metres"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        double const metres = table.number(row, 1);
        if (metres <= 0) {
            fail<InputError>("{}: {} metres; expected a length above 0", table.where(row), metres);
        }
        entry(table.cell(row, 0)).metres = metres;
    }
}

void CueTable::load_bearers(std::filesystem::path const& folder) {
    for (char const* const file : {"organisations.tsv", "persons.tsv"}) {
        Tsv const table{folder / file, {"word", "kind"}};
        for (std::size_t row = 0; row < table.size(); ++row) {
            CueWord& word = entry(table.cell(row, 0));
            std::string_view const kind = table.cell(row, 1);
            auto const* const naming =
                std::ranges::find(naming_names, kind, [](auto const& each) { return each.first; });
            if (naming != naming_names.end()) {
                word.naming = naming->second;
            } else if (kind == "cites" || kind == "office") {
                (kind == "cites" ? word.cites : word.office) = true;
            } else {
                word.bearer = word_value(bearer_names, table, row, kind, "kind of bearer");
            }
        }
    }
    Tsv const governed{folder / "metonyms.tsv", {"word", "place"}};
    for (std::size_t row = 0; row < governed.size(); ++row) {
        CueWord& word = entry(governed.cell(row, 0));
        std::string_view const kind = governed.cell(row, 1);
        bool const asks = kind == "before" && word.clitic != 0; // «دور لـ», and «دور» too
        word.governs_behind = asks ? word.clitic : word.governs_behind;
        word.governs = word.governs || (kind == "before" && !asks);
        word.meets = word.meets || kind == "meeting";
        word.declares = word.declares || kind == "declaration";
        word.is_paper = word.is_paper || word.declares || kind == "paper";
        word.titles = word.titles || kind == "title";
        word.urges = word.urges || kind == "urge";
        constexpr std::array<std::string_view, 6> kinds{"before",      "meeting", "paper",
                                                        "declaration", "title",   "urge"};
        if (std::ranges::find(kinds, kind) == kinds.end()) {
            fail<InputError>(
                R"({}: place is "{}"; expected before, meeting, paper, declaration, title or urge)",
                governed.where(row), kind);
        }
    }
}

void CueTable::load_verbs(std::filesystem::path const& folder) {
    Tsv const table{folder / "acting_verbs.tsv", {"perfect", "feminine", "imperfect"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        entry(table.cell(row, 0)).acts = true;
        entry(table.cell(row, 1)).acts = true;
        for (char const* const object : {"ه", "ها", "هم"}) { // «نسبته أنقرة إلى …»
            entry(std::string{table.cell(row, 1)} + object).acts = true;
        }
        if (std::string const stem{table.cell(row, 2)}; !stem.empty()) {
            for (char const* const prefix : {"ي", "ت", "سي", "ست"}) {
                entry(prefix + stem).acts = true;
            }
        }
    }
    Tsv const happenings{folder / "happenings.tsv", {"word", "kind"}};
    for (std::size_t row = 0; row < happenings.size(); ++row) {
        entry(happenings.cell(row, 0)).happening =
            word_value(happening_names, happenings, row, happenings.cell(row, 1),
                       "kind (word, verb, fire, launch, move, leave, visit, witness, suffer)");
    }
}

void CueTable::load_names(std::filesystem::path const& folder) {
    Tsv const heads{folder / "name_heads.tsv", {"word"}};
    for (std::size_t row = 0; row < heads.size(); ++row) {
        entry(heads.cell(row, 0)).heads_name = true;
    }
    Tsv const tails{folder / "name_tails.tsv", {"word", "meaning"}};
    for (std::size_t row = 0; row < tails.size(); ++row) {
        m_tails[text::fold_key(tails.cell(row, 0))] =
            word_value(tail_names, tails, row, tails.cell(row, 1), "meaning (part, other)");
    }
    Tsv const epithets{folder / "epithets.tsv", {"word", "countries"}};
    for (std::size_t row = 0; row < epithets.size(); ++row) {
        auto const countries = epithets.list(row, 1);
        entry(epithets.cell(row, 0)).stands_for.assign(countries.begin(), countries.end());
    }
    Tsv const people{folder / "people.tsv", {"word"}};
    for (std::size_t row = 0; row < people.size(); ++row) {
        entry(people.cell(row, 0)).human = true;
    }
    Tsv const furniture{folder / "furniture.tsv", {"word", "extent"}};
    for (std::size_t row = 0; row < furniture.size(); ++row) {
        CueWord& word = entry(furniture.cell(row, 0));
        word.furniture = true;
        std::string_view const extent = furniture.cell(row, 1);
        word.tags = extent == "tags";
        if (extent != "line" && !word.tags) {
            fail<InputError>(R"({}: extent is "{}"; expected line or tags)", furniture.where(row), extent);
        }
    }
    Tsv const common{folder / "common_words.tsv", {"name", "prior"}};
    for (std::size_t row = 0; row < common.size(); ++row) {
        double const prior = common.number(row, 1);
        if (prior <= 0 || prior >= 1) {
            fail<InputError>("{}: prior is {}; expected a probability between 0 and 1", common.where(row),
                             prior);
        }
        m_common[text::fold_key(common.cell(row, 0))] = prior;
    }
    Tsv const plain{folder / "plain_words.tsv", {"word"}};
    for (std::size_t row = 0; row < plain.size(); ++row) {
        m_plain[text::fold_key(plain.cell(row, 0))] = true;
    }
    Tsv const verbs{folder / "verb_names.tsv", {"word"}};
    for (std::size_t row = 0; row < verbs.size(); ++row) {
        m_verbs[text::fold_key(verbs.cell(row, 0))] = true;
    }
    Tsv const nationalities{folder / "nationalities.tsv", {"adjective", "country"}};
    for (std::size_t row = 0; row < nationalities.size(); ++row) {
        std::string const masculine = text::fold_key("ال" + std::string{nationalities.cell(row, 0)});
        m_nationalities[masculine] = nationalities.cell(row, 1);
        m_nationalities[masculine + text::fold_key("ة")] = nationalities.cell(row, 1);
    }
    Tsv const vocalised{folder / "vocalised.tsv", {"name", "place"}};
    for (std::size_t row = 0; row < vocalised.size(); ++row) {
        m_vocalised[std::string{vocalised.cell(row, 0)}] = vocalised.cell(row, 1);
    }
}

std::optional<double> CueTable::common_prior(std::string_view codes) const {
    auto const* const found = m_common.find(codes);
    return found == nullptr ? std::nullopt : std::optional{*found};
}

CueTable::Tail CueTable::tail(std::string_view codes) const {
    auto const* const found = m_tails.find(codes);
    return found == nullptr ? Tail::none : *found;
}

std::string_view CueTable::nationality(std::string_view codes) const {
    auto const* const found = m_nationalities.find(codes);
    return found == nullptr ? std::string_view{} : std::string_view{*found};
}

std::string_view CueTable::vocalised(std::string_view name) const {
    auto const* const found = m_vocalised.find(name);
    return found == nullptr ? std::string_view{} : std::string_view{*found};
}

std::optional<CueHit> CueTable::phrase_at(text::TokenizedText const& text, std::size_t token,
                                          text::CliticReading const& reading) const {
    std::string_view const first = rest_of(text.codes(token), reading);
    auto const* beginning = m_beginnings.find(first);
    std::optional<CueHit> best;
    std::string phrase;
    for (std::size_t next = token + 1; beginning != nullptr; ++next) {
        if (beginning->phrase != 0) {
            CueWord const& found = m_words[beginning->phrase - 1];
            // A verb, a role or a phrase of an organisation is meant as it is written, without ال before it.
            if (!reading.article || found.type) {
                best = CueHit{{token, next}, reading, &found};
            }
        }
        next += is_hyphen(text, next) ? 1U : 0U; // "south-east of"
        if (!beginning->goes_on || next >= text.size() || !joins(text.tokens()[next])) {
            break;
        }
        if (phrase.empty()) {
            phrase = first;
        }
        phrase += ' ';
        phrase += text.codes(next);
        beginning = m_beginnings.find(phrase);
    }
    return best;
}

std::optional<CueHit> CueTable::longest_at(text::TokenizedText const& text, std::size_t token) const {
    if (text.tokens()[token].kind != text::Token::Kind::word) {
        return std::nullopt;
    }
    std::optional<CueHit> best;
    text::CliticReadings readings;
    std::size_t const count = text::clitic_readings(text.codes(token), readings);
    for (std::size_t i = 0; i < count; ++i) {
        text::CliticReading const& reading = readings[i];
        // «كتلة» is no «تلة» behind ك, and the future's س is written out in the vocabulary.
        if (reading.preposition == text::code(U'ك') || reading.preposition == text::code(U'س')) {
            continue;
        }
        auto const hit = phrase_at(text, token, reading);
        if (hit && (!best || hit->tokens.size() > best->tokens.size())) {
            best = hit;
        }
    }
    return best;
}

CueMap::CueMap(CueTable const& table, text::TokenizedText const& text)
    : m_starting(text.size()),
      m_ending(text.size()) {
    for (std::size_t token = 0; token < text.size(); ++token) {
        auto const hit = table.longest_at(text, token);
        if (!hit) {
            continue;
        }
        m_hits.push_back(*hit);
        auto const number = static_cast<std::uint32_t>(m_hits.size());
        m_starting[token] = number;
        // Hits come by growing start, so the first that ends at a token is the longest that does.
        auto& ending = m_ending[hit->tokens.end - 1];
        if (ending == 0) {
            ending = number;
        }
    }
}

} // namespace kharita::geoparse
